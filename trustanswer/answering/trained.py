"""What was learned from labelled sets, in a folder of weights: loaded here and nowhere else.

The folder that comes with the package holds relevance.json, calibration.json, the cross-encoder
and their card; `benchmarks/training/folds.py` makes others, which share its cross-encoder.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trustanswer.answering.calibration import RAW, Calibration, read_calibration
from trustanswer.answering.relevance import Models, read_models
from trustanswer.errors import InputError

SHIPPED = Path(__file__).parent / "weights"
RELEVANCE = "relevance.json"
CALIBRATION = "calibration.json"
CROSS_ENCODER = "cross_encoder.onnx"


@dataclass(frozen=True)
class Trained:
    """The models that weigh evidence, what their confidence is worth, and the file of the
    cross-encoder that reads between the last two."""

    models: Models
    calibration: Calibration
    cross_encoder: Path


def trained(weights: Path | None = None, calibration: Path | None = None) -> Trained:
    """The contents of a folder of weights (None: the shipped one).

    `calibration`: a file of its own in place of the folder's. A folder without one gives raw
    confidence. Raises InputError for what is missing or is something else.
    """
    folder = weights or SHIPPED
    stored = calibration or folder / CALIBRATION
    known = calibration is not None or stored.exists()
    reader = folder / CROSS_ENCODER
    return Trained(
        _relevance(folder / RELEVANCE),
        read_calibration(stored) if known else RAW,
        reader if reader.exists() else SHIPPED / CROSS_ENCODER,
    )


@cache
def _relevance(path: Path) -> Models:
    try:
        return read_models(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise InputError(f"{path} holds no relevance model ({error})") from error
