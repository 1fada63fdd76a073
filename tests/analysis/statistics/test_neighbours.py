"""Reports to other instruments: what records fill, and what they lack."""

from dataclasses import replace

import pytest

from armstrace.analysis.statistics.neighbours import report
from armstrace.analysis.statistics.neighbours.report import FilledIn
from armstrace.analysis.statistics.questionnaire.declared import questionnaire
from armstrace.vocabulary.errors import NotFound
from tests.analysis.statistics.returns import a_return

pytestmark = pytest.mark.pure


def filled_by(code, *returns):
    form = report.form_of(code)
    return report.report_of(form, returns)


def answers(filled):
    return {
        answer.item.code: answer for _, section in filled.sections for answer in section
    }


@pytest.mark.parametrize("code", report.FORMS)
def test_every_cell_that_a_form_names_is_a_cell_of_the_questionnaire(code):
    asked = questionnaire()
    known = {
        f"{table.table_id}:{row.code}:{column}"
        for table in asked.tables
        for row in table.rows
        for column in table.columns
    }

    named = {
        key
        for section in report.form_of(code).sections
        for item in section.items
        for key in item.cells
    }

    assert named
    assert named <= known


@pytest.mark.parametrize("code", report.FORMS)
def test_a_form_says_what_of_it_is_not_verified(code):
    form = report.form_of(code)

    assert "not verified" in form.unverified
    assert any(not section.is_verified for section in form.sections)


def test_collection_and_tracing_are_filled_for_both_years():
    before, now = replace(a_return(seed=1), year=2023), a_return(seed=2)

    filled = filled_by("poa", before, now)

    assert filled.years == (2023, 2024)
    assert report.years_of(filled.form, 2024) == (2023, 2024)
    found = answers(filled)
    assert found["6.a"].values == (
        before.cell("A2:TOTAL:SEIZED").value,
        now.cell("A2:TOTAL:SEIZED").value,
    )
    assert found["6.e"].values[1] == sum(
        now.cell(f"{table}:{row}:{column}").value
        for table, column in (
            ("5.1", "SEIZED"),
            ("5.2", "FOUND"),
            ("5.3", "SURRENDERED"),
        )
        for row in ("IN", "IF", "OD")
    )
    assert found["1.1"].values[1] == "The police, customs"


def test_what_no_record_fills_is_left_to_a_person_and_counted_as_lacking():
    filled = filled_by("poa", a_return(), a_return())

    found = answers(filled)
    assert found["22.2"].standing is FilledIn.BY_HAND
    assert found["22.2"].values == (None, None)
    lacking = {
        section.number: (done, asked) for section, done, asked in filled.completeness
    }
    assert lacking["6"] == (8, 9)
    assert lacking["3"] == (0, 2)


def test_a_blank_of_the_return_stays_blank_with_its_reason_and_is_no_zero():
    blank = a_return(blanks=1.0)

    found = answers(filled_by("poa", blank, blank))

    assert found["6.a"].values == (None, None)
    assert found["6.a"].standing is FilledIn.BLANK
    assert found["6.a"].reason == "not recorded"


def test_without_transfers_the_report_of_the_treaty_says_so_plainly():
    filled = filled_by("att", a_return())

    assert filled.has_no_transfers
    found = answers(filled)
    assert found["E"].reason == found["I"].reason == "no transfers are recorded"
    assert found["V.a"].standing is FilledIn.FILLED
    assert not filled_by("poa", a_return()).has_no_transfers


def test_a_report_that_nobody_asks_for_is_not_found():
    with pytest.raises(NotFound, match="choose one of poa, att"):
        report.form_of("unroca")
