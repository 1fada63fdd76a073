"""Where an exhibit is: the fold of what was done with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from armstrace.vocabulary.custody import (
    CustodyAct,
    Errand,
    SealState,
    WayOut,
    WayOutState,
)
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is true of an exhibit, and what an act may tell of it.

    Args:
        office: Of a receiver without an account.
        store_id: The store that it is in; None where it is in none.
        place: Room, shelf and bin in the store, as text.
        due_back_on: When it is to be back at home; None where nobody said.
        mark: That it bears when it leaves otherwise than destroyed.
        needed_by: The court or case that still needs it; empty for none.
        done_on: Day on which a disposal was carried out; None before.
    """

    office: str = ""
    document: str = ""
    store_id: int | None = None
    place: str = ""
    seal_number: str = ""
    seal_state: SealState = SealState.NONE
    condition: str = ""
    received_from: str = ""
    errand: Errand | Literal[""] = ""
    due_back_on: date | None = None
    needed_by: str = ""
    way_out: WayOut | Literal[""] = ""
    mark: str = ""
    done_on: date | None = None

    @property
    def as_read(self) -> tuple[str, str, str]:
        return self.seal_number, self.condition, self.received_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Circumstances):
    """Who holds an exhibit, where and in what state.

    Args:
        home: Code of the agency in whose custody it is.
        holder: Sign-in name of who holds it, or the name of a receiver without one.
        holder_agency: Code of the holder's agency; empty for a receiver without
            an account, whose ``office`` stands beside.
        offered_to: Code of the agency that may accept it; empty where none may.
    """

    home: str
    holder: str
    holder_agency: str = ""
    offered_by: str = ""
    offered_to: str = ""
    way_out_state: str = ""
    proposed_by: str = ""
    approved_by: str = ""

    @property
    def is_disposed_of(self) -> bool:
        return self.way_out_state == WayOutState.CARRIED_OUT

    @property
    def is_at_home(self) -> bool:
        """Tell whether the agency that keeps it holds it."""
        return self.holder_agency == self.home


@dataclass(frozen=True, slots=True)
class Leaving:
    """How an exhibit is to leave custody."""

    way_out: WayOut
    today: date
    # Whether it leaves now, and is not only to be approved.
    is_now: bool = False


def place_path(text: str) -> str:
    """Write a place as a path: room / shelf / bin, whatever blanks were typed."""
    parts = (" ".join(part.split()) for part in text.split("/"))
    return " / ".join(filter(None, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Circumstances):
    """What somebody says of an act; what the act does not ask stays empty.

    Args:
        by: Sign-in name of who acts; the action fills it in.
        agency: Code of the agency acted for; the action fills it in.
        name: Receiver without an account.
        reason: Why, or what was found to differ.
        photograph_id: A stored picture of the exhibit at this moment.
    """

    by: str = ""
    agency: str = ""
    to_agency: str = ""
    name: str = ""
    witness: str = ""
    reason: str = ""
    photograph_id: int | None = None


def begin(act: CustodyAct, told: Told) -> Standing:
    """Give the first standing: received by a custodian, or brought by an officer."""
    brought = act is CustodyAct.BROUGHT
    return Standing(
        home=told.agency,
        holder=told.by,
        holder_agency=told.agency,
        store_id=told.store_id,
        place=told.place,
        seal_number=told.seal_number,
        seal_state=told.seal_state,
        condition=told.condition,
        received_from=told.received_from,
        offered_by=told.by if brought else "",
        offered_to=told.agency if brought else "",
        errand=told.errand if brought else "",
    )


def after(now: Standing, act: CustodyAct, told: Told) -> Standing:
    """Give the standing after an act; whether it is allowed is asked before."""
    return _CHANGES[act](now, told)


def _take(now: Standing, told: Told) -> Standing:
    is_home = told.agency == now.home
    return replace(
        _take_offer_away(now, told),
        holder=told.by,
        holder_agency=told.agency,
        office="",
        document=told.document,
        store_id=told.store_id,
        place=told.place,
        seal_number=told.seal_number,
        seal_state=told.seal_state,
        condition=told.condition or now.condition,
        errand="" if is_home else now.errand,
        due_back_on=None if is_home else now.due_back_on,
    )


def _take_offer_away(now: Standing, told: Told) -> Standing:
    """Take an offer away; when an exhibit that is out is due back stays."""
    del told
    ended = replace(now, offered_by="", offered_to="")
    return replace(ended, errand="", due_back_on=None) if now.is_at_home else ended


def _offer(now: Standing, told: Told) -> Standing:
    offered = replace(now, offered_by=told.by, offered_to=told.to_agency)
    if not now.is_at_home:
        return offered
    return replace(offered, errand=told.errand, due_back_on=told.due_back_on)


def _hand_over(now: Standing, told: Told) -> Standing:
    return replace(
        now,
        holder=told.name,
        holder_agency="",
        office=told.office,
        document=told.document,
        store_id=None,
        place="",
        errand=told.errand,
        due_back_on=told.due_back_on,
    )


def _carry_out(now: Standing, told: Told) -> Standing:
    return replace(
        _hand_over(now, told),
        way_out_state=WayOutState.CARRIED_OUT,
        done_on=told.done_on,
        mark=told.mark,
    )


def _reseal(now: Standing, told: Told) -> Standing:
    return replace(now, seal_number=told.seal_number, seal_state=SealState.UNBROKEN)


def _staying(now: Standing) -> Standing:
    return replace(now, way_out="", way_out_state="", proposed_by="", approved_by="")


_CHANGES: dict[CustodyAct, Callable[[Standing, Told], Standing]] = {
    CustodyAct.MOVED: lambda now, told: replace(
        now, store_id=told.store_id, place=told.place
    ),
    CustodyAct.OFFERED: _offer,
    CustodyAct.ACCEPTED: _take,
    CustodyAct.REFUSED: _take_offer_away,
    CustodyAct.WITHDRAWN: _take_offer_away,
    CustodyAct.HANDED_OVER: _hand_over,
    CustodyAct.TAKEN_BACK: _take,
    CustodyAct.RESEALED: _reseal,
    CustodyAct.NEEDED: lambda now, told: replace(
        _staying(now), needed_by=told.needed_by
    ),
    CustodyAct.NOT_NEEDED: lambda now, told: replace(now, needed_by=""),
    CustodyAct.PROPOSED: lambda now, told: replace(
        now,
        way_out=told.way_out,
        way_out_state=WayOutState.PROPOSED,
        proposed_by=told.by,
    ),
    CustodyAct.APPROVED: lambda now, told: replace(
        now, way_out_state=WayOutState.APPROVED, approved_by=told.by
    ),
    CustodyAct.DECLINED: lambda now, told: _staying(now),
    CustodyAct.CARRIED_OUT: _carry_out,
    CustodyAct.CORRECTED: lambda now, told: replace(
        now,
        seal_number=told.seal_number,
        condition=told.condition,
        received_from=told.received_from,
    ),
}


def require_due_later(due_back_on: date | None, today: date) -> None:
    """Refuse a day of return that is over.

    Raises:
        InvalidInput: It is before today.
    """
    if due_back_on is not None and due_back_on < today:
        msg = message("The day by which it is due back is past; choose a later one.")
        raise InvalidInput(msg, field="due_back_on")
