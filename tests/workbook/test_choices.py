# ruff: noqa: E501 -- a list of options is a line
"""Which option of a dropdown says a verdict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustanswer.model import Verdict
from trustanswer.workbook import choose
from trustanswer.workbook.choices import is_scale

YES, NO, PARTIAL, NA = Verdict.YES, Verdict.NO, Verdict.PARTIAL, Verdict.NA

# options | yes | no | partial | na; "-" where no option says it
LISTS = """
Yes, No, N/A                                            | Yes | No | - | N/A
Y, N                                                    | Y | N | - | -
YES, NO, NA                                             | YES | NO | - | NA
1) Yes, 2) No, 3) N/A                                   | 1) Yes | 2) No | - | 3) N/A
Fully compliant, Partially compliant, Non-compliant     | Fully compliant | Non-compliant | Partially compliant | -
Compliant, Compliant with exceptions, Not compliant     | Compliant | Not compliant | Compliant with exceptions | -
Met, Not met, Not applicable                            | Met | Not met | - | Not applicable
Yes - implemented, Yes - planned, No                    | Yes - implemented | No | - | -
Implemented, Planned, Not implemented                   | Implemented | Not implemented | - | -
Implemented, Partially implemented, Alternative implementation, N/A | Implemented | - | Partially implemented | N/A
In place, In place with CCW, Not in place, Not tested   | In place | Not in place | - | -
Fully implemented, Largely implemented, Partially implemented, Not implemented | Fully implemented | Not implemented | Partially implemented | -
Yes, No, Alternative approach, Unknown, In progress     | Yes | No | - | -
Achieved, Partially achieved, Not achieved              | Achieved | Not achieved | Partially achieved | -
Full, Partial, Not at all                               | Full | Not at all | Partial | -
True, False                                             | True | False | - | -
Pass, Fail, N/A                                         | Pass | Fail | - | N/A
C, NC, PC, NA                                           | C | NC | PC | NA
FI, LI, PI, NI                                          | FI | NI | PI | -
Ja, Nein, Teilweise, Entfällt                           | Ja | Nein | Teilweise | Entfällt
umgesetzt, teilweise umgesetzt, nicht umgesetzt, entbehrlich | umgesetzt | nicht umgesetzt | teilweise umgesetzt | entbehrlich
Erfüllt, Nicht erfüllt, Nicht anwendbar                 | Erfüllt | Nicht erfüllt | - | Nicht anwendbar
Oui, Non, Partiellement, Sans objet                     | Oui | Non | Partiellement | Sans objet
Conforme, Non conforme, Non applicable                  | Conforme | Non conforme | - | Non applicable
Sí, No, Parcialmente, No aplica                         | Sí | No | Parcialmente | No aplica
Cumple, No cumple, Cumple parcialmente                  | Cumple | No cumple | Cumple parcialmente | -
Please select, Yes, No                                  | Yes | No | - | -
Applicable, Not applicable                              | - | - | - | Not applicable
No gap, Gap                                             | - | - | - | -
Yes by us, Yes by others, No                            | - | No | - | -
On-premises, Cloud, Hybrid                              | - | - | - | -
Low, Medium, High                                       | - | - | - | -
0, 1, 2, 3, 4, 5                                        | - | - | - | -
1 - Initial, 2 - Repeatable, 3 - Defined, N/A           | - | - | - | -
"""
CASES = [line.split("|") for line in LISTS.strip().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case[0].strip() for case in CASES])
def test_a_verdict_takes_the_option_that_means_it(case: list[str]) -> None:
    options = [option.strip() for option in case[0].split(",")]
    expected = [None if name.strip() == "-" else name.strip() for name in case[1:]]
    assert [choose(verdict, options) for verdict in (YES, NO, PARTIAL, NA)] == expected


@given(st.lists(st.text(max_size=30), max_size=8), st.sampled_from(Verdict))
def test_only_what_the_list_offers_is_ever_chosen(options: list[str], verdict: Verdict) -> None:
    chosen = choose(verdict, options)
    assert chosen is None or chosen in options


@given(st.permutations(["Yes", "No", "N/A", "Partially", "In progress"]))
def test_the_order_of_the_options_does_not_matter(options: list[str]) -> None:
    chosen = [choose(verdict, options) for verdict in (YES, NO, PARTIAL, NA)]
    assert chosen == ["Yes", "No", "Partially", "N/A"]


def test_a_text_or_no_verdict_takes_no_option() -> None:
    assert choose(Verdict.TEXT, ["Yes", "No"]) is None
    assert choose(Verdict.NONE, ["Yes", "No", "Unknown"]) is None


def test_what_the_user_says_of_options_goes_before_the_rules() -> None:
    options = ["0", "1", "2", "3"]
    assert choose(YES, options, {"3": YES, "0": NO}) == "3"
    assert choose(NO, options, {"3": YES, "0": NO}) == "0"
    assert choose(YES, ["Yes", "No"], {"Yes": None}) is None
    assert choose(NO, ["Yes", "No"], {"Yes": None}) == "No"


def test_grades_are_a_scale_and_numbered_verdicts_are_not() -> None:
    assert is_scale(["0", "1", "2", "3", "N/A"])
    assert is_scale(["Level 1 - Initial", "Level 2 - Managed", "Level 3 - Defined"])
    assert not is_scale(["1) Yes", "2) No", "3) N/A"])
    assert not is_scale(["Yes", "No"])
