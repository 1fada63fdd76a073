"""A legal hold keeps a record whatever its period, until it is lifted."""

from datetime import date

import pytest

from armstrace.audit.models import LedgerEntry
from armstrace.licensing.models import Holder
from armstrace.retention.actions import holding
from armstrace.retention.models import LegalHold
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.retention import KeptKind, KeptState
from tests import cast
from tests.retention import desk

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(RuleBroken) as broken:
        act()
    return broken.value.rule


def lift(held, reason="The case is closed.", by=desk.SECOND):
    return holding.lift_hold(hold_id=held.pk, reason=reason, by=by, at=desk.LATER)


def test_a_hold_on_an_arm_keeps_the_arm_and_its_holders_until_it_is_lifted():
    arm = desk.a_destroyed_pistol()
    owner = Holder.objects.get(number="P1").pk
    held = desk.hold(f"a{arm}")

    assert desk.state_of(KeptKind.ARM, arm) is KeptState.HELD
    assert desk.state_of(KeptKind.HOLDER, owner) is KeptState.HELD

    lift(held)
    assert desk.state_of(KeptKind.ARM, arm) is KeptState.DUE
    acts = LedgerEntry.objects.order_by("-pk").values_list("act", flat=True)
    assert list(acts)[:2] == ["hold.lifted", "hold.placed"]


def test_a_hold_on_a_recovery_keeps_its_person_too():
    recovery = desk.a_recovery(taken_from="Ama Sample")
    desk.hold(f"R{recovery}")

    assert desk.state_of(KeptKind.PERSON, recovery) is KeptState.HELD
    assert desk.state_of(KeptKind.RECOVERY, recovery) is KeptState.HELD


def test_ER_01_a_hold_is_not_lifted_without_a_reason():
    held = desk.hold(f"R{desk.a_recovery()}")

    assert refused(lambda: lift(held, " ")) == "ER-01"
    assert LegalHold.objects.current().count() == 1


def test_ER_06_a_record_is_held_once():
    recovery = desk.a_recovery()
    desk.hold(f"R{recovery}")

    assert refused(lambda: desk.hold(f"R{recovery}")) == "ER-06"


def test_ER_07_a_hold_is_lifted_once():
    held = desk.hold(f"R{desk.a_recovery()}")
    lift(held)

    assert refused(lambda: lift(held)) == "ER-07"


def test_ER_11_who_placed_a_hold_does_not_lift_it():
    held = desk.hold(f"R{desk.a_recovery()}")

    assert refused(lambda: lift(held, by=desk.SUPERVISOR)) == "ER-11"
    assert LegalHold.objects.current().count() == 1


def test_ER_08_a_hold_is_looked_at_again_on_a_day_to_come():
    recovery = desk.a_recovery()

    def place():
        desk.hold(f"R{recovery}", review_on=date(2020, 5, 4))

    assert refused(place) == "ER-08"


@pytest.mark.parametrize(
    ("number", "error"), [("C1", InvalidInput), ("x", InvalidInput), ("A9", NotFound)]
)
def test_a_hold_names_a_record_that_is_there(number, error):
    with pytest.raises(error):
        desk.hold(number, by=desk.SUPERVISOR)


def test_who_may_place_no_hold_is_refused_and_nothing_stays():
    recovery = desk.a_recovery()

    for stranger in (cast.OFFICER, cast.AUDITOR, cast.STRANGER):
        with pytest.raises(NotPermitted):
            desk.hold(f"R{recovery}", by=stranger)
    assert not LegalHold.objects.exists()
