"""Open a store, and record what is done with its arms and lots by one signature."""

from dataclasses import dataclass
from datetime import datetime

from armstrace.audit import ledger
from armstrace.custody import counting as comparing
from armstrace.records import lengths
from armstrace.stockpiles import rules
from armstrace.stockpiles.models import Depot, Lot, LotEntry, StockedArm
from armstrace.stockpiles.standing import not_of_the_state, require_vetted, take_depot
from armstrace.stockpiles.writing import add_entry, arms_named, lot_in, write
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.stockpiles import LotAct, StockAct

NAME = lengths.Limit("name", str, 120)
# Of one receipt; no lot is as large, and the sum of many can still be reckoned.
MOST_ROUNDS = 1_000_000_000
PLACE = lengths.Limit("place", str, 200)
CHANGES: dict[StockAct, dict[str, object]] = {
    StockAct.NEUTRALISED: {"is_neutralised": True},
    StockAct.RESTORED: {"is_neutralised": False},
    StockAct.KEPT: {"surplus_by": ""},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LotInput:
    """A lot of ammunition that comes into a store."""

    # The maker's number of the lot.
    number: str
    calibre: str
    # Rounds.
    quantity: int
    maker: str = ""


def open_depot(*, name: str, by: Actor, at: datetime) -> Depot:
    """Open a store of State arms, whose custodian is who opens it.

    Raises:
        InvalidInput: The name is too long.
        RuleBroken: ``EX-24``, it has no name; ``EX-25``, there is one of that name;
            ``SK-01``.

    Source:
        Programme of Action (2001), II.17 (security of stockpiles).
    """
    by.require("stock.keep", agency=by.agency)
    comparing.NAMED_STORE.require(name)
    lengths.require_fits(name, NAME)
    require_vetted(by, at)
    with ledger.entry("depot.opened", by=by, at=at) as entry:
        depot, is_new = Depot.objects.get_or_create(
            agency=by.agency,
            name=name.strip(),
            defaults={"custodian": by.name, "known_at": at},
        )
        comparing.NEW_STORE.require(is_new)
        entry.about(depot)
    return depot


def act_on_arms(
    *,
    depot_id: int,
    act: StockAct,
    text: str,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> list[StockedArm]:
    """Place arms in a store, or say of arms in it what one signature may say.

    To make an arm unusable for a time is custody alone: on the register it stays
    what it is.

    Args:
        text: Numbers of arms, one a line.
        reason: Why; for placing, where in the store.

    Raises:
        RuleBroken: ``SK-01``; ``SK-02``, no arm is named; ``SK-03``, one is not the
            State's; ``SK-04``, one is not in the store; ``SK-13``, no reason;
            ``SK-18``, a surplus one is lost or stolen; ``SK-31``, a count did not
            find it.

    Source:
        Programme of Action (2001), II.17 and II.18.
    """
    by.require("stock.keep", agency=by.agency)
    is_placing = act is StockAct.PLACED
    if is_placing:
        lengths.require_fits(reason, PLACE)
    else:
        lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("stock.recorded", by=by, at=at) as entry:
        depot = take_depot(depot_id, by, at)
        arms = arms_named(text)
        if is_placing:
            rules.OF_THE_STATE.require(not_of_the_state(arms, depot))
        changes = {
            "act": act,
            "told_by": by.name,
            "paper": None,
            **CHANGES.get(act, {}),
        }
        changes |= {"place": reason.strip()} if is_placing else {}
        changes |= {"surplus_by": by.name} if act is StockAct.SURPLUS else {}
        changes["reason"] = "" if is_placing else reason.strip()
        entry.note(act=act)
        return write(depot, arms, changes, entry, bearer=None if is_placing else "")


def receive_lot(
    *, depot_id: int, stated: LotInput, by: Actor, at: datetime
) -> LotEntry:
    """Record rounds of a lot that come into a store.

    Raises:
        InvalidInput: A text is too long, or the rounds are more than a lot has.
        RuleBroken: ``SK-01``; ``SK-02``, no number, calibre or rounds.

    Source:
        Programme of Action (2001), II.17; Firearms Protocol, art. 3 (c).
    """
    by.require("stock.keep", agency=by.agency)
    texts = {name: name for name in ("number", "maker", "calibre")}
    lengths.require_fits(stated, *lengths.limits(Lot, texts))
    named = stated.number.strip() and stated.calibre.strip() and stated.quantity > 0
    rules.SOMETHING.require(int(bool(named)))
    if stated.quantity > MOST_ROUNDS:
        msg = message("No lot has so many rounds; check their number.")
        raise InvalidInput(msg, field="quantity")
    with ledger.entry("lot.received", by=by, at=at) as entry:
        depot = take_depot(depot_id, by, at)
        told = {name: getattr(stated, name) for name in texts}
        lot = lot_in(depot, Lot(**told), entry)
        return add_entry(lot, LotAct.RECEIVED, stated.quantity, entry)


def recall_lot(
    *, lot_id: int, is_over: bool = False, reason: str, by: Actor, at: datetime
) -> LotEntry:
    """Recall a lot, so that it is not issued; or end the recall.

    Raises:
        RuleBroken: ``SK-01``; ``SK-13``, there is no reason.

    Source:
        Programme of Action (2001), II.17.
    """
    by.require("stock.keep", agency=by.agency)
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("lot.recalled", by=by, at=at) as entry:
        lot = Lot.objects.get_visible(lot_id, by)
        take_depot(lot.depot_id, by, at)
        act = LotAct.RELEASED if is_over else LotAct.RECALLED
        return add_entry(lot, act, 0, entry, reason=reason.strip())
