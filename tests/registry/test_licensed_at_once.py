"""Of many who pass one arm, or draw on one licence, at the same moment one does."""

import threading
from functools import partial

import pytest
from django.db import connection

from armstrace.licensing.models import Holder
from armstrace.registry.models import Arm
from tests import builders, migrated
from tests.at_once import at_once
from tests.registry import contests
from tests.registry.test_licensed import pistols


def naively(arm_id: int, taker: int, looked: threading.Barrier) -> None:
    """Look who has the arm, and write the other holder: as no action does it."""
    if Arm.objects.get(pk=arm_id).holder.number == "D1":
        looked.wait()
        Arm.objects.filter(pk=arm_id).update(holder=taker)


def over_an_arm() -> None:
    contests.over_an_arm(2)


def over_a_last_unit() -> None:
    contests.over_a_last_unit(2)


def over_a_part() -> None:
    contests.over_a_part(2)


def naive_contest() -> None:
    """Show that who looks first and writes then gives an arm to several."""
    builders.holders()
    (arm_id,) = pistols("N-1")
    looked = threading.Barrier(2)
    takers = Holder.objects.filter(number__in=("P1", "P2")).values_list("pk", flat=True)

    came = at_once([partial(naively, arm_id, each, looked) for each in takers])

    assert came == {"done": 2}


CONTESTS = [over_an_arm, over_a_last_unit, over_a_part, naive_contest]


@pytest.mark.django_db(transaction=True)
@pytest.mark.unledgered
@pytest.mark.parametrize("contest", CONTESTS)
def test_RG_01_RG_18_HO_03_of_many_writers_one_does(contest) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; below it is a file")
    contest()


def of_a_file() -> None:
    """Have writers of one file contest all, and show that the naive fail there too."""
    for contest in CONTESTS:
        contest()


def test_of_many_writers_of_one_file_one_does(tmp_path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the run on SQLite has a file")
    migrated.run_on_file(tmp_path, __name__, "of_a_file")


LONG = [
    *("over_an_arm", "over_a_last_unit", "over_a_licence", "over_a_number"),
    "over_a_part",
]


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
@pytest.mark.unledgered
@pytest.mark.parametrize("contest", LONG)
def test_of_eight_writers_one_wins_each_of_300_contests(contest, tmp_path) -> None:
    if connection.vendor == "sqlite":
        migrated.run_on_file(tmp_path, contests.__name__, contest)
    else:
        getattr(contests, contest)()
