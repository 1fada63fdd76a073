"""Over all orders of acts nothing is destroyed too early, and no arm gets lost."""

import random

import pytest

from armstrace.custody.models import CustodyEvent
from armstrace.disposal import queries
from armstrace.disposal.models import LotItem
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.disposal import ConditionAnswer, ConditionKind
from armstrace.vocabulary.errors import RuleBroken
from tests import cast
from tests.custody import desk as custody
from tests.disposal import desk

pytestmark = pytest.mark.django_db
NOW = "title", "claims", "release", "check"
ACTS = {
    "title": lambda exhibit, lot: desk.decide(
        exhibit, ConditionKind.TITLE, reason="wrong"
    ),
    "claims": lambda exhibit, lot: desk.decide(
        exhibit, ConditionKind.CLAIMS, reason="wrong"
    ),
    "claimed": lambda exhibit, lot: desk.decide(
        exhibit, ConditionKind.CLAIMS, ConditionAnswer.CLAIM_OPEN, reason="wrong"
    ),
    "release": lambda exhibit, lot: desk.decide(
        exhibit, ConditionKind.RELEASE, reason="wrong"
    ),
    "check": lambda exhibit, lot: desk.check(exhibit),
    "approve": lambda exhibit, lot: custody.do(
        exhibit, CustodyAct.APPROVED, by=cast.SUPERVISOR, reason="settled"
    ),
    "put": lambda exhibit, lot: desk.put(lot, exhibit),
    "take": lambda exhibit, lot: desk.take(lot, exhibit),
    "end": lambda exhibit, lot: desk.end(lot, 1),
}
TAKES_AWAY = {"claimed": "claims", "take": "put"}


def test_DX_01_DX_02_DX_03_DX_04_over_all_orders_nothing_goes_before_its_conditions(
    transaction_rolled_back,
):
    """What is refused changes nothing: each state is tried once, with every act."""
    exhibit = custody.received()
    custody.decided(exhibit)
    desk.propose(exhibit)
    lot = desk.opened()
    desk.show(lot)
    tried, ends = set(), []

    def go_on(done):
        if done in tried:
            return
        tried.add(done)
        for act in ACTS:
            with transaction_rolled_back():
                try:
                    ACTS[act](exhibit, lot)
                except RuleBroken:
                    continue
                after = (done | {act}) - {TAKES_AWAY.get(act)}
                gone = custody.now(exhibit).way_out_state == "CARRIED_OUT"
                assert gone == ("end" in after)
                if act == "end":
                    ends.append(done)
                elif not gone:
                    go_on(after - set(TAKES_AWAY))

    go_on(frozenset())

    assert ends
    assert all(done >= {*NOW, "approve", "put"} for done in ends)
    assert len(tried) == 20


@pytest.mark.parametrize("many", [40, pytest.param(1_000, marks=pytest.mark.soak)])
def test_DX_13_count_in_equals_count_out_of_random_lots(many, transaction_rolled_back):
    chance = random.Random(15)
    stock = [desk.approved(f"N-{number}") for number in range(4)]
    unready = custody.received("N-9")
    refused = 0
    for _ in range(many):
        with transaction_rolled_back():
            lot, other = desk.opened(), desk.opened()
            desk.show(lot)
            there = set()
            for _ in range(chance.randint(1, 9)):
                refused += _act_at_random(chance, (lot, other), stock, unready, there)
            page = queries.lot_page(lot.pk, viewer=desk.KEEPER, today=cast.NOW.date())
            assert {each.reference for each in page.items} == there
            for wrong in {len(there) - 1, len(there) + 1} - {-1}:
                with pytest.raises(RuleBroken):
                    desk.end(lot, wrong)
            if there:
                desk.end(lot, len(there))
            gone = CustodyEvent.objects.current().filter(way_out_state="CARRIED_OUT")
            assert {f"E{event.exhibit_id}" for event in gone} == there
            left = LotItem.objects.current().filter(lot=lot, is_in=True)
            assert left.count() == len(there)
    assert refused > many


def _act_at_random(chance, lots, stock, unready, there):
    """Put in, take out, or make a mistake; tell whether it was refused."""
    lot, other = lots
    exhibit = chance.choice([*stock, unready])
    act = chance.choice(["put", "put", "take", "other", "blank"])
    try:
        if act == "put":
            desk.put(lot, exhibit)
            there.add(exhibit.reference)
        elif act == "take":
            desk.take(lot, exhibit)
            there.discard(exhibit.reference)
        elif act == "other":
            desk.put(other, exhibit)
        else:
            desk.take(lot, exhibit, reason=" ")
    except RuleBroken:
        return 1
    return 0
