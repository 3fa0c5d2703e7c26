"""The folds: nothing is measured on what it was trained on, and nothing is trained twice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import answers_page
from benchmarks.training import folds, readers, relevance
from benchmarks.training.folds import Bench, Step
from benchmarks.training.pairs import shares
from benchmarks.training.sets import (
    APART,
    CUSTOMERS,
    FURTHER,
    SHIPPED,
    TO_READ,
    VENDORS,
    Fold,
    outside,
)
from tests.retrieval.test_reranker import tiny_cross_encoder
from trustanswer.answering.trained import trained
from trustanswer.evaluation.labels import Label, read_labels
from trustanswer.knowledge import read_knowledge
from trustanswer.model import Verdict
from trustanswer.pipeline import Settings
from trustanswer.pipeline.evaluating import evaluate
from trustanswer.retrieval import CrossEncoder
from trustanswer.retrieval.embedder import packaged_folder


def test_no_set_is_held_out_of_what_was_trained_on_it(tmp_path: Path) -> None:
    every = folds.folds(tmp_path)
    for fold in every:
        seen = {one.labels for one in fold.trained_on}
        assert not seen & {one.labels for one in fold.held_out}
    held_out = [one for fold in every for one in fold.held_out]
    assert sorted(held_out, key=str) == sorted([*VENDORS, *CUSTOMERS, *APART], key=str)
    assert every[-1].name == SHIPPED


def test_of_a_vendor_held_out_no_statement_was_seen(tmp_path: Path) -> None:
    apart = [fold for fold in folds.folds(tmp_path) if set(fold.held_out) & set(VENDORS)]
    assert len(apart) == len(VENDORS)
    for fold in apart:
        (one,) = fold.held_out
        assert one.knowledge not in {each.knowledge for each in fold.trained_on}


def test_a_questionnaire_is_left_out_whichever_statements_it_is_held_against(shared: Path) -> None:
    for fold in folds.folds(shared):
        asked = {one.questionnaire for one in fold.trained_on}
        assert not asked & {one.questionnaire for one in fold.held_out}


def test_nothing_is_trained_on_what_is_set_apart(shared: Path) -> None:
    trained_on = [one for fold in folds.folds(shared) for one in fold.trained_on]
    trained_on += [one for reader in readers.readers() for one in reader.trained_on]
    assert APART
    assert not {one.labels for one in APART} & {one.labels for one in trained_on}


def test_what_differs_only_in_what_it_is_calibrated_on_is_fitted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted: list[object] = []
    monkeypatch.setattr(folds.relevance, "fitted", lambda sets: fitted.append(sets) or {})
    monkeypatch.setattr(Bench, "seen", lambda _, one: one)
    graph = tmp_path / "graph.onnx"
    graph.write_bytes(b"")
    monkeypatch.setattr(Bench, "graph", lambda *_: graph)
    bench = Bench(tmp_path / "folds")
    same = [Fold(one.name, VENDORS, (one,)) for one in APART[:2]]
    for fold in (*same, Fold("other", VENDORS[1:], VENDORS[:1])):
        folds.fit_relevance(fold, bench)
        assert (bench.weights(fold) / "relevance.json").exists()
    assert fitted == [[*VENDORS], [*VENDORS[1:]]]


def test_sets_that_are_not_here_are_left_out(tmp_path: Path) -> None:
    assert outside(tmp_path) == []


def test_a_step_is_done_again_only_when_its_inputs_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    source = tmp_path / "code.py"
    source.write_text("1")
    monkeypatch.setattr(folds, "ROOT", tmp_path)
    globs = {"first": "none.py", "second": "code.py", "third": "none.py"}
    steps = [Step(n, lambda *_, n=n: done.append(n), (glob,)) for n, glob in globs.items()]
    monkeypatch.setattr(folds, "STEPS", steps)
    fold, bench = Fold("one", VENDORS[:1], ()), Bench(tmp_path / "folds")
    folds.train(fold, bench)
    folds.train(fold, bench)
    assert done == ["first", "second", "third"]
    source.write_text("2")
    folds.train(fold, bench)
    assert done[3:] == ["second", "third"]


def test_weights_are_fitted_anew_for_other_models(tmp_path: Path) -> None:
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)  # the tiny models know nothing, but always the same nothing
    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    BertModel(BertConfig(**size, intermediate_size=16)).save_pretrained(tmp_path / "tiny")
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
        shutil.copy(packaged_folder() / name, tmp_path / "tiny" / name)
    reranker = tiny_cross_encoder(tmp_path / "reranker", outputs=1)
    models = Settings(model=str(tmp_path / "tiny"), reranker=str(reranker))
    knowledge, few = VENDORS[0].knowledge, tmp_path / "few.jsonl"
    few.write_text("\n".join(VENDORS[0].labels.read_text(encoding="utf-8").splitlines()[:25]))
    reader = CrossEncoder(trained().cross_encoder, None)
    asked = relevance.prepared(few, knowledge, models)
    relevance.keep(
        relevance.fitted([relevance.Seen(asked, "vendors", reader)]), tmp_path / "weights"
    )
    fitted, shipped = trained(tmp_path / "weights").models.second, trained().models.second
    assert set(fitted.names) > {"reranker", "reranker_gap"}
    assert "reranker" not in shipped.names
    settings = replace(models, weights=tmp_path / "weights")
    found = evaluate(read_labels(few), read_knowledge(knowledge), settings)
    assert all(o.drafted for o in found.product)  # without a calibration nothing is withheld
    assert sum(o.acceptable for o in found.product) > 5


def test_what_readers_could_differ_on_counts_for_both_readings() -> None:
    one, other = read_knowledge(VENDORS[0].knowledge).statements[:2]
    plain = Label("Is it so?", Verdict.PARTIAL, (one.title,), frozenset(), None, None, None, None)
    doubtful = replace(plain, alternatives=frozenset({Verdict.YES, Verdict.TEXT, Verdict.NONE}))
    assert shares(plain, one) == (0, 1, 0, 0)
    assert shares(doubtful, one) == (0.25, 0.5, 0.25, 0)
    assert shares(doubtful, other) == (1, 0, 0, 0)


def test_the_mean_of_models_lies_between_them(tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification

    from benchmarks.training.average import average

    one, other = (tiny_cross_encoder(tmp_path / name, outputs=4) for name in ("one", "other"))
    average([one, other], tmp_path / "mean")
    first, second, mean = (
        AutoModelForSequenceClassification.from_pretrained(f).state_dict()
        for f in (one, other, tmp_path / "mean")
    )
    assert any((first[name] != second[name]).any() for name in mean)
    for name, weight in mean.items():
        assert torch.allclose(weight, (first[name] + second[name]) / 2)


def test_only_what_is_between_the_marks_is_written_anew() -> None:
    begin, end = answers_page.BEGIN, answers_page.END
    page = f"# Page\n\n{begin}\nold\n{end}\n\n## Other\n"
    new = answers_page.put(page, "new")
    assert new == f"# Page\n\n{begin}\n\nnew\n\n{end}\n\n## Other\n"
    assert answers_page.put(new, "new") == new
    with pytest.raises(ValueError, match="no marks"):
        answers_page.put("# Page\n", "new")


def test_no_set_is_read_by_a_cross_encoder_that_has_seen_it(shared: Path) -> None:
    by_name = {reader.name: reader for reader in readers.readers()}
    carried = (*VENDORS, *FURTHER, *TO_READ)
    for one in (*carried, *CUSTOMERS, *outside(shared)):
        assert one not in by_name[readers.reader_of(one)].trained_on
    assert {s.name for s in by_name[SHIPPED].trained_on} == {s.name for s in carried}


def test_what_a_fold_holds_out_is_read_by_one_cross_encoder(shared: Path) -> None:
    for fold in folds.folds(shared):
        assert len({readers.reader_of(one) for one in fold.held_out}) <= 1
