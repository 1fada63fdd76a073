"""What tests of a clerk's acts share: holders, a held pistol, refusals."""

from datetime import date

import pytest

from armstrace.audit.models import LedgerEntry
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.registry.actions import passing
from armstrace.registry.inputs import Happening
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.arms import HolderKind, LifeEventKind, Passing
from armstrace.vocabulary.errors import RuleBroken
from tests import builders
from tests.cast import NOW, REGISTRAR

Kind = LifeEventKind
TODAY = NOW.date()


def licensed(number: str, name: str, kind: HolderKind, licence: str) -> None:
    licensing.enter_holder(
        taken_over="county register, sheet 7",
        stated=HolderInput(
            number,
            name,
            kind,
            licence_number=f"L-{number}",
            licence_type=licence,
            valid_from=date(2020, 1, 1),
            valid_until=date(2030, 1, 1),
        ),
        by=REGISTRAR,
        at=NOW,
    )


def held_pistol() -> int:
    """Put on record a pistol that P1 bought, and two licensed receivers."""
    builders.holders()
    (arm_id,) = builders.registered()
    builders.a_life(
        builders.an_event(Kind.MANUFACTURED, "2015-01-10", holder_to="M1"),
        builders.an_event(
            Kind.SOLD_TO_DEALER, "2015-03-01", holder_from="M1", holder_to="D1"
        ),
        builders.an_event(
            Kind.SOLD_TO_HOLDER, "2016-05-01", holder_from="D1", holder_to="P1"
        ),
    )
    licensed("P3", "Cy Sample", HolderKind.PERSON, "POSSESS")
    licensed("D3", "Second Dealer", HolderKind.DEALER, "DEAL")
    return arm_id


def pass_to(arm_id: int, taker: str, by=REGISTRAR, seen=None, **stated):
    told = {"manner": Passing.SALE, "happened_on": TODAY} | stated
    return passing.pass_arm(
        arm_id=arm_id,
        handover=passing.Handover(taker=taker, **told),
        seen=seen,
        by=by,
        at=NOW,
    )


def holder_of(arm_id: int) -> str:
    return Arm.objects.get(pk=arm_id).holder.number


def happened(kind: LifeEventKind, **stated) -> Happening:
    return Happening(kind, **({"happened_on": TODAY} | stated))


def refused(code: str, act) -> None:
    before = LifeEvent.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(RuleBroken) as broken:
        act()
    assert broken.value.rule == code
    assert (LifeEvent.objects.count(), LedgerEntry.objects.count()) == before
