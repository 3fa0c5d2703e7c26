"""Reviewing: drafts become answers that someone stands behind.

states    what is decided, and what that makes of an answer: pure
library   which approved answers may be offered again: pure
records   what is kept of a questionnaire, as dataclasses and as JSON
store     the database: an append-only log of decisions (the single door to SQL)
"""
