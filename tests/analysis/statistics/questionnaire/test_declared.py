"""The questionnaire as a file: its labels, and a change of data alone."""

import csv
from importlib import resources

import pytest

from armstrace.analysis.statistics.questionnaire import crosswalk, declared, fill
from armstrace.analysis.statistics.questionnaire.columns import columns_of
from armstrace.analysis.statistics.questionnaire.crosswalk import Decider
from tests.shared_data import shared_path

DATA = resources.files("armstrace.analysis.statistics.questionnaire") / "data"
ALL_IN = {"exclusion": Decider(("recovery_kind",), lambda _: ("",))}


def places(release):
    """Give every indicator, dimension and label that a cell has in a release."""
    return {
        (*spec.place_in_release(row.code, column), row.label_in(release, column))
        for spec in declared.questionnaire().tables
        for row in spec.rows
        for column in spec.columns
        if spec.release
    }


def test_every_label_of_the_release_of_2024_has_its_cell():
    path = shared_path("iafq/iafq_dataset_categories_2024.csv")
    with path.open(encoding="utf-8-sig") as lines:
        published = {tuple(row) for row in list(csv.reader(lines))[1:]}

    assert published - places(2024) == set()


def test_every_label_of_the_release_of_2022_has_its_cell():
    path = shared_path("iafq/unodc_iafq_long_release_2022-06-17.csv")
    with path.open(encoding="utf-8-sig") as lines:
        published = {
            (row["Indicator"], row["Dimension"], row["Category"])
            for row in csv.DictReader(lines)
        }

    assert published - places(2022) == set()


def test_a_label_that_changed_between_releases_follows_the_release():
    row = declared.questionnaire().table("C3").row("DRUGS")

    assert row.label_in(2022) == "Drugs"
    assert row.label_in(2024) == row.label_in(2026) == "Drug trafficking"


def test_a_column_may_have_a_label_of_its_own():
    row = declared.questionnaire().table("B3").row("TOTAL")

    assert row.label_in(2024, "SEIZED") == "Total"
    assert row.label_in(2024, "SURRENDERED") == "Surrendered"


def test_a_table_and_a_category_are_added_by_data_alone(tmp_path):
    text = (DATA / "tables.toml").read_text(encoding="utf-8")
    added = """
[[table]]
id = "B9"
title = "Arms by length"
population = "ARMS"
dimension = "length"
columns = ["SEIZED"]
rule = "RT-99"
release = {}
row = [
    { code = "SHORT", label = "Short", unodc = "" },
    { code = "LONG", label = "Long", unodc = "" },
    { code = "TOTAL", label = "All", sum = "ALL", unodc = "" },
]
"""
    path = tmp_path / "tables.toml"
    path.write_text(text.replace("[[table]]", f"{added}[[table]]", 1), "utf-8")
    more = (
        (DATA / "crosswalk.toml").read_text(encoding="utf-8")
        + """
[[line]]
rule = "CW-91"
dimension = "length"
row = "SHORT"
when = { arm_type = ["PISTOL", "REVOLVER"] }
[[line]]
rule = "CW-92"
dimension = "length"
row = "LONG"
when = {}
"""
    )
    deciders = crosswalk.deciders(crosswalk.lines_of(more)) | ALL_IN
    arms = columns_of(
        ("recovery_kind", "arm_type"),
        [(("SEIZED", "PISTOL"), 3), (("SEIZED", "RIFLE"), 2), (("FOUND", "RIFLE"), 9)],
    )
    asked = declared.questionnaire_of(path.read_text("utf-8"))
    wanted = declared.Questionnaire("t", (asked.table("B9"),), (), 1, 1)

    (table,) = fill.tables_filled(wanted, fill.Recorded({"ARM": arms}, deciders), {})

    assert [cell.value for cell in table.cells()] == [3, 2, 5]


def test_a_row_that_sums_what_is_not_there_is_refused(tmp_path):
    text = (DATA / "tables.toml").read_text(encoding="utf-8")
    path = tmp_path / "tables.toml"
    path.write_text(text.replace('"NI", "NE", "NX"]', '"NI", "NZ"]'), "utf-8")

    with pytest.raises(ValueError, match="NZ"):
        declared.questionnaire_of(path.read_text("utf-8"))
