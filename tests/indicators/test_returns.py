"""The annual return, filled from records."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.audit import ledger
from armstrace.indicators import queries
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.paging import PageRequest
from tests.audit import cast
from tests.indicators import oracle, records, return_oracle

pytestmark = pytest.mark.django_db

MOMENTS = (None, datetime(2021, 3, 1, tzinfo=UTC))


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


def behind(key, year=2020, as_of=None, size=10_000):
    return queries.return_records(
        year=year,
        key=key,
        as_of=as_of,
        viewer=records.statistician(),
        page=PageRequest(1, size),
    )


SIZES = [(1, 12), (2, 60), (3, 120)]
ASKED = SIZES if connection.vendor == "sqlite" else SIZES[:2]


@pytest.mark.parametrize(("seed", "size"), ASKED)
def test_every_cell_equals_its_drilled_records_and_a_count_one_by_one(seed, size):
    records.a_random_country(seed, size)
    cast.holder()

    with oracle.tables_read_once():
        for at in MOMENTS:
            found = queries.return_of(
                year=2021, as_of=at, viewer=records.statistician()
            )
            piles = return_oracle.count(2021, at)
            counted = [
                cell
                for table in found.tables
                for cell in table.cells()
                if cell.opens_records
            ]
            for cell in counted:
                opened = {row.reference for row in behind(cell.key, 2021, at).rows}
                assert opened == piles.get(cell.key, set()), cell.key
                if cell.table not in {"A1", "A3", "A4"}:
                    assert cell.value == len(opened), cell.key
            known = {cell.key for cell in counted}
            asked = {cell.key for table in found.tables for cell in table.cells()}
            blank = {key for key in piles if key in asked - known}
            assert blank <= {"A1:TOTAL:SEIZED", "A4:TOTAL:SEIZED"}
            for key in ("A1:TOTAL:SEIZED", "A3:TOTAL:SEIZED", "A4:TOTAL:SEIZED"):
                assert value(key, 2021, at) == return_oracle.amount(key, 2021, at)


def test_a_return_takes_as_many_queries_for_many_records_as_for_few():
    taken = []
    for seed in (1, 2):
        records.a_random_country(seed, 40)
        with CaptureQueriesContext(connection) as queried:
            queries.return_of(year=2021, viewer=records.statistician())
        taken.append(len(queried))

    assert taken[0] == taken[1]


def test_a_return_follows_the_next_act_at_once():
    clerk = records.an_actor(Role.ANALYST)
    for number in (1, 2):
        with ledger.entry("recovery.recorded", by=clerk, at=records.NOW) as entry:
            entry.about(records.an_arm_recovered())
        assert value("A2:TOTAL:SEIZED") == number
        assert value("A2:TOTAL:SEIZED") == number
