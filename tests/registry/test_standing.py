"""An arm's standing is the fold of what is on record, however it came there."""

import random

import pytest

from armstrace.analysis.provenance.state import fold_state
from armstrace.registry import arm_state
from armstrace.registry.models import Arm
from armstrace.vocabulary.arms import ArmState, LifeEventKind
from armstrace.vocabulary.outcomes import RowOutcome
from tests import builders

pytestmark = pytest.mark.django_db
KIND = LifeEventKind
LIFE = (
    (KIND.MANUFACTURED, "2015-01-10", "", "M1"),
    (KIND.SOLD_TO_DEALER, "2015-03-01", "M1", "D1"),
    (KIND.SOLD_TO_HOLDER, "2015-03-01", "D1", "P1"),
    (KIND.STOLEN, "2020-07-01", "P1", ""),
    (KIND.FOUND_AGAIN, "2020-08-01", "", ""),
    (KIND.TRANSFERRED, "2021-05-01", "P1", "P2"),
)


def stands_as_folded(arm_id: int) -> bool:
    arm = Arm.objects.select_related("holder").get(pk=arm_id)
    folded = fold_state(arm_state.events_of([arm_id])[arm_id])
    holder = arm.holder.number if arm.holder else ""
    return (arm.state, arm.state_since, holder) == (
        folded.state.value,
        folded.since,
        folded.holder,
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_order_in_which_events_are_told_does_not_matter(seed: int) -> None:
    builders.holders()
    (arm_id,) = builders.registered()
    told = [
        builders.an_event(kind, on, holder_from=giver, holder_to=taker)
        for kind, on, giver, taker in LIFE
    ]
    random.Random(seed).shuffle(told)
    cut = seed % len(told)

    builders.a_life(*told[:cut])
    builders.a_life(*told[cut:])

    arm = Arm.objects.get(pk=arm_id)
    assert (arm.state, arm.holder and arm.holder.number) == ("HELD_CIVILIAN", "P2")
    assert stands_as_folded(arm_id)


def test_an_event_corrected_to_another_arm_leaves_the_first() -> None:
    builders.holders()
    first, second = builders.registered(builders.an_arm("1"), builders.an_arm("2"))
    sale = builders.an_event(KIND.SOLD_TO_HOLDER, "2016-05-01", holder_to="P1")
    builders.a_life(sale)

    builders.a_life(
        builders.an_event(
            KIND.SOLD_TO_HOLDER, "2016-05-01", holder_to="P1", arm_number="2"
        ),
        reason="the number was misread",
    )

    assert Arm.objects.get(pk=first).state == ArmState.UNKNOWN
    assert Arm.objects.get(pk=second).state == ArmState.HELD_CIVILIAN
    assert stands_as_folded(second)


def test_a_correction_that_is_refused_leaves_the_arm_as_it_stood() -> None:
    builders.holders()
    (arm_id,) = builders.registered()
    sale = builders.an_event(KIND.SOLD_TO_HOLDER, "2016-05-01", holder_to="P1")
    builders.a_life(sale, builders.an_event(KIND.DESTROYED, "2020-01-01"))

    fates = builders.a_life(
        builders.an_event(
            KIND.SOLD_TO_HOLDER, "2021-05-01", holder_to="P1", number=sale.number
        ),
        builders.an_event(KIND.LICENCE_LAPSED, "2019-01-01", holder_from="P1"),
    )

    assert [fate.fate for fate in fates] == [RowOutcome.REFUSED, RowOutcome.NEW]
    assert stands_as_folded(arm_id)
