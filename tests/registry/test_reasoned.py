"""What passed with a reason, or on a day before a licence ended, is seen again."""

from datetime import timedelta

import pytest

from armstrace.licensing import actions as licensing
from armstrace.registry import queries
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.licensing import GroundClass, Restriction
from armstrace.vocabulary.paging import PageRequest
from tests.cast import LICENSING, NOW, REGISTRAR, SUPERVISOR
from tests.registry.at_desk import TODAY, held_pistol, pass_to, refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def seen_again(viewer=SUPERVISOR, at=NOW) -> list[str]:
    found = queries.passings_with_reason(viewer=viewer, at=at, page=PageRequest())
    return [each.event.holder_to.number for each in found.rows]


def revoke(number: str) -> None:
    licensing.restrict_licence(
        number=number,
        act=Restriction.REVOKE,
        ground=GroundClass.BREACH,
        reason="unsafe",
        by=LICENSING,
        at=NOW,
    )


def test_what_passed_with_a_reason_is_seen_by_another_for_90_days() -> None:
    pass_to(held_pistol(), "P2", reason="the court gave it to her")

    assert seen_again() == ["P2"]
    assert seen_again(at=NOW + 91 * DAY) == []
    with pytest.raises(NotPermitted):
        seen_again(REGISTRAR)


def test_what_passed_with_all_licences_is_not_seen_again() -> None:
    pass_to(held_pistol(), "P3", happened_on=TODAY - DAY)

    assert seen_again() == []


def test_HO_03_a_sale_is_held_to_the_licence_of_its_day_and_seen_again() -> None:
    arm_id = held_pistol()
    revoke("L-P3")

    refused("HO-03", lambda: pass_to(arm_id, "P3"))
    pass_to(arm_id, "P3", happened_on=TODAY - DAY)

    assert seen_again() == ["P3"]
