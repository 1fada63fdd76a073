"""Contests of eight writers over one arm, licence, number, part, or last unit."""

from dataclasses import replace
from datetime import date
from functools import partial

from armstrace.licensing.models import Licence
from armstrace.registry.actions import entering, happening, parts
from armstrace.registry.models import Arm, LifeEvent, Part
from armstrace.vocabulary.arms import HolderKind, LifeEventKind, PartType
from armstrace.vocabulary.licensing import LicenceAct
from tests import builders
from tests.at_once import at_once, one_of
from tests.cast import NOW, REGISTRAR
from tests.licensing import desk
from tests.registry.at_desk import happened, licensed, pass_to
from tests.registry.test_licensed import give, permitted, pistols

WRITERS, LONG = 8, 300


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
        assert came == one_of(WRITERS, "RG-01"), came
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
        assert came == one_of(WRITERS, "HO-03"), came
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
        assert came == one_of(WRITERS, "LI-01"), came
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
        assert came == one_of(WRITERS, "RG-06"), came
    assert Arm.objects.count() == count


def over_a_part(count: int = LONG) -> None:
    """Have writers put one barrel on an arm each, or one that nobody recorded yet."""
    builders.key_store()
    ids = builders.registered(*(builders.an_arm(f"B-{n}") for n in range(WRITERS)))
    for n in range(count):
        told = parts.Exchange(PartType.BARREL, date(2026, 5, 4), serial=f"B {n}")
        put = partial(parts.exchange_part, exchange=told, by=REGISTRAR, at=NOW)
        came = at_once([partial(put, arm_id=arm_id) for arm_id in ids])
        assert came == one_of(WRITERS, "RG-18"), came
    assert Part.objects.current().count() == count
