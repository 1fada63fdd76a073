"""Where arms came from, and what became of those that passed somebody."""

import pytest

from armstrace.intelligence import queries
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.networks import LinkKind, NodeKind
from tests import builders, cast
from tests.intelligence import desk
from tests.intelligence.test_picture import judge_same

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring():
    """A group whose member had a pistol that a dealer sold and somebody stole."""
    arm = builders.stolen_pistol()
    (recovery,) = builders.recovered()
    judge_same(recovery, arm)
    group = desk.subject("The Ring", NodeKind.GROUP)
    member = desk.subject("Ama Sample")
    desk.link(member, group, LinkKind.MEMBER_OF)
    desk.link(member, f"R{recovery}", LinkKind.HAD)
    return group, member, f"R{recovery}", f"A{arm}"


def test_the_arms_of_a_group_are_followed_to_who_sold_them(ring):
    group, member, recovery, arm = ring

    found = queries.origins(str(group), viewer=cast.ANALYST)

    (row,) = found.rows
    assert (row.member.key, row.recovery.key, row.arm.key) == (
        str(member),
        recovery,
        arm,
    )
    assert [node.label for node in row.sellers] == [
        "Synthetic Dealer",
        "Synthetic Maker",
    ]
    assert row.holders[0].label == "P1"
    assert sorted(edge.grade for edge in row.links) == ["B2", "B2"]
    assert [(node.label, many) for node, many in found.by_seller] == [
        ("Synthetic Dealer", 1),
        ("Synthetic Maker", 1),
    ]


def test_a_dealer_is_asked_which_arms_passed_and_what_became_of_them(ring):
    _, _, recovery, arm = ring

    found = queries.arms_that_passed(desk.holder("D1"), viewer=cast.ANALYST)

    (row,) = found.rows
    assert (row.arm.key, [node.key for node in row.recoveries]) == (arm, [recovery])
    assert {edge.kind for edge in row.how} == {LinkKind.HELD_BY, LinkKind.BOUGHT_FROM}
    assert (found.recovered, found.lost, found.left_out) == (1, 0, 0)


def test_what_a_viewer_may_not_see_is_in_no_chain(ring):
    group, *_ = ring

    found = queries.origins(str(group), viewer=desk.OTHER_INVESTIGATOR)

    assert found.rows == ()
    unseen = queries.arms_that_passed(desk.holder("D1"), viewer=desk.OTHER_INVESTIGATOR)
    assert unseen.recovered == 0
    with pytest.raises(NotFound):
        queries.arms_that_passed(desk.holder("D1"), viewer=desk.PROSECUTOR)
