"""Whatever is typed for a serial, the register answers, with a reason."""

import pytest

from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching.rank import Ranking
from armstrace.registry import queries
from tests import builders
from tests.cast import ANALYST

pytestmark = pytest.mark.django_db

CROWD = 60


def looked_up(serial: str, *, make: str = "Glock", model: str = "") -> Ranking:
    read = Description(make=make, model=model, serial=serial)
    return queries.candidates_for(read, viewer=ANALYST)


@pytest.fixture
def crowd() -> list[int]:
    """Register arms that all bear one number."""
    stated = [
        builders.an_arm(number=f"C{n}", description=builders.glock("AAA111"))
        for n in range(CROWD)
    ]
    return builders.registered(*stated)


@pytest.mark.parametrize("serial", ["", "000000", "N/A", "raspado", "?", "***", "😀"])
def test_a_reading_without_a_serial_says_what_is_needed(crowd, serial) -> None:
    ranking = looked_up(serial)

    assert ranking.candidates == ()
    assert "the serial is what is needed" in ranking.note


@pytest.mark.parametrize(
    "serial",
    ["X9" * 100, "АВС۱۲۳", "\u202eAAA111\u202c", "1 " * 60, "A?" * 12, "9" * 25],
)
def test_an_odd_serial_is_answered(crowd, serial) -> None:
    ranking = looked_up(serial)

    total = sum(one.probability for one in ranking.candidates)
    total += ranking.probability_absent + ranking.probability_others
    assert total == pytest.approx(1)


def test_marks_of_direction_do_not_hide_the_arm(crowd) -> None:
    (arm,) = builders.registered(
        builders.an_arm(number="ONE", description=builders.glock("KLM573"))
    )

    assert looked_up("\u202eKLM573\u202c").candidates[0].registry_id == str(arm)


def test_arms_of_one_number_share_and_more_marks_are_asked_for(crowd) -> None:
    ranking = looked_up("AAA111")

    assert ranking.best == pytest.approx(1 / CROWD, rel=0.02)
    assert "read more of the marks" in ranking.note


def test_a_make_that_is_a_calibre_does_not_hide_the_arm(crowd) -> None:
    (arm,) = builders.registered(
        builders.an_arm(number="ONE", description=builders.glock("KLM573"))
    )

    assert looked_up("KLM573", make="9mm").candidates[0].registry_id == str(arm)
