"""Lexical scores: BM25 as rank-bm25 computes it, with its faults on small collections mended.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). The idf
of BM25Okapi is log((N - n + 0.5) / (n + 0.5)): 0 for a term in half of the texts, negative in
more, and its repair (a quarter of the mean idf) is itself negative where most terms are common.
Here it is log(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it, which is positive for every n.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi
from scipy import sparse

from trustanswer.ports import Floats

Integers = NDArray[np.int32]
Doubles = NDArray[np.float64]

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


@dataclass(frozen=True)
class Postings:
    """How often each term stands in each text of a group: rows of a sparse matrix (terms x texts).

    What depends on the other texts is left out, so that a group is counted once and kept.
    """

    terms: tuple[str, ...]
    starts: Integers  # where each term's entries begin, and the end of the last
    texts: Integers  # of each entry, in ascending order for a term
    counts: Integers  # of each entry
    lengths: Integers  # terms of each text

    @classmethod
    def of(cls, texts: Sequence[str]) -> Postings:
        found: dict[str, list[tuple[int, int]]] = {}
        lengths = []
        for place, text in enumerate(texts):
            counts = Counter(terms(text))
            lengths.append(counts.total())
            for term, count in counts.items():
                found.setdefault(term, []).append((place, count))
        entries = np.array([e for group in found.values() for e in group], np.int32).reshape(-1, 2)
        starts = np.cumsum([0, *map(len, found.values())], dtype=np.int32)
        return cls(tuple(found), starts, entries[:, 0], entries[:, 1], np.array(lengths, np.int32))


@dataclass(frozen=True)
class Collection:
    """What BM25 has to know of all texts together."""

    texts: int
    length: float  # mean number of terms of a text
    holding: Mapping[str, int]  # the number of texts that a term stands in

    @classmethod
    def of(cls, groups: Sequence[Postings]) -> Collection:
        texts = sum(len(group.lengths) for group in groups)
        length = sum(int(group.lengths.sum()) for group in groups) / max(1, texts)
        holding: Counter[str] = Counter()
        for group in groups:
            holding.update(dict(zip(group.terms, np.diff(group.starts).tolist(), strict=True)))
        return cls(texts, length or 1.0, holding)


class LexicalIndex:
    """BM25 of all texts of some groups, a group at a time."""

    def __init__(self, groups: Sequence[Postings], collection: Collection | None = None) -> None:
        """`collection`: where the groups are not all of it; it knows the terms that are asked."""
        own = Collection.of(groups)
        whole = own if collection is None else collection
        bm25 = SmallCollectionBM25([])
        bm25.corpus_size = whole.texts
        bm25._calc_idf({**own.holding, **whole.holding})
        self._idf, self._k1 = bm25.idf, bm25.k1
        self._rows = {term: row for row, term in enumerate(self._idf)}
        self._rarest = math.log(1.0 + (whole.texts + 0.5) / 0.5)
        self._weights = [self._weighted(group, bm25.b, whole.length) for group in groups]

    def _weighted(self, group: Postings, b: float, mean: float) -> sparse.csr_array:
        """The weight of every term in every text of the group, shape (all terms, texts)."""
        idf = np.array([self._idf[term] for term in group.terms])
        norms = self._k1 * (1 - b + b * group.lengths / mean)
        counts = group.counts.astype(float)
        weights = np.repeat(idf, np.diff(group.starts)) * counts * (self._k1 + 1)
        weights /= counts + norms[group.texts]
        own = (weights, group.texts, group.starts)
        matrix = sparse.csr_array(own, shape=(len(group.terms), len(group.lengths)))
        return self._placed(group.terms) @ matrix

    def _placed(self, names: Sequence[str]) -> sparse.csr_array:
        """A matrix that brings rows in the order of `names` into that of all terms."""
        rows = np.array([self._rows[name] for name in names], dtype=np.int32)
        shape = (len(self._rows), len(names))
        return sparse.csr_array((np.ones(len(names)), (rows, np.arange(len(names)))), shape=shape)

    def scores(self, queries: Sequence[str], group: int = 0) -> Doubles:
        """BM25 of every query against every text of the group, shape (queries, texts)."""
        return np.asarray((self._counts(queries) @ self._weights[group]).toarray())

    def shares(self, asked: sparse.csr_array, group: int, texts: slice) -> Floats:
        """Scores with some texts of the group, as a share (0..1) of what could be at most."""
        weights = self._weights[group]
        if texts != slice(0, weights.shape[1]):
            weights = weights[:, texts]
        return np.asarray((asked @ weights).toarray(), dtype=np.float32)

    def asked(self, queries: Sequence[str]) -> sparse.csr_array:
        """The queries as shares of what they could score at most, to be held against each group.

        A term's weight stays under idf * (k1 + 1); a term that stands in no text counts as the
        rarest would, so that a query about something else scores low whatever else it shares.
        """
        ceilings = np.array([max(self._ceiling(query), 1e-6) for query in queries])
        return (sparse.diags_array(1 / ceilings) @ self._counts(queries)).tocsr()

    def _ceiling(self, query: str) -> float:
        idf = sum((self._idf.get(term, self._rarest) for term in terms(query)), start=0.0)
        return float(idf * (self._k1 + 1))

    def _counts(self, queries: Sequence[str]) -> sparse.csr_array:
        """How often each known term stands in each query, shape (queries, terms)."""
        found = [
            (row, self._rows[term])
            for row, query in enumerate(queries)
            for term in terms(query)
            if term in self._rows
        ]
        rows, columns = zip(*found, strict=True) if found else ((), ())
        shape = (len(queries), len(self._rows))
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
