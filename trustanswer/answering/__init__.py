"""Deciding whether evidence answers a question, what it says to it, and how that is written."""

from trustanswer.answering.compose import Citations, compose, evidence_rows
from trustanswer.answering.draft import draft_all

__all__ = ["Citations", "compose", "draft_all", "evidence_rows"]
