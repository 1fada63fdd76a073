"""The return in UNODC's long layout is read back to the same tables."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from armstrace.analysis.statistics.indicator import Method, indicator_16_4_2
from armstrace.analysis.statistics.workbook import published
from armstrace.vocabulary.recoveries import Acquisition
from tests.analysis.statistics.releases import read
from tests.analysis.statistics.returns import a_return

pytestmark = pytest.mark.pure
TABLES = {
    "5.1": Acquisition.SEIZED,
    "5.2": Acquisition.FOUND,
    "5.3": Acquisition.SURRENDERED,
}


@pytest.mark.parametrize("seed", range(4))
def test_our_own_reader_finds_the_tracing_tables_again(seed):
    filled = replace(a_return(seed=seed), country="BR")

    again = read(csv.reader(io.StringIO(published.as_csv(filled))))

    assert again.remarks == ()
    register = again.years["BRA"]
    for table_id, kind in TABLES.items():
        found = register[2024].table(kind)
        table = filled.table(table_id)
        for cell, count in found.leaves.items():
            assert table.cell(cell.value, kind.value).value == count
        assert found.unique_filed == table.cell("U", kind.value).value
        assert found.total == table.cell("T", kind.value).value
    figure = indicator_16_4_2(register, 2024, Method.METADATA)
    traced = sum(
        filled.table(one).cell(row, kind.value).value
        for one, kind in TABLES.items()
        for row in ("IN", "IF", "OD")
    )
    assert figure.numerator == traced
    assert figure.denominator == sum(
        filled.table(one).cell("T", kind.value).value for one, kind in TABLES.items()
    )


def test_title_rows_stand_above_the_same_table():
    filled = a_return()

    (sheet,) = published.as_book(filled, date(2025, 4, 1)).sheets

    rows = [[cell.value for cell in line] for line in sheet.lines]
    assert rows[1] == ["01/04/2025"]
    assert (
        read(rows).years["XVX"][2024]
        == read([published.HEADINGS, *published.rows_of(filled)]).years["XVX"][2024]
    )


def test_a_blank_cell_has_no_row_and_a_zero_has_one():
    filled = a_return({"B1:PISTOL:SEIZED": None, "B1:RIFLE:SEIZED": 0})

    rows = [
        row
        for row in published.rows_of(filled)
        if row[4:6] == ("Arms seized", "by type")
    ]

    labels = {row[6]: row[11] for row in rows}
    assert "pistol" not in labels
    assert labels["rifle (Inlcuding Carbine)"] == 0


def test_only_persons_are_told_by_sex():
    sexes = {row[4][:11]: set() for row in published.rows_of(a_return())}
    for row in published.rows_of(a_return()):
        sexes[row[4][:11]].add((row[7], row[8]))

    assert sexes.pop("Individuals") == {
        (sex, "Total") for sex in ("Male", "Female", "Unknown", "Total")
    }
    assert set().union(*sexes.values()) == {("na", "na")}


def test_tables_that_the_release_does_not_hold_stay_out():
    rows = list(published.rows_of(a_return()))

    assert not [row for row in rows if "destroyed" in str(row[6]).lower()]
    assert all(row[4] and row[5] and row[6] for row in rows)


@pytest.mark.parametrize(("country", "iso3"), [("BR", "BRA"), ("XV", "XVX"), ("", "X")])
def test_a_country_is_named_by_three_letters(country, iso3):
    assert published.name_country(country)[0] == iso3
