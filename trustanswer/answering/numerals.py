"""Numbers in digits and in words: "1,200", "99.9", "twenty-four", "a hundred"."""

from __future__ import annotations

import re

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
# Words for numbers; those of tens and ones are written with a hyphen or a space.
IN_WORDS = {
    **_ONES, **_TENS, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "one hundred": 100, "a hundred": 100,
    **{f"{ten}-{one}": high + low for ten, high in _TENS.items() for one, low in _ONES.items()},
}  # fmt: skip
_TEEN = "|".join(
    sorted((w for w in IN_WORDS if w.isalpha() and w not in _TENS), key=len, reverse=True)
)
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|"
    rf"{_TEEN}|(?:one|a) hundred)"
)


def value_of(number: str) -> float:
    """What a number says that NUMBER matched."""
    low = number.lower()
    word = IN_WORDS.get(low) or IN_WORDS.get(low.replace(" ", "-"))
    return float(word or number.replace(",", ""))


def with_separators(number: str) -> float | None:
    """A number with points or commas between its thousands, or before its decimals; None where it
    has them neither way."""
    plain = number.rstrip(".,")
    if _THOUSANDS.fullmatch(plain):
        return float(re.sub(r"[.,]", "", plain))
    if _DECIMAL_COMMA.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    try:
        return float(plain.replace(",", ""))
    except ValueError:
        return None


_THOUSANDS = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+)")
_DECIMAL_COMMA = re.compile(r"\d{1,3}(?:\.?\d{3})*,\d{1,2}")
