"""What a run answers from and with, and what the environment and the current folder say of it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from trustanswer.answering import Trained, trained
from trustanswer.answering.calibration import RAW
from trustanswer.errors import InputError, KnowledgeError
from trustanswer.knowledge import read_knowledge
from trustanswer.knowledge.scope import EVERYTHING, Scope, in_scope
from trustanswer.limits import Limits, limits_of
from trustanswer.model import Knowledge
from trustanswer.ports import Progress, silent
from trustanswer.workbook import read_answers

DEFAULT_KNOWLEDGE = "knowledge"
DATABASE_URL = "TRUSTANSWER_DATABASE_URL"
FOLDER = ".trustanswer"  # of the reviews that are kept here
SETTINGS_FILE = "trustanswer.toml"
_KEYS = ("calibration", "knowledge", "limits", "review", "weights")


@dataclass(frozen=True)
class Settings:
    """What a run answers from, and with. None: the default.

    `min_confidence`: drafts below it are left blank. `model` and `reranker`: names or folders of
    sentence-transformers models that are on this machine. `weights`: a folder of them in place
    of those that come with the package. `calibrated` False: every draft, with confidence as the
    model gives it.
    """

    knowledge: Path | None = None
    model: str | None = None
    reranker: str | None = None
    min_confidence: float | None = None
    weights: Path | None = None
    calibrated: bool = True
    scope: Scope = EVERYTHING
    progress: Progress = silent


def load_knowledge(settings: Settings) -> Knowledge:
    """The statements the run may use. Raises KnowledgeError when there are none."""
    place = knowledge_place(settings)
    settings.progress("Reading the knowledge base", 0, 0)
    limits = limits_here()
    answers = partial(read_answers, limits=limits)
    knowledge = in_scope(read_knowledge(place, answers, limits), settings.scope)
    if not knowledge.statements:
        raise KnowledgeError(
            f"no statement of {place} may be used with these tags and this visibility; "
            "leave out --tag or --visibility, or widen them"
        )
    return knowledge


def knowledge_place(settings: Settings) -> Path:
    """Where the knowledge of the run lies. Raises KnowledgeError where there is none."""
    place = knowledge_if_any(settings)
    if place is None:
        raise KnowledgeError(
            "no knowledge base: there is no folder knowledge/ here; name one with -k"
        )
    return place


def knowledge_if_any(settings: Settings) -> Path | None:
    """As the run says, else `knowledge/`, else the one that trustanswer.toml names, both in the
    current folder."""
    if settings.knowledge is not None:
        return settings.knowledge
    if Path(DEFAULT_KNOWLEDGE).exists():
        return Path(DEFAULT_KNOWLEDGE)
    return _configured("knowledge")


def load_trained(settings: Settings) -> Trained:
    """The weights and the calibration of this run: its own, else those that trustanswer.toml names
    (`weights = "FOLDER"`, `calibration = "FILE"`), else the shipped ones.

    Raises InputError for what cannot be read.
    """
    if settings.weights is not None:
        found = trained(settings.weights)
    else:
        found = trained(_configured("weights"), _configured("calibration"))
    return found if settings.calibrated else replace(found, calibration=RAW)


def _configured(name: str) -> Path | None:
    """A path that trustanswer.toml names. An empty one would stand for the current folder."""
    named = settings_file().get(name)
    if named is None:
        return None
    if not isinstance(named, str) or not named.strip():
        raise InputError(f'{SETTINGS_FILE}: write {name} = "PATH", or leave it out')
    return Path(named).expanduser()


def settings_file() -> dict[str, object]:
    """What trustanswer.toml says. Raises InputError for a key that nothing reads."""
    try:
        found = tomllib.loads(Path(SETTINGS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InputError(f"{SETTINGS_FILE} cannot be read: {error}") from error
    refuse_unknown(found, _KEYS)
    return found


def refuse_unknown(table: Iterable[str], known: Sequence[str], where: str = "") -> None:
    """A key that is misspelt would be as good as left out, and nobody would know."""
    for key in table:
        if key not in known:
            raise InputError(
                f"{SETTINGS_FILE}: unknown key {key!r}{where}; known are {', '.join(known)}"
            )


def limits_here() -> Limits:
    """The limits on what is read, with what `[limits]` of trustanswer.toml says."""
    section = settings_file().get("limits", {})
    if not isinstance(section, dict):
        raise InputError(f"{SETTINGS_FILE}: write the limits below a line [limits]")
    try:
        return limits_of(section)
    except ValueError as error:
        raise InputError(f"{SETTINGS_FILE}: {error}") from None


def today() -> date:
    """The day here, by which statements are due."""
    return datetime.now().astimezone().date()


def cache_folder() -> Path:
    """Where vectors and the model's graph are kept: TRUSTANSWER_HOME, else the user's cache."""
    if home := os.environ.get("TRUSTANSWER_HOME"):
        return Path(home)
    from platformdirs import user_cache_path

    return user_cache_path("trustanswer")
