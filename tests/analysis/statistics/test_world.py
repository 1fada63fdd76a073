"""One country's series, computed from all rows as from the tracing rows alone."""

from datetime import date

import pytest

from armstrace.analysis.statistics import release_rows, world
from armstrace.analysis.statistics.indicator import Method
from armstrace.vocabulary.recoveries import Acquisition
from tests.analysis.statistics.releases import HEADER, a_row, a_total

pytestmark = pytest.mark.pure
TRACED = "Uniquely identifiable - from illegitimate owner in national registry"
NOT_BEGUN = "Uniquely identifiable - no tracing procedure initiated"


def series(*rows):
    return world.series_of(release_rows.read_rows([HEADER, *rows]).lines)


def test_a_series_has_totals_and_the_figures_that_can_be_computed():
    found = series(
        a_total(12),
        a_row("Arms seized", "by location", TRACED, 3),
        a_row("Arms seized", "by location", NOT_BEGUN, 1),
    )

    assert found.totals[Acquisition.SEIZED] == {2018: 12}
    annual = found.figures[Method.UNODC_ANNUAL]
    assert [(f.year, str(f.value)) for f in annual] == [(2018, "75.00")]


def test_a_year_without_tracing_has_a_total_and_no_figure():
    assert series(a_total(12)).figures[Method.UNODC_ANNUAL] == ()


def test_a_figure_says_of_how_many_arms_it_tells_and_which_rows_are_missing():
    erased = "Not uniquely identifiable - Erased or altered marking"
    found = series(a_total(12), a_row("Arms seized", "by location", erased, 3))

    (figure,) = found.figures[Method.METADATA]
    assert (figure.numerator, figure.denominator) == (0, 3)
    missing, coverage = map(str, figure.notes)
    assert missing.startswith("Of arms seized only rows that are not uniquely")
    assert coverage == "For 2018, 12 arms seized are filed; table 5.1 tells of 3."
    annual = found.lacking[Method.UNODC_ANNUAL]
    assert {y: str(why) for y, why in annual.items()} == {
        2018: "In 2018 no arm is counted below the line."
    }


def test_a_table_with_disputed_rows_gives_no_figure():
    rows = [a_row("Arms seized", "by location", TRACED, n) for n in (3, 4)]

    assert series(*rows).figures[Method.UNODC_ANNUAL] == ()


@pytest.mark.parametrize(
    ("titles", "day"),
    [
        (["UNODC", "17/06/2022"], date(2022, 6, 17)),
        (["UNODC", "2022-06-17 00:00:00"], date(2022, 6, 17)),
        (["release_2022-06-17.csv"], date(2022, 6, 17)),
        (["UNODC", "31/02/2022"], None),
        ([], None),
    ],
)
def test_the_day_of_a_release_is_read_from_its_titles(titles, day):
    assert world.day_of_release(titles) == day
