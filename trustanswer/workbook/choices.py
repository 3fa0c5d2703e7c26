"""What the options of a dropdown mean, and which of them says a verdict.

By rules over the option's own words; an option that no rule is sure of is never chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from trustanswer.model import Verdict
from trustanswer.workbook.vocabulary import fold, holds, listed, without

_ENUMERATION = re.compile(r"^\(?(?:\d{1,2}|[a-z])\s*[).:]\s+|^\d{1,2}\s*[-=]\s*|^\(\d{1,2}\)\s*")
_SCORE = re.compile(
    r"^(?:level|stufe|niveau|nivel|score)?\s*\d+(?:[.,]\d+)?\s*%?(?:\s*[-:=).(].*)?$"
)
_MARKS = " .,;:!*-_\"'()[]"
_LONGEST = 120
# In the order in which their words are looked for.
_SPOKEN = {"partial": Verdict.PARTIAL, "no": Verdict.NO, "yes": Verdict.YES}


@lru_cache(maxsize=4096)
def meaning(option: str) -> Verdict | None:
    """The verdict an option states by itself: yes, no, partial, na; None where it is not clear."""
    text = _plain(option)
    if not text or len(text) > _LONGEST:
        return None
    if holds("options", "na", text):
        rest = without("options", "na", text)
        return Verdict.NA if _spoken(rest) is None else None
    return _spoken(text)


def _spoken(text: str) -> Verdict | None:
    if holds("options", "open", text):
        return None
    found = (verdict for name, verdict in _SPOKEN.items() if holds("options", name, text))
    return next(found, None)


def choose(
    verdict: Verdict,
    options: Sequence[str],
    meanings: Mapping[str, Verdict | None] | None = None,
) -> str | None:
    """The one option that says `verdict`, as it is written; None if none, or no single one, does.

    Yes, no, partial and na have options; a text or no verdict has none. Where several options say
    it, the plainest one is taken if there is one ("Yes" beside "Yes - audited"), else nothing.
    `meanings` is what the user says of options: it goes before the rules, for scales too, and of
    several options with one meaning the first is taken.
    """
    if verdict not in (Verdict.YES, Verdict.NO, Verdict.PARTIAL, Verdict.NA):
        return None
    told = meanings or {}
    said = next((option for option in options if told.get(option) is verdict), None)
    if said is not None:
        return said
    ruled = {} if is_scale(options) else _meanings(options)
    found = [o for o in dict.fromkeys(options) if o not in told and ruled.get(o) is verdict]
    if len(found) > 1:
        found = _plainest(found)
    return found[0] if len(found) == 1 else None


def _meanings(options: Sequence[str]) -> dict[str, Verdict | None]:
    """The meaning of each; single letters count where all options are such and a No is there."""
    found = {option: meaning(option) for option in options}
    short = {option: _letters(option) for option in options}
    letters = all(len(_plain(o)) <= 2 or found[o] is Verdict.NA for o in options)
    if letters and Verdict.NO in {*short.values(), *found.values()}:
        return {option: short[option] or found[option] for option in options}
    return found


def _letters(option: str) -> Verdict | None:
    names = (f"short_{name}" for name in _SPOKEN)
    found = (
        v
        for n, v in zip(names, _SPOKEN.values(), strict=True)
        if _plain(option) in listed("options", n)
    )
    return next(found, None)


def _plainest(options: Sequence[str]) -> list[str]:
    """Options of one word or with "fully"; of partial ones, those that say so outright."""
    plain = [o for o in options if re.fullmatch(r"[a-z]+", _plain(o))]
    full = [
        o for o in options if re.match(r"(?:fully|full|vollstandig|total|totalmente)\b", _plain(o))
    ]
    outright = [o for o in options if re.search(r"\b(?:part|teil|parc)", _plain(o))]
    for chosen in (plain, full, outright):
        if len(chosen) == 1:
            return chosen
    return []


def is_scale(options: Sequence[str]) -> bool:
    """Whether the options are grades of a scale (0 to 5, "Level 3 - Defined") and not verdicts."""
    graded = [o for o in options if _SCORE.match(fold(o))]
    spoken = [o for o in options if meaning(o) not in (None, Verdict.NA)]
    return len(graded) >= 3 and not spoken


def _plain(option: str) -> str:
    """Without its number or letter, marks around it and case."""
    text = fold(option).strip(_MARKS.replace("(", "").replace("[", ""))
    return _ENUMERATION.sub("", text).strip(_MARKS)
