"""The annual return, filled from records."""

import pytest

from armstrace.indicators import queries
from armstrace.vocabulary.errors import NotPermitted
from tests.indicators import records

pytestmark = pytest.mark.django_db


def value(key, year=2020, as_of=None):
    found = queries.return_of(year=year, as_of=as_of, viewer=records.statistician())
    cell = found.cell(key)
    return cell.value if cell.why_blank is None else cell.why_blank.value


def test_a_year_without_records_is_blank_and_never_zero():
    found = queries.return_of(year=2020, viewer=records.statistician())

    assert [c.key for t in found.tables for c in t.cells() if c.value is not None] == []


def test_a_stranger_sees_no_return():
    with pytest.raises(NotPermitted):
        queries.return_of(year=2020, viewer=records.a_stranger())


def test_RT_02_what_does_not_count_stands_apart():
    records.an_arm_recovered()
    records.an_arm_recovered(year_of_manufacture=1899)
    records.an_arm_recovered(legal_justification="ADMINISTRATIVE")

    assert value("A2:TOTAL:SEIZED") == 1
    assert value("X:ANTIQUE:SEIZED") == 1
    assert value("X:ADMINISTRATIVE:SEIZED") == 1
    assert value("A2:TOTAL:FOUND") == "NOT_RECORDED"
