"""The packaged model as a graph: the vectors of sentence-transformers, without torch."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustanswer.retrieval import SentenceEmbedder, export
from trustanswer.retrieval.embedder import packaged_folder
from trustanswer.retrieval.export import GraphEncoder
from trustanswer.retrieval.graph import BATCH_TOKENS, Graph

ASK = """
import sys
from pathlib import Path
from trustanswer.retrieval import SentenceEmbedder
print(SentenceEmbedder(None, Path(sys.argv[1])).encode(["Is data encrypted?"])[0, :3].tolist())
print("torch" in sys.modules)
"""


def asked(folder: Path) -> list[str]:
    command = [sys.executable, "-c", ASK, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which two programs prepared the model at the same time."""
    folder = tmp_path_factory.mktemp("cache")
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(asked, [folder, folder])
    assert first[0] == second[0]
    return folder


@pytest.fixture(scope="module")
def model() -> SentenceEmbedder:
    return SentenceEmbedder()


@pytest.fixture(scope="module")
def graph(cache: Path) -> SentenceEmbedder:
    return SentenceEmbedder(None, cache)


def test_programs_that_prepare_the_model_at_once_leave_one_whole_graph(cache: Path) -> None:
    assert len(list(cache.glob("*.onnx"))) == 1
    assert not list(cache.glob("graph-*"))


def test_once_prepared_the_model_runs_without_torch(cache: Path) -> None:
    assert asked(cache)[1] == "False"


@given(texts=st.lists(st.text(max_size=60), min_size=8, max_size=16))
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_has_the_vector_that_sentence_transformers_gives(
    graph: SentenceEmbedder, model: SentenceEmbedder, texts: list[str]
) -> None:
    cosines = np.einsum("nd,nd->n", graph.encode(texts), model.encode(texts))
    assert cosines.min() >= 0.9999


def opening_done() -> None:
    for thread in threading.enumerate():
        if thread.name == "open the graph":
            thread.join()


def test_a_graph_that_is_opened_ahead_is_the_one_that_encodes(
    monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    opened: list[str] = []
    made = GraphEncoder.__init__

    def counted(self: GraphEncoder, graph: Path, model: Path) -> None:
        opened.append(threading.current_thread().name)
        made(self, graph, model)

    monkeypatch.setattr(GraphEncoder, "__init__", counted)
    monkeypatch.setattr(export, "_OPENED", {})
    ahead = SentenceEmbedder(None, cache)
    ahead.open_ahead()
    opening_done()
    vectors = [each.encode(["backups"]) for each in (ahead, SentenceEmbedder(None, cache))]
    assert opened == ["open the graph"]
    np.testing.assert_array_equal(*vectors)


def test_nothing_is_prepared_ahead_where_there_is_no_graph(tmp_path: Path) -> None:
    SentenceEmbedder(None, tmp_path).open_ahead()
    opening_done()
    assert not list(tmp_path.iterdir())


def test_a_text_longer_than_the_model_reads_is_cut_where_the_model_cuts_it(
    graph: SentenceEmbedder, model: SentenceEmbedder
) -> None:
    long = "backups are encrypted and kept for a month " * 60
    np.testing.assert_allclose(graph.encode([long]), model.encode([long]), atol=1e-5)


def test_a_vector_does_not_depend_on_what_else_is_asked(graph: SentenceEmbedder) -> None:
    texts = ["a", "is data encrypted at rest and in transit", "backups " * 90]
    alone = np.concatenate([graph.encode([text]) for text in texts])
    np.testing.assert_allclose(graph.encode(texts), alone, atol=1e-5)


def test_a_damaged_graph_is_made_anew(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setattr(export, "_OPENED", {})  # as in another program
    (file,) = cache.glob("*.onnx")
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"?")
    SentenceEmbedder(None, cache).encode(["a"])
    (again,) = cache.glob("*.onnx")
    assert again.read_bytes()[-1:] == whole[-1:]


def test_a_graph_that_gives_other_vectors_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: SentenceEmbedder
) -> None:
    encode = GraphEncoder.encode
    monkeypatch.setattr(GraphEncoder, "encode", lambda self, texts: encode(self, texts)[::-1])
    vectors = SentenceEmbedder(None, tmp_path).encode(["a", "b"])
    np.testing.assert_allclose(vectors, model.encode(["a", "b"]), atol=1e-5)
    assert not list(tmp_path.glob("*.onnx"))


def test_a_cache_that_cannot_be_written_costs_time_alone(
    tmp_path: Path, model: SentenceEmbedder
) -> None:
    (tmp_path / "file").write_text("no folder")
    vectors = SentenceEmbedder(None, tmp_path / "file" / "cache").encode(["a"])
    np.testing.assert_allclose(vectors, model.encode(["a"]), atol=1e-5)


def test_batches_hold_like_lengths_and_all_texts(cache: Path) -> None:
    (file,) = cache.glob("*.onnx")
    graph = Graph(file, packaged_folder() / "tokenizer.json", 128)
    texts = ["word " * (row * 7 % 200) for row in range(60)]
    batches = list(graph.run(texts, export.HIDDEN))
    lengths = [length for batch in batches for length in batch.mask.sum(axis=1)]
    assert lengths == sorted(lengths)
    assert max(lengths) == 128
    assert all(batch.mask.size <= BATCH_TOKENS for batch in batches)
    assert sorted(row for batch in batches for row in batch.rows) == list(range(60))


def test_a_pair_is_read_as_question_and_passage(cache: Path) -> None:
    (file,) = cache.glob("*.onnx")
    graph = Graph(file, packaged_folder() / "tokenizer.json", 256)
    (pair,) = graph.run([("a question", "a passage")], export.HIDDEN)
    (joined,) = graph.run(["a question a passage"], export.HIDDEN)
    assert pair.mask.sum() == joined.mask.sum() + 1  # what stands between the two
