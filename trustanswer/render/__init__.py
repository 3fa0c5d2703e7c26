"""What a person sees in the terminal. Colour only helps: every word stands without it.

rich obeys NO_COLOR and drops colour in a pipe by itself. Results go to stdout; progress and
errors go to stderr, so that a pipe gets the results alone.
"""

from trustanswer.render.evaluating import evaluated
from trustanswer.render.filling import answer, filled, questionnaire
from trustanswer.render.knowledge import knowledge
from trustanswer.render.review import (
    answers,
    answers_in_full,
    decided,
    exported,
    log,
    review_started,
    reviews,
)
from trustanswer.render.serving import serving
from trustanswer.render.terminal import error, line, progress
from trustanswer.render.upkeep import affected, conflicts, difference, gaps, linted, reopened

__all__ = [
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
    "knowledge",
    "line",
    "linted",
    "log",
    "progress",
    "questionnaire",
    "reopened",
    "review_started",
    "reviews",
    "serving",
]
