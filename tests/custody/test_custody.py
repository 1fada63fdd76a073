"""Exhibits: received, shelved, handed over by two, sealed, and proposed to leave."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from armstrace.custody import queries
from armstrace.custody.actions import counting, handing
from armstrace.custody.models import CustodyEvent, Exhibit
from armstrace.custody.queries import ExhibitFilter, Shown
from armstrace.custody.standing import Told
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.custody import CustodyAct, SealState, WayOut
from armstrace.vocabulary.errors import (
    ArmstraceError,
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleBroken,
)
from armstrace.vocabulary.paging import PageRequest
from tests import cast
from tests.custody import desk
from tests.examples import examples
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db

ACT = CustodyAct


def test_what_is_received_has_a_number_and_is_held_by_who_received_it():
    made = desk.received(place="room 1/shelf 2")

    page = queries.exhibit_page(made.pk, viewer=desk.KEEPER)
    assert page.exhibit.reference == f"E{made.pk}"
    assert page.now.holder == desk.KEEPER.name
    assert page.now.place == "room 1 / shelf 2"
    assert page.item.seal_number == page.now.seal_number == "S-77"


@pytest.mark.parametrize("kind", list(ItemKind))
def test_any_kind_of_item_is_received(kind):
    made = desk.received(kind=kind)

    assert queries.exhibit_page(made.pk, viewer=desk.KEEPER).item.kind is kind


def test_EX_02_a_recovery_is_one_exhibit():
    made = desk.received()

    with pytest.raises(RuleBroken) as refused:
        desk.receive(made.recovery_id)

    assert refused.value.rule == "EX-02"
    assert made.reference in str(refused.value)
    assert Exhibit.objects.count() == CustodyEvent.objects.count() == 1


@pytest.mark.parametrize(
    "found", [{"seal_number": "S-78"}, {"seal_state": SealState.BROKEN}]
)
def test_EX_04_a_seal_that_differs_is_explained_or_nothing_is_received(found):
    recovery_id = desk.recovered()

    with pytest.raises(RuleBroken) as refused:
        desk.receive(recovery_id, **found)

    assert refused.value.rule == "EX-04"
    assert not Exhibit.objects.exists()
    made = desk.receive(recovery_id, reason="torn in transport", **found)
    event = made.events.get()
    assert (event.seal_before, event.reason) == ("S-77", "torn in transport")


def test_a_hand_over_needs_both_and_stays_with_the_giver_until_then():
    made = desk.received(store=desk.store())

    desk.offered(made, due_back_on=date(2026, 12, 1))
    assert desk.now(made).holder == desk.KEEPER.name
    desk.do(made, ACT.ACCEPTED, by=desk.EXAMINER, seal_number="S-77")

    now = desk.now(made)
    assert (now.holder, now.holder_agency) == (desk.EXAMINER.name, "VFL")
    assert (now.store, now.offered_to) == (None, "")
    assert now.due_back_on == date(2026, 12, 1)


def test_what_comes_home_is_not_due_any_more():
    made = desk.received()
    desk.offered(made, due_back_on=date(2026, 12, 1))
    desk.do(made, ACT.ACCEPTED, by=desk.EXAMINER, seal_number="S-77")

    desk.do(made, ACT.OFFERED, by=desk.EXAMINER, to_agency="VNP", errand="RETURN")
    assert desk.now(made).due_back_on == date(2026, 12, 1)
    desk.do(made, ACT.ACCEPTED, seal_number="S-77", place="room 1")

    now = desk.now(made)
    assert (now.holder, now.due_back_on) == (desk.KEEPER.name, None)


def test_EX_39_an_officer_holds_what_he_brings_until_a_custodian_accepts():
    made = handing.receive_exhibit(
        recovery_id=desk.recovered(),
        told=desk.told(seal_number="S-77"),
        act=ACT.BROUGHT,
        by=cast.OFFICER,
        at=cast.NOW,
    )
    assert desk.now(made).holder == cast.OFFICER.name
    page = queries.exhibit_page(made.pk, viewer=desk.KEEPER)
    assert not {ACT.MOVED, ACT.WITHDRAWN, ACT.PROPOSED} & {*page.acts}
    with pytest.raises(RuleBroken, match="waits to be accepted"):
        desk.do(made, ACT.WITHDRAWN)

    desk.do(made, ACT.ACCEPTED, seal_number="S-77")

    assert desk.now(made).holder == desk.KEEPER.name


def test_EX_07_nobody_accepts_what_he_offered_himself():
    made = desk.received()
    desk.offered(made, to_agency="VNP")

    with pytest.raises(RuleBroken) as refused:
        desk.do(made, ACT.ACCEPTED, seal_number="S-77")

    assert refused.value.rule == "EX-07"
    assert desk.now(made).offered_to == "VNP"


NAME = desk.KEEPER.name
SELF = f"{NAME}\u200b"
REFUSALS = [
    ("EX-01", ACT.MOVED, {"seen": 0}, ()),
    ("EX-03", ACT.CORRECTED, {"condition": "clean"}, ()),
    ("EX-05", ACT.MOVED, {}, ("offer", "accept")),
    ("EX-06", ACT.OFFERED, {"to_agency": "VFL"}, ("offer",)),
    ("EX-08", ACT.REFUSED, {"reason": "wrong"}, ("offer",)),
    ("EX-09", ACT.HANDED_OVER, {"name": "Clerk", "reason": "hearing"}, ()),
    ("EX-10", ACT.RESEALED, {"seal_number": "S-9", "reason": "wrong"}, ()),
    (
        "EX-11",
        ACT.RESEALED,
        {"seal_number": "S-77", "witness": "W", "reason": "wrong"},
        (),
    ),
    ("EX-12", ACT.TAKEN_BACK, {"seal_number": "S-77"}, ()),
    ("EX-13", ACT.ACCEPTED, {"seal_number": "S-77"}, ()),
    ("EX-14", ACT.PROPOSED, {"way_out": WayOut.DESTROY, "reason": "wrong"}, ("need",)),
    (
        "EX-15",
        ACT.PROPOSED,
        {"way_out": WayOut.DESTROY, "reason": "wrong"},
        ("propose",),
    ),
    ("EX-18", ACT.NEEDED, {}, ()),
    ("EX-19", ACT.NOT_NEEDED, {"reason": "wrong"}, ()),
    ("EX-05", ACT.CORRECTED, {"reason": "typo"}, ("offer", "accept")),
    (
        "EX-10",
        ACT.RESEALED,
        {"seal_number": "S-9", "witness": SELF, "reason": "wrong"},
        (),
    ),
    ("EX-26", ACT.MOVED, {"place": "shelf 2"}, ()),
    ("EX-26", ACT.MOVED, {}, ()),
    ("EX-34", ACT.PROPOSED, {"reason": "case closed"}, ()),
    ("EX-35", ACT.CORRECTED, {"reason": "misread"}, ()),
]


@pytest.mark.parametrize(("rule", "act", "said", "before"), REFUSALS)
def test_what_a_rule_refuses_leaves_nothing(rule, act, said, before):
    made = desk.received()
    for step in before:
        desk.STEPS[step](made)
    events = list(made.events.values_list("pk", "superseded_at"))

    with pytest.raises(RuleBroken) as refused:
        desk.do(made, act, **said)

    assert refused.value.rule == rule
    assert list(made.events.values_list("pk", "superseded_at")) == events
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("seal", [("S-77", SealState.NONE), ("", SealState.UNBROKEN)])
def test_EX_32_no_seal_has_no_number_and_a_seal_has_one(seal):
    with pytest.raises(RuleBroken) as refused:
        desk.received(seal_number=seal[0], seal_state=seal[1])
    assert refused.value.rule == "EX-32"


def test_EX_27_an_exhibit_is_not_moved_to_where_it_is():
    own = desk.store()
    made = desk.received(store=own)

    with pytest.raises(RuleBroken) as refused:
        desk.do(made, ACT.MOVED, store_id=own.pk)

    assert refused.value.rule == "EX-27"


def test_EX_16_nothing_is_approved_that_nobody_proposed():
    made = desk.received()

    with pytest.raises(RuleBroken) as refused:
        desk.do(made, ACT.APPROVED, by=cast.SUPERVISOR)

    assert refused.value.rule == "EX-16"


def test_EX_17_the_second_person_is_another_one_in_the_database_too():
    made = desk.received()
    desk.STEPS["propose"](made)
    both = cast.actor(Role.SUPERVISOR, "VFH")
    both = type(both)(desk.KEEPER.name, "VFH", both.role, both.purpose, both.grants)

    with pytest.raises(RuleBroken) as refused:
        desk.do(made, ACT.APPROVED, by=both)
    with pytest.raises(IntegrityError), transaction.atomic(), written_directly():
        made.events.filter(superseded_at=None).update(
            way_out_state="APPROVED", approved_by=desk.KEEPER.name
        )

    assert refused.value.rule == "EX-17"
    desk.approved(made)
    assert desk.now(made).approved_by == cast.SUPERVISOR.name


def test_EX_20_an_exhibit_is_put_into_a_store_of_ones_own_agency():
    made = desk.received()
    other = counting.open_store(name="Depot", by=desk.OTHER_KEEPER, at=cast.NOW)

    with pytest.raises(RuleBroken) as refused:
        desk.do(made, ACT.MOVED, store_id=other.pk)

    assert refused.value.rule == "EX-20"


def test_what_is_needed_again_has_no_way_out_any_more():
    made = desk.received()
    desk.STEPS["propose"](made)
    desk.approved(made)

    desk.do(made, ACT.NEEDED, needed_by="High court, case 12")

    now = desk.now(made)
    assert (now.way_out, now.approved_by) == ("", "")


def test_a_receiver_without_an_account_is_written_down_and_gives_it_back():
    made = desk.received(store=desk.store())
    desk.STEPS["paper"](made)
    now = desk.now(made)
    assert (now.holder, now.holder_agency, now.office) == ("Clerk", "", "High court")

    desk.do(made, ACT.TAKEN_BACK, seal_number="S-77", document="D-2")

    assert desk.now(made).holder == desk.KEEPER.name


def test_a_correction_keeps_what_was_written_before():
    made = desk.received(condition="rusty")

    desk.do(
        made, ACT.CORRECTED, seal_number="S-77", condition="clean", reason="misread"
    )

    told = [each.condition for each in made.events.order_by("pk")]
    assert told == ["rusty", "clean"]


def test_a_day_that_is_past_and_an_agency_without_receivers_are_refused():
    made = desk.received()

    with pytest.raises(InvalidInput, match="is past"):
        desk.offered(made, due_back_on=cast.NOW.date() - timedelta(days=1))
    with pytest.raises(InvalidInput, match="Nobody at NOONE can accept"):
        desk.offered(made, to_agency="NOONE")


def test_a_stranger_of_another_agency_finds_and_does_nothing():
    made = desk.received()

    with pytest.raises(NotFound):
        queries.exhibit_page(made.pk, viewer=desk.OTHER_KEEPER)
    with pytest.raises(NotFound):
        desk.do(made, ACT.MOVED, by=desk.OTHER_KEEPER, place="mine")
    with pytest.raises(NotFound):
        desk.receive(desk.recovered("N-9"), by=desk.OTHER_KEEPER)
    assert queries.exhibits_numbered("S-77", viewer=desk.OTHER_KEEPER) == []
    assert queries.whereabouts(made.recovery_id, viewer=cast.STRANGER) is None


def test_an_officer_offers_and_neither_shelves_nor_accepts():
    made = desk.received()

    with pytest.raises(NotPermitted):
        desk.do(made, ACT.MOVED, by=cast.OFFICER, place="mine")
    desk.offered(made, to_agency="VNP")
    with pytest.raises(NotPermitted):
        desk.do(made, ACT.ACCEPTED, by=cast.OFFICER, seal_number="S-77")


@pytest.mark.parametrize(
    "number", ["S-77", "2026/9", "C-5", "N-1", "AB 123", "{e}", "{r}", "S-old"]
)
def test_an_exhibit_is_found_by_any_of_its_numbers(number):
    made = desk.received(reason="resealed before", seal_number="S-old")
    desk.do(made, ACT.CORRECTED, seal_number="S-77", reason="misread")
    text = number.format(e=f"e{made.pk}", r=f"R{made.recovery_id}")

    assert queries.exhibits_numbered(text, viewer=desk.KEEPER) == [made.pk]


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        ("receive", {Shown.HERE, Shown.UNPLACED}),
        ("offer", {Shown.HERE, Shown.WAITING}),
        ("paper", {Shown.OUT}),
        ("need", {Shown.HERE, Shown.UNPLACED, Shown.NEEDED}),
        ("propose", {Shown.HERE, Shown.UNPLACED, Shown.PROPOSED}),
    ],
)
def test_each_list_shows_what_stands_so(step, shown):
    made = desk.received()
    desk.STEPS[step](made)

    found = {
        each
        for each in Shown
        if queries.exhibit_rows(
            ExhibitFilter(shown=each),
            viewer=desk.KEEPER,
            page=PageRequest(),
            today=cast.NOW.date(),
        ).rows
    }

    assert found == shown
    waiting = queries.waiting(viewer=desk.KEEPER, today=cast.NOW.date())
    assert waiting[Shown.UNPLACED] == (Shown.UNPLACED in shown)
    assert waiting[Shown.PROPOSED] == (Shown.PROPOSED in shown)


SAID = {
    "told": st.builds(
        Told,
        seal_number=st.sampled_from(["S-77", "S-78"]),
        seal_state=st.sampled_from(list(SealState)),
        place=st.sampled_from(["", "a/b"]),
        to_agency=st.sampled_from(["VNP", "VFL", "VCG"]),
        name=st.sampled_from(["", "Clerk"]),
        office=st.just("Court"),
        document=st.just("D-1"),
        needed_by=st.sampled_from(["", "Court"]),
        way_out=st.sampled_from([each.value for each in WayOut]),
        witness=st.sampled_from(["", "Wanda"]),
        reason=st.sampled_from(["", "why"]),
    ),
    "act": st.sampled_from([a for a in ACT if a not in {ACT.RECEIVED, ACT.BROUGHT}]),
    "by": st.sampled_from(
        [desk.KEEPER, desk.SECOND_KEEPER, desk.EXAMINER, cast.SUPERVISOR, cast.OFFICER]
    ),
}


class AfterAnyOrderOfActs(TestCase):
    """Whatever is tried in whatever order, one holds it, and two signed."""

    @settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))
    @given(st.lists(st.fixed_dictionaries(SAID), min_size=1, max_size=12))
    def test_exactly_one_holds_it_and_nobody_approves_alone(self, tried):
        made = desk.received()
        for one in tried:
            before = desk.now(made).pk
            try:
                handing.act_on_exhibit(exhibit_id=made.pk, at=cast.NOW, **one)
            except ArmstraceError:
                assert desk.now(made).pk == before
        events = list(made.events.order_by("pk"))
        current = [each for each in events if each.superseded_at is None]
        assert current == events[-1:]
        for earlier, later in pairwise(events):
            if later.holder != earlier.holder and later.act == ACT.ACCEPTED:
                assert later.told_by == later.holder != earlier.offered_by
            elif later.holder != earlier.holder:
                assert later.act in {ACT.HANDED_OVER, ACT.TAKEN_BACK}
        assert all(each.holder for each in events)
        assert not any(e.approved_by and e.approved_by == e.proposed_by for e in events)
