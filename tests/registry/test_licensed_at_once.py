"""Of many who pass one arm, or draw on one licence, at the same moment one does."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, connections

from armstrace.licensing.models import Holder
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.errors import RuleBroken
from tests import builders, migrated
from tests.registry.at_desk import licensed, pass_to
from tests.registry.test_licensed import give, permitted, pistols

WRITERS, CONTESTS = 8, 2


def at_once(acts: list[Callable[[], object]]) -> Counter[str]:
    """Do all acts at the same moment; give what came of them, by rule."""
    begin = threading.Barrier(len(acts))

    def do(act: Callable[[], object]) -> str:
        begin.wait()
        try:
            act()
        except RuleBroken as error:
            return error.rule
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as writers:
        return Counter(writers.map(do, acts))


def naively(arm_id: int, taker: int, looked: threading.Barrier) -> None:
    """Look who has the arm, and write the other holder: as no action does it."""
    if Arm.objects.get(pk=arm_id).holder.number == "D1":
        looked.wait()
        Arm.objects.filter(pk=arm_id).update(holder=taker)


def contests() -> None:
    """Have writers contest an arm, then the last arm of a licence."""
    builders.holders()
    takers = [f"D{n}" for n in range(10, 10 + WRITERS)]
    for taker in takers:
        licensed(taker, "A dealer", HolderKind.DEALER, "DEAL")
    permitted(quantity=CONTESTS)
    arms = pistols(*(f"A-{n}" for n in range(2 * CONTESTS + WRITERS)))
    for arm_id in arms[:CONTESTS]:
        seen = LifeEvent.objects.get(arm_id=arm_id).pk
        one = partial(pass_to, arm_id, seen=seen, reason="on paper")
        came = at_once([partial(one, taker=taker) for taker in takers])
        assert came == {"done": 1, "RG-01": WRITERS - 1}, came
        events = LifeEvent.objects.current().filter(arm_id=arm_id)
        assert events.count() == 2
    for arm_id in arms[CONTESTS : 2 * CONTESTS - 1]:
        give(arm_id)
    came = at_once([partial(give, arm_id) for arm_id in arms[2 * CONTESTS :]])
    assert came == {"done": 1, "HO-03": WRITERS - 1}, came


def naive_contest() -> None:
    """Show that who looks first and writes then gives an arm to several."""
    builders.holders()
    (arm_id,) = pistols("A-1")
    looked = threading.Barrier(2)
    takers = Holder.objects.filter(number__in=("P1", "P2")).values_list("pk", flat=True)

    came = at_once([partial(naively, arm_id, each, looked) for each in takers])

    assert came == {"done": 2}


@pytest.mark.django_db(transaction=True)
@pytest.mark.unledgered
@pytest.mark.parametrize("contest", [contests, naive_contest])
def test_of_many_who_pass_an_arm_or_draw_on_a_licence_one_does(contest) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; below it is a file")
    contest()


@pytest.mark.parametrize("contest", ["contests", "naive_contest"])
def test_of_many_writers_of_one_file_one_does(contest, tmp_path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the run on SQLite has a file")
    migrated.run_on_file(tmp_path, __name__, contest)
