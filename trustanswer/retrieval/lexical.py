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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

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
PORTION = 1 << 21  # entries that are summed at a time: some 80 MB
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


@dataclass(frozen=True)
class Queried:
    """The terms of some queries: the query of each, ascending, and what it counts there."""

    queries: int
    rows: NDArray[np.int64]
    terms: tuple[str, ...]
    factors: Doubles

    def times(self, of_rows: Doubles) -> Queried:
        """The same, each query's terms multiplied by its figure."""
        return replace(self, factors=self.factors * of_rows[self.rows])


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
        self._rarest = math.log(1.0 + (whole.texts + 0.5) / 0.5)
        self._groups = [_Group(each, self._weights(each, bm25.b, whole.length)) for each in groups]

    def _weights(self, group: Postings, b: float, mean: float) -> Doubles:
        """What each entry of the group adds to the score of its text."""
        idf = np.array([self._idf[term] for term in group.terms])
        norms = self._k1 * (1 - b + b * group.lengths / mean)
        counts = group.counts.astype(float)
        weights: Doubles = np.repeat(idf, np.diff(group.starts)) * counts * (self._k1 + 1)
        weights /= counts + norms[group.texts]
        return weights

    def scores(self, queries: Sequence[str], group: int = 0) -> Doubles:
        """BM25 of every query against every text of the group, shape (queries, texts)."""
        found = self._groups[group]
        return found.sums(_queried(queries), slice(0, found.size))

    def shares(self, asked: Queried, group: int, texts: slice) -> Floats:
        """Scores with some texts of the group, as a share (0..1) of what could be at most."""
        return self._groups[group].sums(asked, texts).astype(np.float32)

    def asked(self, queries: Sequence[str]) -> Queried:
        """The queries as shares of what they could score at most, to be held against each group.

        A term's weight stays under idf * (k1 + 1); a term that stands in no text counts as the
        rarest would, so that a query about something else scores low whatever else it shares.
        """
        found = _queried(queries)
        idf = np.array([self._idf.get(term, self._rarest) for term in found.terms])
        most = np.bincount(found.rows, idf * (self._k1 + 1), found.queries)
        return found.times(1 / np.maximum(most, 1e-6))


def _queried(queries: Sequence[str]) -> Queried:
    found = [(row, term) for row, query in enumerate(queries) for term in terms(query)]
    rows = np.array([row for row, _ in found], dtype=np.int64)
    return Queried(len(queries), rows, tuple(term for _, term in found), np.ones(len(found)))


class _Group:
    """A sparse matrix of weights (terms x texts), to be summed over the terms of queries."""

    def __init__(self, postings: Postings, weights: Doubles) -> None:
        self.size = len(postings.lengths)
        self._weights, self._texts = weights, postings.texts
        self._places = {term: place for place, term in enumerate(postings.terms)}
        of_terms = np.repeat(np.arange(len(postings.terms)), np.diff(postings.starts))
        self._order = of_terms * self.size + postings.texts  # ascending

    def sums(self, queried: Queried, texts: slice) -> Doubles:
        """For each query and text the weights of its terms, shape (queries, texts)."""
        width = texts.stop - texts.start
        sums = np.zeros((queried.queries, width))
        known = np.array([term in self._places for term in queried.terms], dtype=bool)
        places = np.array([self._places[t] for t in queried.terms if t in self._places], np.int64)
        first, last = (
            np.searchsorted(self._order, places * self.size + edge)
            for edge in (texts.start, texts.stop)
        )
        counted = queried.rows[known], queried.factors[known], first, last - first
        for rows, factors, starts, lengths in _portions(counted):
            entries = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
            entries += np.arange(len(entries))
            cells = np.repeat((rows - rows[0]) * width - texts.start, lengths)
            cells += self._texts[entries]
            values = self._weights[entries] * np.repeat(factors, lengths)
            some = sums[rows[0] : rows[-1] + 1]
            some += np.bincount(cells, values, some.size).reshape(some.shape)
        return sums


def _portions(columns: Sequence[NDArray[Any]]) -> Iterator[list[NDArray[Any]]]:
    """Cuts aligned columns where their last one adds up to PORTION; no piece is empty."""
    ends = np.cumsum(columns[-1])
    start = 0
    while start < len(ends):
        before = ends[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + PORTION, side="right")))
        yield [column[start:end] for column in columns]
        start = end


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
