"""The checks of a workbook follow what is typed into it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.statistics.questionnaire import checks, declared
from armstrace.analysis.statistics.workbook import layout
from tests.analysis.statistics.returns import a_return
from tests.analysis.statistics.sheet_formulas import Workbook

pytestmark = pytest.mark.pure
VERDICT = 3


def a_checked_return(counts=None, *, blanks=0.0, seed=0, evidence=None):
    bare = a_return(counts, seed=seed, blanks=blanks)
    found = checks.check_return(
        declared.questionnaire(), bare.tables, evidence or checks.Evidence()
    )
    return replace(bare, checks=found)


def verdicts(book, made):
    """Give the verdict of each check as its formula computes it now."""
    (sheet,) = (each for each in book.sheets if each.name == "Checks")
    return {
        (line[0].value, line[7].value): made.value("Checks", row, VERDICT)
        for row, line in enumerate(sheet.lines)
        if row > 1
    }


@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 1000), blanks=st.sampled_from([0.0, 0.2, 0.6, 1.0]))
def test_untouched_every_formula_gives_the_verdict_of_the_check(seed, blanks):
    evidence = checks.Evidence(
        year_before={"A2:TOTAL:SEIZED": 100, "A2:TOTAL:FOUND": 60},
        last_kept={"5.1:IN:SEIZED": 5, "5.1:OD:SEIZED": None},
    )
    filled = a_checked_return(seed=seed, blanks=blanks, evidence=evidence)
    book = layout.book_of(filled, layout.Told())

    found = verdicts(book, Workbook(book))

    words = {True: "holds", False: "does not hold", None: "cannot be told"}
    assert found == {
        (each.rule, ", ".join(each.cells)): words[each.holds] for each in filled.checks
    }


@pytest.mark.parametrize(
    ("typed", "rule", "cells"),
    [
        ("B1:PISTOL:SEIZED", "CK-03", "A2:TOTAL:SEIZED, B1:TOTAL:SEIZED"),
        ("B3:UNIQUE:FOUND", "CK-05", "B3:UNIQUE:FOUND, 5.2:U:FOUND"),
        ("C3:DRUGS:SEIZED", "CK-04", "C3:DRUGS:SEIZED, A2:TOTAL:SEIZED"),
        (
            "A1:TOTAL:SEIZED",
            "CK-06",
            "A1:TOTAL:SEIZED, A2:TOTAL:SEIZED, A3:TOTAL:SEIZED, A4:TOTAL:SEIZED",
        ),
        (
            "E2:ARRESTED:TOTAL",
            "CK-07",
            "E2:ARRESTED:TOTAL, E2:ARRESTED:MALE, E2:ARRESTED:FEMALE, "
            "E2:ARRESTED:UNKNOWN",
        ),
        ("A2:TOTAL:SEIZED", "CK-09", "A2:TOTAL:SEIZED"),
        ("5.1:IN:SEIZED", "CK-10", "5.1:IN:SEIZED"),
    ],
)
def test_a_count_that_is_typed_breaks_the_check_that_compares_it(typed, rule, cells):
    filled = a_checked_return(
        evidence=checks.Evidence(
            year_before={"A2:TOTAL:SEIZED": 100}, last_kept={"5.1:IN:SEIZED": -1}
        )
    )
    book = layout.book_of(filled, layout.Told())
    made = Workbook(book)

    made.type(book.places[typed], 99_999)

    assert verdicts(book, made)[rule, cells] == "does not hold"


def test_a_count_that_is_mended_makes_the_check_hold():
    filled = a_checked_return({"A2:TOTAL:FOUND": 3})
    book = layout.book_of(filled, layout.Told())
    made = Workbook(book)
    pair = ("CK-03", "A2:TOTAL:FOUND, B1:TOTAL:FOUND")
    assert verdicts(book, made)[pair] == "does not hold"

    made.type(book.places["A2:TOTAL:FOUND"], filled.cell("B1:TOTAL:FOUND").value)

    assert verdicts(book, made)[pair] == "holds"


def test_a_count_below_zero_is_seen_wherever_it_is_typed():
    book = layout.book_of(a_checked_return(), layout.Told())
    made = Workbook(book)

    made.type(book.places["F:DESTROYED:TOTAL"], -1)

    assert verdicts(book, made)["CK-01", ""] == "does not hold"
