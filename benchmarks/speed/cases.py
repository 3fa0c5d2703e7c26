"""What is measured: each case gives rows of figures that only mean something side by side."""

from __future__ import annotations

import shutil
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession
from scipy.sparse import csr_array

from benchmarks.speed import made
from benchmarks.speed.measure import Cost, Row, command, in_turns, timed
from trustanswer.model import Question
from trustanswer.retrieval import Index
from trustanswer.retrieval.asked import Asked, asked
from trustanswer.retrieval.embedder import packaged_folder
from trustanswer.retrieval.export import HIDDEN, GraphEncoder
from trustanswer.retrieval.graph import Graph
from trustanswer.retrieval.lexical import SmallCollectionBM25, terms

HERE = Path(__file__).resolve().parent.parent
FILL = (sys.executable, "-m", "trustanswer", "fill")
UNREAD = (sys.executable, "-m", "benchmarks.speed.unread", "fill")
MANY, FEW = 10_000, 500


@dataclass(frozen=True)
class Bench:
    """Where things lie and how often each is done; `home` holds the model's graph."""

    rounds: int
    scratch: Path
    home: Path
    file: Path
    knowledge: Path

    def turns(self, **tasks: Callable[[], Cost]) -> dict[str, Cost]:
        return in_turns(self.rounds, tasks)

    def home_with(self, name: str, *, kept: Path | None = None) -> Path:
        """A fresh cache with the graph, and what another one keeps beside it if named."""
        folder = self.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for graph in self.home.glob("*.onnx"):
            (folder / graph.name).hardlink_to(graph)
        for file in (*kept.glob("*.vectors"), *kept.glob("*.sqlite")) if kept else ():
            shutil.copy(file, folder)
        return folder


def filling(bench: Bench) -> list[Row]:
    """`fill` from nothing, with everything seen, and with one statement changed."""
    changed = _changed(bench.knowledge, bench.scratch / "changed")
    out = bench.scratch / "filled.xlsx"
    seen = bench.home_with("seen")

    def fill(home: Path, knowledge: Path, program: Sequence[str | Path] = FILL) -> Cost:
        return command([*program, bench.file, "-k", knowledge, "-o", out], home)

    fill(seen, bench.knowledge)
    cost = bench.turns(
        naive=lambda: command(
            [sys.executable, HERE / "naive.py", bench.file, bench.knowledge, out], seen
        ),
        cold=lambda: fill(bench.home_with("cold"), bench.knowledge),
        unread=lambda: fill(bench.home_with("unread"), bench.knowledge, UNREAD),
        seen=lambda: fill(seen, bench.knowledge),
        changed=lambda: fill(bench.home_with("one", kept=seen), changed),
        copied=lambda: timed(lambda: _copied(bench.file, bench.scratch / "copy.xlsx")),
    )
    naive = cost["naive"].seconds
    copied = cost["copied"].seconds
    detail = f"{naive:.1f} s for naive.py; copying the file's parts alone: {copied:.3f} s"
    targets = {
        "cold": ("nothing kept but the model's graph", 0.60),
        "unread": ("the same by retrieval and features alone", 0.30),
        "seen": ("questions and statements seen before", 0.12),
        "changed": ("one statement changed", 0.15),
    }
    return [
        Row(
            f"fill, {words}, to naive.py",
            cost[name].seconds / naive,
            target,
            f"{cost[name].seconds:.2f} s to {detail}",
        )
        for name, (words, target) in targets.items()
    ]


def _changed(knowledge: Path, target: Path) -> Path:
    """The knowledge base with a few words added to its last passage."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    files = [knowledge] if knowledge.is_file() else sorted(knowledge.iterdir())
    for file in files:
        text = file.read_text(encoding="utf-8").rstrip()
        (target / file.name).write_text(f"{text} This holds for contractors too.\n")
    return target


def _copied(file: Path, target: Path) -> None:
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as copy:
        for part in source.infolist():
            copy.writestr(part, source.read(part))


def starting(bench: Bench) -> list[Row]:
    cost = bench.turns(
        ours=lambda: command([sys.executable, "-m", "trustanswer", "--help"], bench.home),
        floor=lambda: command([sys.executable, "-c", "import typer, rich"], bench.home),
    )
    ours, floor = cost["ours"].seconds, cost["floor"].seconds
    return [
        Row(
            "`trustanswer --help`, to importing typer and rich",
            ours / floor,
            2.0,
            f"{ours * 1000:.0f} ms to {floor * 1000:.0f} ms",
        )
    ]


def searching(bench: Bench) -> list[Row]:
    """300 questions against 100,000 statements, the index being open."""
    questions = made.questions(300)
    index = Index(made.statements(100_000), made.Synthetic(), bench.scratch / "index")
    vectors = asked(questions, made.Synthetic())
    words = _sparse(index, questions)
    tokens = [terms(question.text) for question in questions]
    loop = SmallCollectionBM25([terms(f"{s.title} {s.text}") for s in index._statements])
    sample = tokens[:10]  # the loop takes each question by itself: a part of them says it all
    cost = bench.turns(
        ours=lambda: timed(lambda: index.search(questions, 10)),
        products=lambda: timed(lambda: _products(index, vectors, words)),
        loop=lambda: timed(lambda: [loop.get_scores(each) for each in sample]),
    )
    ours, products = cost["ours"].seconds, cost["products"].seconds
    looped = cost["loop"].seconds * len(tokens) / len(sample)
    what = "300 questions against 100,000 statements, to"
    return [
        Row(
            f"{what} the loop of BM25Okapi",
            ours / looped,
            1 / 15,
            f"{ours:.2f} s to {looped:.1f} s",
        ),
        Row(
            f"{what} the products alone", ours / products, 2.0, f"{ours:.2f} s to {products:.2f} s"
        ),
    ]


def _sparse(index: Index, questions: Sequence[Question]) -> list[tuple[csr_array, csr_array]]:
    """For each segment the terms of the questions, and the weights of the terms in its texts."""
    found = []
    for segment, group in zip(index._segments, index._lexical._groups, strict=True):
        postings, places = segment.postings, group._places
        pairs = [
            (row, places[term])
            for row, question in enumerate(questions)
            for term in terms(question.text)
            if term in places
        ]
        size = len(postings.terms)
        counts = csr_array(
            (np.ones(len(pairs)), tuple(zip(*pairs, strict=True))), (len(questions), size)
        )
        weights = csr_array((group._weights, postings.texts, postings.starts), (size, group.size))
        found.append((counts, weights))
    return found


def _products(index: Index, vectors: Asked, words: list[tuple[csr_array, csr_array]]) -> None:
    for segment, (counts, weights) in zip(index._segments, words, strict=True):
        vectors.vectors @ segment.wholes.T
        vectors.at_large @ segment.singles.T
        vectors.vectors[: len(vectors)] @ segment.titles.T
        (counts @ weights).toarray()


def encoding(bench: Bench) -> list[Row]:
    """The embedder, and ONNX Runtime alone on the same tokens in the same batches."""
    (file,) = bench.home.glob("*.onnx")
    model = packaged_folder()
    encoder = GraphEncoder(file, model)
    texts = made.some_questions(300)
    graph = Graph(file, model / "tokenizer.json", 256)
    session, fed = InferenceSession(file, providers=["CPUExecutionProvider"]), _fed(graph, texts)
    cost = bench.turns(
        ours=lambda: timed(lambda: encoder.encode(texts)),
        floor=lambda: timed(lambda: [session.run([HIDDEN], each) for each in fed]),
    )
    ours, floor = cost["ours"].seconds, cost["floor"].seconds
    return [
        Row(
            "embedding 300 questions, share of ONNX Runtime's own throughput",
            floor / ours,
            0.85,
            f"{300 / ours:.0f} a second of {300 / floor:.0f}",
            least=True,
        )
    ]


def _fed(graph: Graph, texts: Sequence[str]) -> list[dict[str, np.ndarray]]:
    """What the graph is given for these texts."""
    from trustanswer.retrieval.graph import BATCH_TOKENS, _batches, _padded

    encoded = graph._tokenizer.encode_batch(list(texts))
    lengths = np.array([len(each.ids) for each in encoded])
    return [
        {name: padded[name] for name in graph._inputs}
        for rows in _batches(lengths, BATCH_TOKENS)
        for padded in [_padded([encoded[row] for row in rows], int(lengths[rows].max()))]
    ]


def growing(bench: Bench) -> list[Row]:
    """10,000 questions in a workbook and 500: the time of one, and the memory."""
    few = made.workbook(bench.scratch / "few.xlsx", made.some_questions(FEW))
    many = made.workbook(bench.scratch / "many.xlsx", made.some_questions(MANY))
    out = bench.scratch / "filled.xlsx"

    def fill(file: Path, home: str) -> Cost:
        return command([*FILL, file, "-k", bench.knowledge, "-o", out], bench.home_with(home))

    cost = bench.turns(few=lambda: fill(few, "few"), many=lambda: fill(many, "many"))
    one_of_few, one_of_many = cost["few"].seconds / FEW, cost["many"].seconds / MANY
    return [
        Row(
            "time of a question among 10,000, to one among 500",
            one_of_many / one_of_few,
            1.3,
            f"{one_of_many * 1000:.1f} ms to {one_of_few * 1000:.1f} ms",
        ),
        Row(
            "peak memory with 10,000 questions, MB", cost["many"].peak, 1500, "of the whole program"
        ),
    ]


def heavy(bench: Bench) -> list[Row]:
    """A 5 MB workbook: the memory of filling it, to that of reading it."""
    file = made.workbook(bench.scratch / "heavy.xlsx", made.some_questions(100), filler=33_000)
    out, home = bench.scratch / "filled.xlsx", bench.home_with("heavy")
    read = f"import openpyxl; openpyxl.load_workbook({str(file)!r})"
    cost = bench.turns(
        fill=lambda: command([*FILL, file, "-k", bench.knowledge, "-o", out], home),
        read=lambda: command([sys.executable, "-c", read], home),
    )
    size = file.stat().st_size / 1e6
    return [
        Row(
            f"peak memory of filling a workbook of {size:.1f} MB, to reading it with openpyxl",
            cost["fill"].peak / cost["read"].peak,
            3.0,
            f"{cost['fill'].peak:.0f} MB to {cost['read'].peak:.0f} MB",
        )
    ]


CASES: dict[str, Callable[[Bench], list[Row]]] = {
    case.__name__: case for case in (starting, filling, encoding, searching, growing, heavy)
}
