"""A release is kept as its file stands; nothing of it is cut."""

import pytest

from armstrace.analysis.statistics.questionnaire.declared import questionnaire
from armstrace.analysis.statistics.release_rows import Line, Published
from armstrace.indicators.actions.world import keep_release
from armstrace.indicators.models import PublishedLine
from armstrace.vocabulary.tracing import TracingCell
from tests.indicators import records


def a_line(row, **changes):
    plain = {
        "row": row,
        "iso3": "UTO",
        "country": "Utopia",
        "region": "",
        "subregion": "",
        "year": 2020,
        "key": "A2.SEIZED.TOTAL",
        "label": "Total",
        "value": 3,
        "source": "IAFQ",
    }
    return Line(**(plain | changes))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "text"), [("label", "x" * 201), ("iso3", "U" * 13), ("source", "s" * 61)]
)
def test_a_row_whose_text_is_too_long_is_held_and_named(name, text):
    lines = (a_line(4), a_line(5, **{name: text}))

    kept = keep_release(
        name="release.csv",
        content_hash=name,
        published=Published(lines, (), 2, ()),
        by=records.statistician(),
        at=records.NOW,
    )

    (line,) = PublishedLine.objects.filter(release=kept)
    assert (line.row, line.label) == (4, "Total")
    ((row, field, said),) = kept.remarks
    assert (row, field, kept.remark_count) == (5, name, 1)
    assert said["params"]["length"] == len(text)


@pytest.mark.pure
def test_the_return_and_the_figures_name_the_rows_of_tracing_alike():
    table = questionnaire().table("5.1")

    assert {row.code: row.label for row in table.leaves} == {
        cell.value: cell.label for cell in TracingCell
    }
