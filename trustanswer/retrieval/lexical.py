"""Lexical scores: BM25 as rank-bm25 computes it, with its faults on small collections mended.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). The idf
of BM25Okapi is log((N - n + 0.5) / (n + 0.5)): 0 for a term in half of the texts, negative in
more, and its repair (a quarter of the mean idf) is itself negative where most terms are common.
Here it is log(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it, which is positive for every n.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from rank_bm25 import BM25Okapi
from scipy import sparse

from trustanswer.ports import Floats

STOP_WORDS = frozenset(
    "a an and any are as at be been by can could did do does each for from had has have how if in "
    "into is it its may must not of on or our shall should so such than that the their them then "
    "there these they this those to under upon was we were what when where which who whom will "
    "with within would you your please describe provide explain".split()
)
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_SUFFIXES = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))


class SmallCollectionBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """BM25Okapi that is right on collections of any size, the empty one included."""

    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        # The base class divides by the number of texts and by their mean length.
        super().__init__(list(corpus) or [[]])
        self.avgdl: float = self.avgdl or 1.0

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, count in nd.items():
            ratio = (self.corpus_size - count + 0.5) / (count + 0.5)
            self.idf[term] = math.log(1.0 + ratio)


class LexicalIndex:
    """The BM25 weight of every term in every text, as one sparse matrix (terms x texts)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = len(texts)
        bm25 = SmallCollectionBM25([terms(text) for text in texts])
        self._terms = {term: row for row, term in enumerate(bm25.idf)}
        self._weights = self._matrix(bm25)
        self._idf, self._k1 = bm25.idf, bm25.k1
        self._rarest = math.log(1.0 + (self._texts + 0.5) / 0.5)

    def _matrix(self, bm25: SmallCollectionBM25) -> sparse.csr_array:
        rows, columns, values = [], [], []
        for column, frequencies in enumerate(bm25.doc_freqs):
            length = bm25.k1 * (1 - bm25.b + bm25.b * bm25.doc_len[column] / bm25.avgdl)
            for term, count in frequencies.items():
                rows.append(self._terms[term])
                columns.append(column)
                values.append(bm25.idf[term] * count * (bm25.k1 + 1) / (count + length))
        return sparse.csr_array(
            (values, (rows, columns)), shape=(len(self._terms), max(1, self._texts))
        )

    def scores(self, queries: Sequence[str]) -> Floats:
        """BM25 of every query against every text, shape (queries, texts)."""
        counts = self._counts(queries)
        return np.asarray((counts @ self._weights).todense(), dtype=np.float32)[:, : self._texts]

    def shares(self, queries: Sequence[str]) -> Floats:
        """Scores as a share (0..1) of what the query's terms could score at the very most.

        A term's weight stays under idf * (k1 + 1); a term that stands in no text counts as the
        rarest would, so that a query about something else scores low whatever else it shares.
        """
        ceiling = np.array([self._ceiling(query) for query in queries], dtype=np.float32)
        shares = self.scores(queries) / np.maximum(ceiling, 1e-6)[:, None]
        return shares.astype(np.float32)

    def _ceiling(self, query: str) -> float:
        idf = sum((self._idf.get(term, self._rarest) for term in terms(query)), start=0.0)
        return float(idf * (self._k1 + 1))

    def _counts(self, queries: Sequence[str]) -> sparse.csr_array:
        """How often each known term stands in each query, shape (queries, terms)."""
        found = [
            (row, self._terms[term])
            for row, query in enumerate(queries)
            for term in terms(query)
            if term in self._terms
        ]
        rows, columns = zip(*found, strict=True) if found else ((), ())
        shape = (len(queries), len(self._terms))
        return sparse.csr_array((np.ones(len(found)), (rows, columns)), shape=shape)


def terms(text: str) -> list[str]:
    """The index terms of a text: words in lower case without stop words, lightly stemmed."""
    words = (match.group().casefold() for match in _WORD.finditer(text))
    return [_stem(word) for word in words if word not in STOP_WORDS]


def _stem(word: str) -> str:
    """Folds the commonest English endings; precise enough to meet, not to be read."""
    for suffix, instead in _SUFFIXES:
        if (
            word.endswith(suffix)
            and len(word) - len(suffix) + len(instead) >= 3
            and not word.endswith("ss")
        ):
            return word[: -len(suffix)] + instead
    return word
