"""Notices of the trade: what came to a business and what went, by the acts of the desk.

A notice names the other side by the licence, and the arm as the stock book has it.
One that a rule refuses changes nothing; a file keeps it for the registry.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from armstrace.audit import ledger
from armstrace.registry import at_desk, trading
from armstrace.registry.actions.passing import Handover, hand_over
from armstrace.registry.inputs import EventInput, Happening
from armstrace.registry.losing import lose_arm
from armstrace.registry.loss_statements import LossRecorder
from armstrace.registry.models import Notice
from armstrace.registry.trading import Business
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LOSSES, LifeEventKind, Passing
from armstrace.vocabulary.errors import InvalidInput, NotFound, RuleBroken
from armstrace.vocabulary.outcomes import Recorded, RowOutcome

SALES = frozenset(
    {
        LifeEventKind.SOLD_TO_DEALER,
        LifeEventKind.SOLD_TO_HOLDER,
        LifeEventKind.TRANSFERRED,
    }
)
NOTIFIED = SALES | LOSSES | {LifeEventKind.MANUFACTURED}
GRANT = "trade.notify"


class NoticeOfLoss(LossRecorder):
    """Losses and thefts of which the trade gives notice."""

    grant = GRANT


def give_notice(*, notice: EventInput, by: Actor, at: datetime) -> Recorded:
    """Record one notice of the business for which the own agency reports.

    Args:
        notice: ``holder_from`` or ``holder_to`` is the licence of the other side, and
            the other one of them is empty; the number may be empty.

    Raises:
        RuleBroken: ``RG-33`` to ``RG-37``, ``RG-39``; or a rule by which the desk
            passes an arm on or reports its loss.

    Source:
        Directive (EU) 2021/555, art. 4 (register of dealers); Firearms Protocol,
        art. 7.
    """
    by.require(GRANT)
    business = trading.business_of(by.agency)
    with ledger.entry("notice.given", by=by, at=at) as entry:
        entry.about_all([])
        return _record(notice, business, entry)


def give_notices(
    *, agency: str, stated: Sequence[EventInput], by: Actor, at: datetime
) -> list[Recorded]:
    """Record notices of a file, those that happened first before the others.

    Args:
        agency: For whose business.

    Returns:
        The outcome of each, in the order given.

    Source:
        Directive (EU) 2021/555, art. 4 (register of dealers).
    """
    with ledger.entry("notice.given", by=by, at=at) as entry:
        entry.about_all([])
        return _each(stated, agency, lambda told, whose: _record(told, whose, entry))


def foretell_notices(stated: Sequence[EventInput], *, agency: str) -> list[Recorded]:
    """Tell which notices name what is on record; the rules of the desk come later."""
    return _each(stated, agency, _foretell)


type Act = Callable[[EventInput, Business | None], Recorded]


def _each(stated: Sequence[EventInput], agency: str, act: Act) -> list[Recorded]:
    business = trading.business_of(agency)
    found: dict[int, Recorded] = {}
    days = [each.happened_on or date.max for each in stated]
    for place in sorted(range(len(stated)), key=days.__getitem__):
        try:
            found[place] = act(stated[place], business)
        except (RuleBroken, InvalidInput, NotFound) as error:
            found[place] = Recorded.refused(error)
    return [found[place] for place in range(len(stated))]


def _foretell(told: EventInput, business: Business | None) -> Recorded:
    if _said_before(told, business) is not None:
        return Recorded(RowOutcome.UNCHANGED)
    arm, _ = _read(told, _require_open(told, business))
    return Recorded(RowOutcome.NEW, arm)


def _record(
    told: EventInput, business: Business | None, entry: ledger.Entry
) -> Recorded:
    known = _require_open(told, business)
    earlier = _said_before(told, known)
    if earlier is not None:
        return Recorded(RowOutcome.UNCHANGED, earlier.arm_id)
    arm, stated = _read(told, known)
    if stated.kind is not LifeEventKind.MANUFACTURED:
        _follow(arm, stated, entry).require_done()
    notice = Notice.objects.create(
        agency=known.agency,
        number=_number(told),
        content_key=told.content_key,
        holder_id=known.holder_id,
        arm_id=arm,
        kind=stated.kind,
        happened_on=stated.happened_on or date.max,
        given_by=entry.by.name,
        known_at=entry.at,
    )
    entry.about(notice)
    return Recorded(RowOutcome.NEW, arm)


def _require_open(told: EventInput, business: Business | None) -> Business:
    trading.REPORTS_FOR.require(business)
    assert business is not None  # noqa: S101 - as the rule holds
    is_told = told.kind in NOTIFIED and told.happened_on is not None
    trading.NOTIFIED.require((is_told,))
    trading.OPEN_THEN.require((told.happened_on, business.closed_on))
    return business


def _number(told: EventInput) -> str:
    return told.number.strip() or told.content_key


def _said_before(told: EventInput, business: Business | None) -> Notice | None:
    """Give the notice of that number, if it says the same."""
    agency = business.agency if business else ""
    rows = Notice.objects.get_queryset().filter(agency=agency, number=_number(told))
    found = rows.first()
    is_same = found is None or found.content_key == told.content_key
    trading.SAID_ONCE.require((repr(told.number), is_same))
    return found


def _read(told: EventInput, business: Business) -> tuple[int, EventInput]:
    """Give the arm that is meant, and the notice with both sides by their numbers."""
    own = business.holder_id, business.number
    if told.kind not in SALES:
        return trading.find_arm(told.arm_number, own), told
    named = [each for each in (told.holder_from, told.holder_to) if each.strip()]
    sides = [trading.other_side(each) for each in named] or [trading.other_side("")]
    other = next((side for side in sides if side != own), own)
    is_in = other == sides[0] and bool(told.holder_from.strip())
    giver, taker = (other, own) if is_in else (own, other)
    arm = trading.find_arm(told.arm_number, giver)
    return arm, replace(told, holder_from=giver[1], holder_to=taker[1])


def _follow(arm: int, told: EventInput, entry: ledger.Entry) -> Recorded:
    day = told.happened_on or date.max
    said = {"place": told.place, "document": told.document, "notes": told.notes}
    # What is held is mended by a clerk, who has no notices to give.
    is_desk = entry.by.may(at_desk.EVENT)
    if told.kind in LOSSES:
        taken = at_desk.take_arm(arm, happened_on=day)
        lost = Happening(told.kind, day, region=told.region, **said)
        return lose_arm(taken, lost, entry, LossRecorder if is_desk else NoticeOfLoss)
    handover = Handover(Passing.SALE, told.holder_to, day, **said)
    grant = at_desk.EVENT if is_desk else GRANT
    return hand_over(arm, handover, entry, grant=grant)
