"""Contests of eight writers over one arm, one licence, one number, one last unit."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial

from django.db import connections

from armstrace.licensing.models import Licence
from armstrace.registry.actions import entering, happening
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import LicenceAct
from tests import builders
from tests.cast import NOW, REGISTRAR
from tests.licensing import desk
from tests.registry.at_desk import happened, licensed, pass_to
from tests.registry.test_licensed import give, permitted, pistols

WRITERS, LONG = 8, 300


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


def one_of(rule: str) -> Counter[str]:
    """Give what comes of a contest that one wins, the others refused by a rule."""
    return Counter({"done": 1, rule: WRITERS - 1})


def over_an_arm(count: int = LONG) -> None:
    """Have writers pass one arm to a dealer each."""
    builders.holders()
    takers = [f"D{n}" for n in range(10, 10 + WRITERS)]
    for taker in takers:
        licensed(taker, "A dealer", HolderKind.DEALER, "DEAL")
    for arm_id in pistols(*(f"A-{n}" for n in range(count))):
        seen = LifeEvent.objects.get(arm_id=arm_id).pk
        one = partial(pass_to, arm_id, seen=seen, reason="on paper")
        came = at_once([partial(one, taker=taker) for taker in takers])
        assert came == one_of("RG-01"), came
        events = LifeEvent.objects.current().filter(arm_id=arm_id)
        assert events.count() == 2


def over_a_last_unit(count: int = LONG) -> None:
    """Have writers give an arm each to a holder who may have one more."""
    builders.holders()
    permitted(quantity=1)
    left = set(pistols(*(f"U-{n}" for n in range(count + WRITERS))))
    for _ in range(count):
        arms = sorted(left)[:WRITERS]
        came = at_once([partial(give, arm_id) for arm_id in arms])
        assert came == one_of("HO-03"), came
        won = Arm.objects.get(holder__number="P7", state="HELD_CIVILIAN").pk
        # It is lost, so that the holder may have one more again.
        lost = happened(LifeEventKind.LOST)
        happening.report_loss(arm_id=won, happening=lost, by=REGISTRAR, at=NOW)
        left.remove(won)


def over_a_licence(count: int = LONG) -> None:
    """Have writers issue the licence of one application."""
    for _ in range(count):
        made = desk.decided()
        clerks = (replace(desk.ASSESSOR, name=f"w{n}.vfr") for n in range(WRITERS))
        issue = partial(desk.do, made, LicenceAct.ISSUE)
        came = at_once([partial(issue, by=clerk) for clerk in clerks])
        assert came == one_of("LI-01"), came
    assert Licence.objects.current().count() == count


def over_a_number(count: int = LONG) -> None:
    """Have writers register an arm each under one number."""
    builders.key_store()
    for n in range(count):
        told = entering.Entering(
            builders.an_arm(f"C-{n}"),
            LifeEventKind.IMPORTED,
            date(2026, 5, 4),
            reason="seen",
        )
        register = partial(entering.register_arm, entering=told, at=NOW)
        clerks = (replace(REGISTRAR, name=f"clerk{n}") for n in range(WRITERS))
        came = at_once([partial(register, by=clerk) for clerk in clerks])
        assert came == one_of("RG-06"), came
    assert Arm.objects.count() == count
