"""Trust-center documents into statements: one reader a format, one outline for their headings."""

from trustanswer.knowledge.base import read_knowledge

__all__ = ["read_knowledge"]
