"""What a figure from records says of its year and of the register behind it."""

from datetime import UTC, date, datetime

import pytest

from armstrace.analysis.statistics import indicator
from armstrace.analysis.statistics.grounds import Grounds, say_grounds
from armstrace.analysis.statistics.indicator import Caution, Method
from armstrace.analysis.statistics.sdmx import sending, structure
from tests.analysis.statistics.test_indicator import a_register, a_year

pytestmark = pytest.mark.pure
REGISTER = a_register(*(a_year(year, IN=40, NO=60) for year in (2022, 2023, 2024)))
ABOUT = sending.About("826", "Records", datetime(2026, 1, 1, tzinfo=UTC))


def told(year, method=Method.METADATA, **grounds):
    figure = indicator.indicator_16_4_2(REGISTER, year, method)
    return say_grounds(figure, Grounds(**grounds))


def status(figure):
    return sending.observation_of(figure, ABOUT, structure.built_in())["OBS_STATUS"]


@pytest.mark.parametrize(
    ("year", "method", "known_on", "is_provisional"),
    [
        (2024, Method.METADATA, date(2024, 12, 31), True),
        (2024, Method.METADATA, date(2025, 1, 1), False),
        (2023, Method.METADATA, date(2024, 5, 1), False),
        (2023, Method.UNODC_2026, date(2024, 5, 1), True),
        (2022, Method.UNODC_2026, date(2024, 5, 1), False),
        (2024, Method.UNODC_POOLED, date(2024, 5, 1), True),
    ],
)
def test_a_figure_that_rests_on_an_unfinished_year_is_provisional(
    year, method, known_on, is_provisional
):
    figure = told(year, method, known_on=known_on)

    assert (Caution.UNFINISHED in figure.cautions) is is_provisional
    assert status(figure) == ("P" if is_provisional else "A")
    assert ("is not finished" in " ".join(map(str, figure.notes))) is is_provisional


@pytest.mark.parametrize(
    ("last", "is_provisional"),
    [
        (date(2024, 2, 27), True),
        (date(2024, 9, 30), True),
        (date(2024, 10, 1), False),
        (date(2024, 1, 1), False),
        (date(2025, 2, 1), False),
        (None, False),
    ],
)
def test_a_year_that_is_on_record_in_part_is_provisional(last, is_provisional):
    figure = told(2024, known_on=date(2026, 1, 1), last_recovery=last)

    assert status(figure) == ("P" if is_provisional else "A")


def test_a_figure_without_a_register_says_so_and_has_low_reliability():
    figure = told(2024, known_on=date(2024, 5, 1), has_register=False)

    assert set(figure.cautions) == {Caution.UNFINISHED, Caution.NO_REGISTER}
    assert "No register of lawful arms" in str(figure.notes[1])
    assert status(figure) == "U"


def test_what_has_no_value_needs_no_caution():
    assert told(2020, has_register=False).cautions == ()
