"""Deciding whether evidence answers a question, what it says to it, and how that is written."""

from trustanswer.answering.compose import Citations, compose, evidence_rows
from trustanswer.answering.draft import draft_all
from trustanswer.answering.frames import unframed
from trustanswer.answering.judging import KeepingJudge, load_rules
from trustanswer.answering.parties import addressed
from trustanswer.answering.terse import spelled_out
from trustanswer.answering.trained import Trained, trained
from trustanswer.answering.wording import Wording, kind_of

__all__ = [
    "Citations",
    "KeepingJudge",
    "Trained",
    "Wording",
    "addressed",
    "compose",
    "draft_all",
    "evidence_rows",
    "kind_of",
    "load_rules",
    "spelled_out",
    "trained",
    "unframed",
]
