"""A CrossEncoder of the user's own, by its folder: here a tiny one made for the test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.retrieval.test_index import STATEMENTS, question
from trustanswer.errors import ModelError
from trustanswer.retrieval import CrossEncoderReranker, Index, SentenceEmbedder, VectorCache
from trustanswer.retrieval.embedder import packaged_folder


def tiny_cross_encoder(folder: Path, outputs: int) -> Path:
    from transformers import BertConfig, BertForSequenceClassification

    config = BertConfig(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=outputs,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
        shutil.copy(packaged_folder() / name, folder / name)
    return folder


def test_its_scores_have_a_say_in_the_order(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tiny_cross_encoder(tmp_path, outputs=1)))
    asked = [question("Are backups taken?"), question("MFA for staff?")]
    before = Index(STATEMENTS, VectorCache(SentenceEmbedder(), None)).search(asked, 4)
    after = reranker.rescore(asked, before)
    for old, new in zip(before, after, strict=True):
        assert {c.statement for c in old} == {c.statement for c in new}
        assert all(0 <= c.scores["reranker"] <= 1 for c in new)
        fused = [c.scores["fused"] for c in new]
        assert fused == sorted(fused, reverse=True)


def test_a_model_with_several_outputs_is_refused(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tiny_cross_encoder(tmp_path, outputs=3)))
    asked = [question("Are backups taken?")]
    found = Index(STATEMENTS, VectorCache(SentenceEmbedder(), None)).search(asked, 4)
    with pytest.raises(ModelError, match="name a CrossEncoder with one output"):
        reranker.rescore(asked, found)


def test_a_reranker_that_is_not_here_is_refused() -> None:
    asked = [question("Are backups taken?")]
    found = Index(STATEMENTS, VectorCache(SentenceEmbedder(), None)).search(asked, 1)
    with pytest.raises(ModelError, match="cannot be loaded from this machine"):
        CrossEncoderReranker("nobody/no-such-reranker").rescore(asked, found)
