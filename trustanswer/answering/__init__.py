"""Deciding whether evidence answers a question, what it says to it, and how that is written."""

from trustanswer.answering.cell import Cell, as_asked, read_cells
from trustanswer.answering.compose import Citations, compose, evidence_rows
from trustanswer.answering.draft import draft_all
from trustanswer.answering.judging import KeepingJudge, load_rules
from trustanswer.answering.terse import spelled_out
from trustanswer.answering.trained import Trained, trained
from trustanswer.answering.wording import Wording, kind_of

__all__ = [
    "Cell",
    "Citations",
    "KeepingJudge",
    "Trained",
    "Wording",
    "as_asked",
    "compose",
    "draft_all",
    "evidence_rows",
    "kind_of",
    "load_rules",
    "read_cells",
    "spelled_out",
    "trained",
]
