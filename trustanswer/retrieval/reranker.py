"""Any sentence-transformers CrossEncoder as a second opinion on the nearest statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from trustanswer.errors import ModelError
from trustanswer.model import Candidate, Question
from trustanswer.ports import Floats

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """Orders candidates anew: "fused" becomes its mean with the score "reranker".

    That score is the logistic of the model's logit, 0..1.
    """

    def __init__(self, model: str) -> None:
        """`model`: a name or a folder of a model with one output that is on this machine."""
        self._name = model

    def rescore(
        self, questions: Sequence[Question], candidates: Sequence[tuple[Candidate, ...]]
    ) -> list[tuple[Candidate, ...]]:
        pairs = [
            (question.text, f"{candidate.statement.title}. {candidate.statement.text}")
            for question, group in zip(questions, candidates, strict=True)
            for candidate in group
        ]
        scores = iter(self._predict(pairs).tolist())
        return [
            tuple(
                sorted(
                    (_rescored(candidate, next(scores)) for candidate in group),
                    key=lambda candidate: -candidate.scores["fused"],
                )
            )
            for group in candidates
        ]

    def _predict(self, pairs: list[tuple[str, str]]) -> Floats:
        if not pairs:
            return np.zeros(0, dtype=np.float32)
        from torch.nn import Sigmoid

        scores = self._model.predict(
            pairs, activation_fn=Sigmoid(), show_progress_bar=False, convert_to_numpy=True
        )
        if np.ndim(scores) != 1:
            raise ModelError(
                f"the reranker {self._name!r} gives several scores for a pair; "
                "name a CrossEncoder with one output"
            )
        return np.asarray(scores, dtype=np.float32)

    @cached_property
    def _model(self) -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self._name, device="cpu", local_files_only=True)
            return model
        except Exception as error:  # the libraries below raise whatever comes to hand
            raise ModelError(
                f"the reranker {self._name!r} cannot be loaded from this machine "
                f"({type(error).__name__}); name a CrossEncoder that is in the local cache, "
                "or its folder"
            ) from error


def _rescored(candidate: Candidate, score: float) -> Candidate:
    fused = (candidate.scores["fused"] + score) / 2
    return replace(candidate, scores={**candidate.scores, "reranker": score, "fused": fused})
