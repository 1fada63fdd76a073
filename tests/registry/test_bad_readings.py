"""Whatever is typed for a serial, the register answers, with a reason."""

import pytest

from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.identify import identify
from armstrace.analysis.matching.rank import Ranking
from armstrace.registry import queries
from tests import builders
from tests.bad_marks import COMPARED, FOUND, NOT_COMPARED
from tests.cast import ANALYST

pytestmark = pytest.mark.django_db

CROWD = 60


def looked_up(serial: str, *, make: str = "Glock", model: str = "") -> Ranking:
    read = Description(make=make, model=model, serial=serial)
    return queries.candidates_for(identify(read), viewer=ANALYST)


@pytest.fixture
def crowd() -> list[int]:
    """Register arms that all bear one number."""
    stated = [
        builders.an_arm(number=f"C{n}", description=builders.glock("AAA111"))
        for n in range(CROWD)
    ]
    return builders.registered(*stated)


@pytest.mark.parametrize(("serial", "make"), [("", "Glock"), *NOT_COMPARED])
def test_a_reading_without_a_serial_says_what_is_needed(crowd, serial, make) -> None:
    ranking = looked_up(serial, make=make)

    assert ranking.candidates == ()
    assert "the serial is what is needed" in str(ranking.note)


@pytest.mark.parametrize(
    ("serial", "make"), [*COMPARED, ("1 " * 60, "Glock"), ("A?" * 12, "Glock")]
)
def test_an_odd_serial_is_answered(crowd, serial, make) -> None:
    ranking = looked_up(serial, make=make)

    total = sum(one.probability for one in ranking.candidates)
    total += ranking.probability_absent + ranking.probability_others
    assert total == pytest.approx(1)


@pytest.mark.parametrize("written", FOUND)
def test_odd_ways_of_writing_a_number_do_not_hide_the_arm(written) -> None:
    (arm,) = builders.registered(builders.an_arm(description=builders.glock("AAA111")))

    assert looked_up(written).candidates[0].registry_id == str(arm)


def test_a_registered_serial_of_any_length_is_found_as_it_is_written() -> None:
    (arm,) = builders.registered(
        builders.an_arm(description=builders.glock("X9" * 100))
    )

    assert looked_up("X9" * 100).candidates[0].registry_id == str(arm)


def test_arms_of_one_number_share_and_more_marks_are_asked_for(crowd) -> None:
    ranking = looked_up("AAA111")

    assert ranking.best == pytest.approx(1 / CROWD, rel=0.02)
    assert "read more of the marks" in str(ranking.note)


@pytest.mark.parametrize("make", ["9mm", ".45 ACP", "12 gauge"])
def test_a_make_that_is_a_calibre_does_not_hide_the_arm(crowd, make) -> None:
    (arm,) = builders.registered(
        builders.an_arm(number="ONE", description=builders.glock("KLM573"))
    )

    assert looked_up("KLM573", make=make).candidates[0].registry_id == str(arm)
