"""Say for whom an agency of the trade reports, and close a business."""

from dataclasses import dataclass
from datetime import date, datetime

from armstrace.accounts.models import Agency
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.records.closing import succeed
from armstrace.records.rules import REASONED
from armstrace.registry import rules, trading
from armstrace.registry.models import BusinessEnd, Reporting
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message


def assign_agency(
    *, agency: str, holder: str, reason: str, by: Actor, at: datetime
) -> Reporting:
    """Record for which holder an agency of the trade reports from now on.

    Args:
        holder: Number of the holder; empty where it reports for nobody any more.

    Raises:
        NotFound: There is no such agency of the trade.
        RuleBroken: ``IN-02``, there is no such holder; ``RS-01``, there is no reason.

    Source:
        Directive (EU) 2021/555, art. 4 (register of dealers).
    """
    by.require("holder.record")
    found = Agency.objects.filter(code=agency, kind=AgencyKind.TRADE)
    ids = licensing.holder_ids([holder.strip()])
    rules.KNOWN_HOLDER.require((holder.strip(), ids))
    REASONED.require(reason)
    with ledger.entry("reporting.assigned", by=by, at=at) as entry:
        taken = found.select_for_update().first()
        if taken is None:
            msg = message("There is no such agency of the trade; look at the list.")
            raise NotFound(msg)
        was = Reporting.objects.current().filter(agency=taken).first()
        made = Reporting(
            agency=taken,
            holder_id=ids.get(holder.strip()),
            reason=reason.strip(),
            source=by.agency,
            decided_by=by.name,
        )
        return succeed(was, made, entry)


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a business.

    Args:
        closed_on: The day from which it trades no longer; None takes the end back.
        left_over: What becomes of the arms that are still in stock.
        book_on: When the stock book was handed over; None until then.
    """

    closed_on: date | None
    reason: str
    left_over: str = ""
    book_on: date | None = None


def close_business(
    *, holder_id: int, closing: Closing, by: Actor, at: datetime
) -> BusinessEnd:
    """Close a holder's business from a day; a later record replaces this one.

    Raises:
        RuleBroken: ``RG-38``, arms are in stock and nobody says what becomes of them;
            ``RS-01``, there is no reason.

    Source:
        Directive (EU) 2021/555, art. 4 (register of dealers).
    """
    by.require("holder.record")
    REASONED.require(closing.reason)
    with ledger.entry("business.closed", by=by, at=at) as entry:
        trading.lock_holder(holder_id)
        count = trading.stock_of(holder_id).count() if closing.closed_on else 0
        trading.NONE_LEFT.require((count, closing.left_over))
        was = BusinessEnd.objects.current().filter(holder_id=holder_id).first()
        said = (closing.reason.strip(), closing.left_over.strip() if count else "")
        made = BusinessEnd(
            holder_id=holder_id,
            closed_on=closing.closed_on,
            left_over=count,
            book_on=closing.book_on,
            reason=" ".join(filter(None, said)),
            source=by.agency,
            decided_by=by.name,
        )
        return succeed(was, made, entry)
