"""What tests of the trade share: a dealer with stock, and an agency that reports."""

from datetime import date

from armstrace.accounts import actions as accounts
from armstrace.accounts import actors
from armstrace.registry.actions import notices, registering, trading
from armstrace.registry.inputs import EventInput
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.arms import LifeEventKind
from tests import builders
from tests.cast import LICENSING, NOW, SYSTEM, TRADE
from tests.registry.at_desk import TODAY, held_pistol, pass_to

Kind = LifeEventKind


def agency(code: str = TRADE.agency) -> None:
    accounts.create_agency(
        code=code, name=code, kind=AgencyKind.TRADE, by=SYSTEM, at=NOW
    )


def assigned(holder: str = "D3", code: str = TRADE.agency) -> None:
    trading.assign_agency(
        agency=code, holder=holder, reason="letter 4", by=LICENSING, at=NOW
    )


def in_stock() -> int:
    """Put a pistol into the stock of D3, for whom the trade of the cast reports."""
    arm_id = held_pistol()
    pass_to(arm_id, "D3", happened_on=date(2026, 11, 1))
    agency()
    assigned()
    return arm_id


def stocked(count: int) -> list[int]:
    """Put so many more pistols into the stock of D3."""
    in_stock()
    numbers = [f"N{n}" for n in range(count)]
    arms = builders.registered(*map(builders.an_arm, numbers))
    bought = {"kind": Kind.SOLD_TO_DEALER, "happened_on": date(2026, 11, 1)}
    registering.record_events(
        source=builders.REGISTER,
        stated=[EventInput(f"{n}-in", n, holder_to="D3", **bought) for n in numbers],
        by=SYSTEM,
        at=NOW,
    )
    return arms


def sales(arms: list[int]) -> list[EventInput]:
    return [notice(f"A{arm}") for arm in arms]


def notice(arm: object, kind: Kind = Kind.SOLD_TO_HOLDER, **told) -> EventInput:
    side = {"holder_to": "L-P3"} if kind is Kind.SOLD_TO_HOLDER else {}
    said = {"number": "", "happened_on": TODAY} | side | told
    return EventInput(arm_number=str(arm), kind=kind, **said)


def give(told: EventInput, by=TRADE):
    return notices.give_notice(notice=told, by=by, at=NOW)


def close(holder_id: int, **told):
    said = {"closed_on": TODAY, "reason": "licence given back"} | told
    return trading.close_business(
        holder_id=holder_id, closing=trading.Closing(**said), by=LICENSING, at=NOW
    )


def sold_by(person) -> None:
    """Let somebody's agency report for D-1 of the world of pages, which has two arms.

    One of them is lost, of which the person gives notice.
    """
    assigned("D-1", person.agency.code)
    sold = {"kind": Kind.SOLD_TO_DEALER, "happened_on": TODAY, "holder_to": "D-1"}
    registering.record_events(
        source="REG",
        stated=[EventInput(f"{arm}-sold", arm, **sold) for arm in ("G-2", "T-1")],
        by=SYSTEM,
        at=NOW,
    )
    give(notice("G-2", Kind.LOST), actors.actor_for(person)).require_done()
