"""What was learned from labelled sets, in a folder of weights: loaded here and nowhere else.

The folder that comes with the package holds relevance.json and calibration.json;
`benchmarks/training/folds.py` makes others of the same shape.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trustanswer.answering.calibration import RAW, Calibration, read_calibration
from trustanswer.answering.relevance import RelevanceModel, read_model
from trustanswer.errors import InputError

SHIPPED = Path(__file__).parent / "weights"
RELEVANCE = "relevance.json"
CALIBRATION = "calibration.json"


@dataclass(frozen=True)
class Trained:
    """The model that weighs evidence, and what its confidence is worth."""

    relevance: RelevanceModel
    calibration: Calibration


def trained(weights: Path | None = None, calibration: Path | None = None) -> Trained:
    """The contents of a folder of weights (None: the shipped one).

    `calibration`: a file of its own in place of the folder's. A folder without one gives raw
    confidence. Raises InputError for what is missing or is something else.
    """
    folder = weights or SHIPPED
    stored = calibration or folder / CALIBRATION
    known = calibration is not None or stored.exists()
    return Trained(_relevance(folder / RELEVANCE), read_calibration(stored) if known else RAW)


@cache
def _relevance(path: Path) -> RelevanceModel:
    try:
        return read_model(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise InputError(f"{path} holds no relevance model ({error})") from error
