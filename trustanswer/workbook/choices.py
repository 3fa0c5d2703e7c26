"""What the options of a dropdown mean, and which of them says a verdict.

By rules over the option's own words; an option that no rule is sure of is never chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trustanswer.model import Verdict
from trustanswer.workbook.vocabulary import fold

_ENUMERATION = re.compile(r"^\(?(?:\d{1,2}|[a-z])\s*[).:]\s+|^\d{1,2}\s*[-=]\s*|^\(\d{1,2}\)\s*")
_SCORE = re.compile(
    r"^(?:level|stufe|niveau|nivel|score)?\s*\d+(?:[.,]\d+)?\s*%?(?:\s*[-:=).(].*)?$"
)
_MARKS = " .,;:!*-_\"'()[]"

_NOT_APPLICABLE = re.compile(
    r"\bn\s*/\s*a\b|^n\.?\s?a\.?$|\bnot applicable\b|\bnon[- ]?applicable\b|\binapplicable\b"
    r"|\b(?:does|do) not apply\b|\bnot relevant\b|\bout of scope\b|\bnot in scope\b"
    r"|\bnicht (?:anwendbar|zutreffend|relevant)\b|\bentfallt\b|\btrifft nicht zu\b"
    r"|\bsans objet\b|\bne s'applique pas\b|\bno (?:aplica|aplicable|procede)\b|\bnon concerne\b"
)
# Neither yes nor no, whatever else the option says.
_OPEN = re.compile(
    r"\bunknown\b|\bnot (?:sure|known|assessed|tested|reviewed|verified|answered|started|specified)"
    r"\b|\bdon'?t know\b|\bdo not know\b|\bunsure\b|\bin progress\b|\bongoing\b|\bplan(?:ned|s|ning)?\b"
    r"|\broad ?map\b|\bscheduled\b|\bfuture\b|\balternat\w+|\bcompensat\w+|\bccw\b|\bequivalent\b"
    r"|\bother\b|\btbd\b|\btbc\b|\bpending\b|\bopen\b|\bsee \w+|\bselect\b|\bchoose\b|\bunder \w+"
    r"|\bdevelopment\b|\bcustomi[sz]\w+|\bthird[- ]party\b|\b3rd[- ]party\b|\binherited\b|\bshared\b"
    r"|\bunbekannt\b|\bgeplant\b|\bin (?:arbeit|umsetzung|bearbeitung|planung)\b|\bsonstig\w+"
    r"|\binconnu\b|\bprevu\w*|\ben cours\b|\bplanifi\w+|\bautre\b"
    r"|\bdesconocido\b|\bplanificad\w+|\bprevist\w+|\ben (?:curso|proceso|progreso)\b|\botro\b|\bpendiente\b"
)
_PARTIAL = re.compile(
    r"\bpartial\w*|\bpartly\b|\bin part\b|\bsome\w*\b|\bmostly\b|\blargely\b|\bnot fully\b"
    r"|\bincomplete\w*|\bnot completely\b|\bwith (?:\w+ )?(?:exceptions?|limitations?|restrictions?|"
    r"deviations?|conditions?|qualifications?)\b|\b(?:yes|compliant),? but\b|\blimited\b"
    r"|\bteilweise\b|\bteils\b|\bzum teil\b|\bmit einschrankung\w*|\bbedingt\b|\bweitgehend\b"
    r"|\bpartiel\w*|\ben partie\b|\bparcial\w*|\ben parte\b"
)
# "No gap" and "no exceptions" are no "No".
_ABSENCE = r"(?! (?:known )?(?:gap|exception|issue|finding|deviation|risk|change|impact)s?\b)"
_NO = re.compile(
    rf"^(?:no{_ABSENCE}|n|nein|non|none|false|never|fail(?:ed|s)?|absent|unmet|missing|fehlt|nie|jamais|nunca|"
    rf"falsch|faux|falso)\b|\bno\b{_ABSENCE}|\bnein\b|\bnoncompliant\b|\bnonconform\w*|\bnicht\b|\bpas\b"
    r"|\bnon[- ]\w+|\bnot\b|\bdoes(?:n't| not)\b|\bincumple\b|\bdisagree\b|\bunsatisf\w+|\bunsupported\b"
    r"|\bunavailable\b|\brejected\b|\binexistant\w*|\binexistente\b"
)
_POSITIVE = (
    r"yes|true|y|compliant|complies|comply|complied|conform\w*|met|meets|satisf\w+|implemented|"
    r"in place|pass(?:ed|es)?|support(?:ed|s)|available|achieved|fulfill?ed|addressed|established|adopted|"
    r"agree[ds]?|accept(?:ed|s)?|valid|present|full|fully|complete[dly]*|always|"
    r"ja|wahr|erfullt|umgesetzt|konform|vorhanden|vollstandig|eingefuhrt|zutreffend|trifft zu|"
    r"oui|vrai|conforme|respecte|mis en (?:oeuvre|place)|en place|realise|totale(?:ment)?|"
    r"si|verdadero|cumple|implementad[oa]|implantad[oa]|totalmente|realizad[oa]"
)
_YES = re.compile(rf"\b(?:{_POSITIVE})\b")
_SHORT = {
    "c": Verdict.YES,
    "fc": Verdict.YES,
    "fi": Verdict.YES,
    "m": Verdict.YES,
    "i": Verdict.YES,
    "o": Verdict.YES,
    "s": Verdict.YES,
    "j": Verdict.YES,
    "x": None,
    "nc": Verdict.NO,
    "ni": Verdict.NO,
    "nm": Verdict.NO,
    "n": Verdict.NO,
    "pc": Verdict.PARTIAL,
    "pi": Verdict.PARTIAL,
    "pm": Verdict.PARTIAL,
    "p": Verdict.PARTIAL,
    "t": Verdict.PARTIAL,
}


def meaning(option: str) -> Verdict | None:
    """The verdict an option states by itself: yes, no, partial, na; None where it is not clear."""
    text = _plain(option)
    if not text or len(text) > 120:
        return None
    not_applicable = _NOT_APPLICABLE.search(text)
    rest = _NOT_APPLICABLE.sub(" ", text).strip(_MARKS)
    if not_applicable:
        return Verdict.NA if not _YES.search(rest) and not _NO.search(rest) else None
    if _OPEN.search(text):
        return None
    if _PARTIAL.search(text):
        return Verdict.PARTIAL
    if _NO.search(text):
        return Verdict.NO
    return Verdict.YES if _YES.search(text) else None


def choose(verdict: Verdict, options: Sequence[str]) -> str | None:
    """The one option that says `verdict`, as it is written; None if none, or no single one, does.

    Yes, no, partial and na have options; a text or no verdict has none. Where several options say
    it, the plainest one is taken if there is one ("Yes" beside "Yes - audited"), else nothing.
    """
    if verdict not in (Verdict.YES, Verdict.NO, Verdict.PARTIAL, Verdict.NA) or is_scale(options):
        return None
    meanings = _meanings(options)
    found = [option for option in dict.fromkeys(options) if meanings[option] is verdict]
    if len(found) > 1:
        found = _plainest(found)
    return found[0] if len(found) == 1 else None


def _meanings(options: Sequence[str]) -> dict[str, Verdict | None]:
    """The meaning of each; letters (C, NC, PC) count where every option is one, and a No is there."""
    found = {option: meaning(option) for option in options}
    short = {option: _SHORT.get(_plain(option)) for option in options}
    letters = all(len(_plain(o)) <= 2 or found[o] is Verdict.NA for o in options)
    if letters and Verdict.NO in short.values():
        found |= {option: verdict for option, verdict in short.items() if verdict}
    return found


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
