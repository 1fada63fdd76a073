"""What the trade may not tell alone is kept for the registry, and tells it nothing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from armstrace.intake.actions import held as mending
from armstrace.intake.actions import noticing
from armstrace.intake.models import HeldRow
from armstrace.jobs.running import JobContext
from armstrace.registry.actions import registering
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import ArmRecord, LifeEvent, Notice
from armstrace.vocabulary.arms import HolderKind, Passing
from armstrace.vocabulary.outcomes import RowOutcome
from tests import builders
from tests.ballistics import marks
from tests.cast import NOW, REGISTRAR, SYSTEM, TRADE
from tests.intelligence.test_picture import judge_same
from tests.registry import trade
from tests.registry.at_desk import (
    TODAY,
    held_pistol,
    holder_of,
    licensed,
    pass_to,
    refused,
)
from tests.registry.trade import Kind, give, notice

pytestmark = pytest.mark.django_db


def keep(told):
    return noticing.give_notice(notice=told, by=TRADE, at=NOW, context=JobContext())


def mend(**values: str):
    held = HeldRow.objects.get()
    return mending.mend_row(held=held, values=values, by=REGISTRAR, at=NOW)


def of_another() -> int:
    """Put a pistol on record that P3 has, and a dealer who reports for D3."""
    arm_id = held_pistol()
    pass_to(arm_id, "P3", happened_on=TODAY - timedelta(days=9))
    trade.agency()
    trade.assigned()
    return arm_id


def acquired(arm: object, licence: str = "L-P3", **told):
    return notice(arm, Kind.SOLD_TO_DEALER, holder_from=licence, **told)


def test_RG_51_an_arm_of_another_moves_once_the_registry_has_confirmed_it() -> None:
    arm_id = of_another()

    refused("RG-51", lambda: give(acquired(f"A{arm_id}")))
    told = keep(acquired(f"A{arm_id}"))

    assert (told.fate, told.rule) == (RowOutcome.REFUSED, "RG-51")
    assert holder_of(arm_id) == "P3"
    mend()
    assert holder_of(arm_id) == "D3"
    assert Notice.objects.get_queryset().get().arm_id == arm_id
    assert give(acquired(f"A{arm_id}")).fate is RowOutcome.UNCHANGED


def test_RG_51_what_the_register_knows_of_an_arm_of_another_is_not_told() -> None:
    arm_id = of_another()
    licensed("P5", "Eli Sample", HolderKind.PERSON, "POSSESS")
    licensed("S1", "Police Store", HolderKind.STATE_BODY, "")
    in_store, *_ = builders.registered(builders.an_arm("S-9"))
    pass_to(in_store, "S1", manner=Passing.HANDED_TO_STATE, giver="P5")

    said = {
        str(keep(told).reason)
        for told in (
            acquired(f"A{arm_id}"),
            acquired(f"A{arm_id}", "L-P5"),
            acquired("A999999"),
            acquired(f"A{arm_id}", "L-NONE"),
            acquired(f"A{in_store}", "S1"),
        )
    }

    assert len(said) == 1
    assert not {"P3", "P5", "S1", f"A{arm_id}"} & set(said.pop().split())


def test_RG_36_the_registry_alone_is_told_that_no_licence_has_the_number() -> None:
    arm_id = of_another()

    told = keep(acquired(f"A{arm_id}", "P3"))

    assert (told.fate, told.rule) == (RowOutcome.REFUSED, "RG-51")
    refused("RG-36", mend)
    assert holder_of(arm_id) == "P3"


def test_RG_51_no_dealer_alone_puts_an_arm_into_the_hands_of_the_State() -> None:
    arm_id = trade.in_stock()
    licensed("S1", "Police Store", HolderKind.STATE_BODY, "")  # called by its number

    refused("RG-51", lambda: give(notice(f"A{arm_id}", holder_to="S1")))
    keep(notice(f"A{arm_id}", holder_to="S1"))

    assert holder_of(arm_id) == "D3"
    mend()
    assert holder_of(arm_id) == "S1"


def test_RG_52_a_notice_of_two_others_is_of_no_business() -> None:
    arm_id = of_another()
    licensed("P5", "Eli Sample", HolderKind.PERSON, "POSSESS")
    told = acquired(f"A{arm_id}", holder_to="L-P5")

    refused("RG-52", lambda: give(told))


def test_the_second_of_two_dealers_who_tell_of_one_sale_is_told_that_it_is_known():
    arm_id = trade.in_stock()
    licensed("D4", "Third Dealer", HolderKind.DEALER, "DEAL")
    give(notice(f"A{arm_id}", Kind.SOLD_TO_DEALER, holder_to="L-D4"))
    trade.assigned("D4")
    events = LifeEvent.objects.count()

    told = give(acquired(f"A{arm_id}", "L-D3"))

    assert (told.fate, told.record_id) == (RowOutcome.UNCHANGED, arm_id)
    assert LifeEvent.objects.count() == events
    earlier = acquired(f"A{arm_id}", "L-D3", happened_on=TODAY - timedelta(days=1))
    refused("RG-51", lambda: give(earlier))


def linked_with_a_case(arm_id: int, folder: Path) -> None:
    (recovery,) = builders.recovered()
    exhibit = marks.enrolled(folder, 1, 1, recovery_id=recovery)
    fired = marks.enrolled(folder, 1, 3, arm_id=arm_id)
    marks.identified(folder, exhibit, fired)


def reported_stolen_with_its_marks(arm_id: int, folder: Path) -> None:
    """Report the theft of an arm that is it where the make, unread, is the same."""
    del folder
    own = ArmRecord.objects.current().get(arm_id=arm_id).description
    stolen = LossInput("LOSS-1", replace(own, make=""), Kind.STOLEN)
    registering.report_losses(
        source="PC", arm_source="PC", stated=[stolen], by=SYSTEM, at=NOW
    )


@pytest.mark.parametrize("seek", [linked_with_a_case, reported_stolen_with_its_marks])
def test_RG_51_an_arm_that_is_looked_for_is_not_sold_unseen(seek, tmp_path) -> None:
    arm_id = trade.in_stock()
    seek(arm_id, tmp_path)

    told = keep(notice(f"A{arm_id}"))

    assert (told.rule, holder_of(arm_id)) == ("RG-51", "D3")
    mend()
    assert holder_of(arm_id) == "P3"


def test_RG_51_that_an_arm_was_recovered_is_told_to_the_registry_alone() -> None:
    arm_id = trade.in_stock()
    (recovery,) = builders.recovered(builders.a_recovery(recovered_on=TODAY))
    judge_same(recovery, arm_id)

    told = keep(notice(f"A{arm_id}"))

    assert told.rule == "RG-51"
    assert f"R{recovery}" not in str(told.reason)
    refused("RG-22", mend)
    assert holder_of(arm_id) == "D3"
