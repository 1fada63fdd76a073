"""Every row of a published table, and what in it is not plain."""

import csv

import pytest

from armstrace.analysis.statistics import release_places, release_rows
from armstrace.vocabulary.errors import InvalidInput
from tests.analysis.statistics.releases import HEADER, a_row, a_total, a_type
from tests.shared_data import shared_path

pytestmark = pytest.mark.pure


def read(*rows):
    return release_rows.read_rows([HEADER, *rows])


def messages(published):
    """Give what was not plain, but for the code of the invented country."""
    return [m for r in published.remarks if "“UTO”" not in (m := str(r.message))]


def counts(published, year=2018):
    filed, _ = release_rows.counts_of(published.lines)
    return filed["UTO", year]


def test_title_rows_are_kept_apart_from_the_rows():
    found = release_rows.read_rows([["UNODC"], ["17/06/2022"], HEADER, a_total(7)])

    assert found.titles == ("UNODC", "17/06/2022")
    assert [(line.row, line.key, line.value) for line in found.lines] == [
        (4, "A2.SEIZED.TOTAL", 7)
    ]


def test_a_file_without_the_header_is_refused():
    with pytest.raises(InvalidInput, match="No header row"):
        release_rows.read_rows([["a", "b"], [1, 2]])


def test_a_misspelt_label_is_read_and_named_once():
    found = read(a_type("pistoll", 3), a_type("pistoll", 4, Year=2019))

    assert counts(found).value("B1.SEIZED.PISTOL") == 3
    assert messages(found) == ["“pistoll” is read as “pistol”."]


@pytest.mark.parametrize("written", ["pistolls", "pitsol", "pstol", "pistos"])
def test_a_label_one_slip_away_is_read_and_named_with_its_row(written):
    found = read(a_type("rifle", 1), a_type(written, 3))

    assert counts(found).value("B1.SEIZED.PISTOL") == 3
    remark = next(r for r in found.remarks if written in str(r.message))
    assert (remark.row, remark.field) == (3, "Category")


def test_a_dimension_one_slip_away_is_read_and_named():
    found = read(a_row("Arms seized", "by tipe", "pistol", 3))

    assert counts(found).value("B1.SEIZED.PISTOL") == 3
    assert messages(found) == ["“by tipe” is read as “by type”."]


@pytest.mark.parametrize("written", ["n/a", "-"])
def test_a_word_for_blank_is_named(written):
    found = read(a_type("pistol", written), a_type("rifle", 0))

    assert found.lines[0].value is None
    assert messages(found) == [f"“{written}” is read as blank."]


@pytest.mark.parametrize("written", ["1,234", "1 234"])
def test_a_separated_count_is_read_and_named(written):
    found = read(a_type("pistol", written))

    assert found.lines[0].value == 1234
    assert messages(found) == [f"“{written}” is read as 1234."]


@pytest.mark.parametrize("written", ["1.234", "-3"])
def test_a_refused_count_is_left_blank_and_named(written):
    found = read(a_type("pistol", written))

    assert found.lines[0].value is None
    assert f"“{written}” is not a count" in messages(found)[0]


def test_a_label_near_to_two_is_not_guessed():
    owner = "Uniquely identifiable - from ilegitimate owner in national registry"

    place = release_places.place_of("Arms seized", "by location", owner)

    assert (place.table, place.row) == ("5.1", "")


def test_a_label_of_no_row_keeps_its_words_and_counts_in_its_table():
    found = read(a_type("small arms", 277), a_type("light weapons", 79))

    assert counts(found).unknown == {
        "B1.SEIZED": {"small arms": 277, "light weapons": 79}
    }
    assert "“small arms” is not a row of B1.SEIZED; counted as written." in messages(
        found
    )


def test_an_indicator_that_is_no_table_is_named_and_left_out():
    found = read(a_row("Swords seized", "Total", "Total", 3), a_total(1))

    assert len(found.lines) == 1
    assert "is not a known table" in messages(found)[0]


def test_a_row_repeated_with_the_same_count_is_taken_once():
    found = read(a_type("pistol", 3), a_type("pistol", 3))

    assert counts(found).value("B1.SEIZED.PISTOL") == 3
    assert messages(found) == ["Rows 2 and 3 repeat “pistol”; it is taken once."]


def test_a_row_repeated_with_another_count_is_disputed_and_not_used():
    found = read(a_type("pistol", 3), a_type("pistol", 4))

    assert counts(found).value("B1.SEIZED.PISTOL") is None
    assert "give different counts" in messages(found)[0]


def test_two_rows_that_the_publisher_prints_under_one_label_are_no_repeat():
    label = "otherwise illicitly manufactured"

    found = read(*(a_row("Arms seized", "by condition", label, n) for n in (5, 2)))

    assert counts(found).value("B2.OTHERWISE") == 7
    assert messages(found) == []


def test_a_blank_is_no_zero():
    found = read(a_type("pistol", ""), a_type("rifle", 0))

    assert [line.value for line in found.lines] == [None, 0]
    assert counts(found).value("B1.SEIZED.PISTOL") is None


def test_a_window_of_two_years_is_named_and_left_out():
    found = read(a_total(3, Year="2016-2017"))

    assert found.lines == ()
    assert "window of years" in messages(found)[0]


def test_a_count_that_is_none_is_named_with_its_row():
    found = read(a_total("about 300"))

    assert 2 in [remark.row for remark in found.remarks]
    assert "“about 300” is not a count" in messages(found)[0]


def test_an_unknown_country_is_named_and_kept():
    found = read(a_total(3, Iso3_code="QQQ"))

    assert found.lines[0].iso3 == "QQQ"
    assert "not a country code" in messages(found)[0]


def test_a_row_without_country_is_named_and_left_out():
    assert read(a_total(3, Iso3_code="")).lines == ()


def test_persons_are_read_by_sex():
    stage = "Individuals convicted for illicit trafficking in weapons"

    found = read(a_row(stage, "Total", "Total", 2, Sex="Female"))

    assert found.lines[0].key == "E2.CONVICTED.FEMALE"


def test_every_row_of_the_release_is_understood():
    path = shared_path("iafq/unodc_iafq_long_release_2022-06-17.csv")
    with path.open(encoding="utf-8-sig", newline="") as rows:
        found = release_rows.read_rows(csv.reader(rows))

    assert len(found.lines) == found.rows_read == 11_032
    assert found.remarks == ()
    assert not [line for line in found.lines if line.key.endswith("?")]


def test_every_label_of_the_later_release_has_its_place():
    path = shared_path("iafq/iafq_dataset_categories_2024.csv")
    with path.open(encoding="utf-8-sig", newline="") as rows:
        labels = list(csv.DictReader(rows))

    places = [
        release_places.place_of(row["Indicator"], row["Dimension"], row["Category"])
        for row in labels
    ]

    assert labels
    assert all(place is not None and place.row and place.is_exact for place in places)
