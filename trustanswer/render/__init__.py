"""What a person sees in the terminal. Colour only helps: every word stands without it.

rich obeys NO_COLOR and drops colour in a pipe by itself. Results go to stdout; progress and
errors go to stderr, so that a pipe gets the results alone.

Each command prints its own things: what the others need is not loaded (`--help` needs none of it).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trustanswer.render.evaluating import evaluated
    from trustanswer.render.filling import answer, filled, questionnaire
    from trustanswer.render.knowledge import statements
    from trustanswer.render.review import (
        answers,
        answers_in_full,
        decided,
        exported,
        log,
        review_started,
        reviews,
    )
    from trustanswer.render.serving import address
    from trustanswer.render.terminal import error, line, progress
    from trustanswer.render.upkeep import affected, conflicts, difference, gaps, linted, reopened

_HOMES = {
    "evaluating": "evaluated",
    "filling": "answer filled questionnaire",
    "knowledge": "statements",
    "review": "answers answers_in_full decided exported log review_started reviews",
    "serving": "address",
    "terminal": "error line progress",
    "upkeep": "affected conflicts difference gaps linted reopened",
}


def __getattr__(name: str) -> object:
    """The module of a name is loaded when the name is first used (PEP 562)."""
    for home, names in _HOMES.items():
        if name in names.split():
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "address",
    "affected",
    "answer",
    "answers",
    "answers_in_full",
    "conflicts",
    "decided",
    "difference",
    "error",
    "evaluated",
    "exported",
    "filled",
    "gaps",
    "line",
    "linted",
    "log",
    "progress",
    "questionnaire",
    "reopened",
    "review_started",
    "reviews",
    "statements",
]
