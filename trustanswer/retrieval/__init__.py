"""Statements made searchable: embeddings, lexical scores, and the index that joins them."""

from trustanswer.retrieval.embedder import SentenceEmbedder
from trustanswer.retrieval.index import Index
from trustanswer.retrieval.pairs import CrossEncoder
from trustanswer.retrieval.postgres import PostgresIndex, offered
from trustanswer.retrieval.reranker import CrossEncoderReranker
from trustanswer.retrieval.vectors import VectorCache, any_kept

__all__ = [
    "CrossEncoder",
    "CrossEncoderReranker",
    "Index",
    "PostgresIndex",
    "SentenceEmbedder",
    "VectorCache",
    "any_kept",
    "offered",
]
