"""Holders over the wire; each answer that names a person is written down."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from armstrace.api.errors import Sent, asking, caller, how
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Country,
    Done,
    HolderKey,
    Reason,
    Seen,
    Text,
    Why,
    build,
    done,
    shown_from,
    stated_by,
)
from armstrace.api.walking import Rows, Walk, answer_step
from armstrace.api.words import WORDS
from armstrace.licensing import queries
from armstrace.licensing.actions import at_desk
from armstrace.licensing.inputs import HolderInput
from armstrace.registry import queries as registry
from armstrace.registry.queries import stock
from armstrace.vocabulary.arms import LifeEventKind

router = Area("holders")


@shown_from(queries.HolderRow)
class HolderOut(Schema):
    """A holder in a list, named."""


class LicenceOut(Schema):
    """A licence of a holder."""

    number: str
    licence_type: str
    valid_from: date | None
    valid_until: date | None


@shown_from(queries.HolderCard, without={"holder_id", "number"})
class HolderVersion(Schema):
    """What is known of a holder, or was known before."""

    known_at: datetime
    superseded_at: datetime | None
    reason: str


class HolderDetail(Schema):
    """A holder with licences and the history of what is known."""

    holder_id: int
    number: str
    now: HolderVersion
    versions: list[HolderVersion]
    licences: list[LicenceOut]
    seen: int = Field(description="To be sent with a correction.")


class HolderEvent(Schema):
    """An arm that came to a holder, or left."""

    arm: str = Field(description="Number of the arm.", examples=["A12"])
    kind: LifeEventKind
    happened_on: date | None
    manner: str
    document: str


@router.lists("", queries.holder_rows, HolderOut)
def list_holders() -> None:
    """List holders; the ledger keeps whom the list showed."""


@stated_by(stock.StockFilter)
class StockQuery(Walk):
    """The days of a stock book."""


@shown_from(stock.StockRow, without={"arm_id", "reference"})
class StockOut(Schema):
    """An arm that came to a holder or went, on its day."""

    arm: str = Field(
        validation_alias="reference",
        description="Number of the arm.",
        examples=["A12"],
    )


@router.reads("/{holder}/stock", Rows[StockOut])
def list_stock(
    request: HttpRequest, holder: HolderKey, where: Query[StockQuery]
) -> dict[str, object]:
    """List the stock book of a holder: arms that came and went, by day."""
    asked = build(stock.StockFilter, where)
    return answer_step(
        stock.stock_rows(holder, asked, viewer=caller(request), page=where.page())
    )


@stated_by(HolderInput, without={"known_at"}, optional={"name"})
class HolderCorrection(Sent):
    """What is to read otherwise of a holder, who is found by the number.

    A field that is not sent stays as it is, and so do the licences where none is sent.
    """

    country: Country = Field("", description=WORDS["country"])
    reason: Reason = Field(description=WORDS["reason"])
    seen: Seen = None


@router.writes("/correction", Done)
def correct_holder(request: HttpRequest, body: HolderCorrection) -> Done:
    """Correct what is known of a holder, or record another licence of theirs."""
    recorded = at_desk.correct_holder(
        stated=build(HolderInput, body),
        reason=body.reason,
        sent=body.model_fields_set,
        seen=body.seen,
        **how(request),
    )
    return done(recorded)


@router.reads("/{holder}", HolderDetail)
def read_holder(
    request: HttpRequest, holder: HolderKey, why: Why = ""
) -> dict[str, object]:
    """Read one holder, by the holder_id of the list; the ledger keeps who looked."""
    found = queries.holder_page(holder, **asking(request), reason=why)
    return {
        "holder_id": holder,
        "number": found.number,
        "now": found.record,
        "versions": found.versions,
        "licences": found.licences,
        "seen": found.record.pk,
    }


@router.reads("/{holder}/events", Rows[HolderEvent])
def list_events(
    request: HttpRequest, holder: HolderKey, where: Query[Walk]
) -> dict[str, object]:
    """List the events by which arms came to a holder or left."""
    found = registry.events_of_holder(holder, viewer=caller(request), page=where.page())
    told = ("kind", "happened_on", "manner", "document")
    return answer_step(
        found,
        lambda each: {"arm": str(each.arm)} | {n: getattr(each, n) for n in told},
    )


@stated_by(HolderInput, without={"known_at"})
class HolderIn(Sent):
    """A holder as a register or a clerk states it."""

    country: Country = Field("", description=WORDS["country"])
    taken_over: Text = Field(
        "",
        description="Which office issued the licence, on what paper, and why it is "
        "taken over; needed with a licence.",
    )


@router.writes("", Done)
def record_holder(request: HttpRequest, body: HolderIn) -> Done:
    """Record a holder who is not on record yet."""
    stated = build(HolderInput, body)
    recorded = at_desk.enter_holder(
        stated=stated, taken_over=body.taken_over, **how(request)
    )
    return done(recorded)
