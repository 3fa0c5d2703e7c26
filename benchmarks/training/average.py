"""The mean of models, weight by weight; only such as set out from the same weights have one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer


def average(folders: Sequence[Path], out: Path) -> None:
    """Writes the mean of the cross-encoders in `folders`, with the tokenizer of the first."""
    model, *others = map(AutoModelForSequenceClassification.from_pretrained, folders)
    states = [each.state_dict() for each in others]
    mean = {
        name: torch.stack([weight, *(state[name] for state in states)]).mean(dim=0)
        for name, weight in model.state_dict().items()
    }
    model.load_state_dict(mean)
    model.save_pretrained(out)
    AutoTokenizer.from_pretrained(folders[0]).save_pretrained(out)
