"""Drafts held against labelled questions: the figures by which quality is judged."""
