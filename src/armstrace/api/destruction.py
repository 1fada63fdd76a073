"""Lots of destruction over the wire: read, open, fill, witness, end."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Reason,
    Ref,
    Reference,
    Span,
    Words,
    build,
    shown_from,
    stated_by,
)
from armstrace.disposal import queries
from armstrace.disposal.actions import deciding, ending, lots
from armstrace.disposal.conditions import read_item
from armstrace.disposal.inputs import ConditionInput, EndInput, LotInput, WitnessInput
from armstrace.vocabulary.disposal import ConditionAnswer, DestructionMethod

router = Area("destruction")
LotNumber = Annotated[int, Reference("Y", "Number of the lot.")]
ItemNumber = Annotated[
    str, Field(description="Number of an exhibit or an arm.", examples=["E12"])
]
ItemKey = Annotated[
    str, Path(description="Number of an exhibit or an arm.", examples=["E12"])
]


@shown_from(queries.LotRow)
class LotOut(Schema):
    """A lot in a list."""


class LackOut(Schema):
    """A rule that is not kept yet."""

    code: str = Field(validation_alias="rule", description="Of the rule.")
    said: Words = Field(
        validation_alias="message", description="What is missing, and what to do."
    )
    source: Span = Field(description="What the rule rests on.")


class LotItemOut(Schema):
    """An arm in a lot."""

    number: str = Field(
        validation_alias="reference",
        description="Number of an exhibit or an arm.",
        examples=["E12"],
    )
    missing: list[LackOut]


class LotDetail(Schema):
    """One lot: what is in it and what is missing."""

    lot_id: str = Field(examples=["Y12"])
    method: DestructionMethod
    destroyed_on: date | None
    count_in: int
    count_out: int | None
    is_blocked: bool = Field(description="Whether it cannot be destroyed now.")
    missing: list[LackOut]
    items: list[LotItemOut]
    certificate: str | None = Field(description="Number of its certificate.")


@shown_from(queries.Asked, without={"said", "now"})
class ConditionOut(Schema):
    """One condition of an item before it is destroyed."""

    missing: Words = Field(validation_alias="said")
    answer: ConditionAnswer | None


@stated_by(LotInput)
class LotIn(Sent):
    """A lot that is to be destroyed."""


@stated_by(ConditionInput)
class ConditionIn(Sent):
    """A decision that comes before a disposal."""


@stated_by(WitnessInput)
class WitnessIn(Sent):
    """Who sees a lot destroyed."""


@stated_by(EndInput)
class EndIn(Sent):
    """That a lot was destroyed."""


class LotItemsIn(Sent):
    """Arms that are put into a lot."""

    items: list[ItemNumber] = Field(
        description="Numbers of exhibits or arms.", max_length=lots.MOST_ITEMS
    )


class TakenIn(Sent):
    """An arm that is taken out of a lot."""

    item: ItemNumber
    reason: Reason = Field(description="Why.")


@router.lists("/lots", queries.lot_rows, LotOut)
def list_lots() -> None:
    """List lots of destruction."""


@router.writes("/lots", Ref)
def open_lot(request: HttpRequest, body: LotIn) -> Ref:
    """Open a lot, empty."""
    made = lots.open_lot(given=build(LotInput, body), **how(request))
    return Ref(id=made.reference)


@router.reads("/lots/{lot}", LotDetail)
def read_lot(request: HttpRequest, lot: LotNumber) -> dict[str, object]:
    """Read a lot: what is in it, and what is missing before it is destroyed."""
    today = timezone.localdate(now())
    page = queries.lot_page(lot, viewer=caller(request), today=today)
    return {
        "lot_id": page.lot.reference,
        "method": page.now.method,
        "destroyed_on": page.now.destroyed_on,
        "count_in": len(page.items),
        "count_out": page.now.count_out,
        "is_blocked": page.is_blocked,
        "missing": page.missing,
        "items": page.items,
        "certificate": page.certificate_number,
    }


@router.writes("/lots/{lot}/items", Ref)
def put_in(request: HttpRequest, lot: LotNumber, body: LotItemsIn) -> Ref:
    """Put arms into a lot: all of them, or none."""
    by = caller(request)
    by.require("disposal.destroy")
    items = [read_item(each) for each in body.items]
    lots.put_in(lot_id=lot, items=items, by=by, at=now())
    return Ref(id=f"Y{lot}")


@router.writes("/lots/{lot}/withdrawals", Ref)
def take_out(request: HttpRequest, lot: LotNumber, body: TakenIn) -> Ref:
    """Take an arm out of a lot, with the reason."""
    by = caller(request)
    by.require("disposal.destroy")
    item = read_item(body.item)
    lots.take_out(lot_id=lot, item=item, reason=body.reason, by=by, at=now())
    return Ref(id=f"Y{lot}")


@router.writes("/lots/{lot}/witnesses", Ref)
def add_witness(request: HttpRequest, lot: LotNumber, body: WitnessIn) -> Ref:
    """Name who sees a lot destroyed."""
    given = build(WitnessInput, body)
    lots.add_witness(lot_id=lot, given=given, **how(request))
    return Ref(id=f"Y{lot}")


@router.writes("/lots/{lot}/end", Ref)
def end_lot(request: HttpRequest, lot: LotNumber, body: EndIn) -> Ref:
    """Record that all arms of a lot were destroyed."""
    given = build(EndInput, body)
    ending.end_lot(lot_id=lot, given=given, **how(request))
    return Ref(id=f"Y{lot}")


@router.writes("/lots/{lot}/certificate", Ref)
def certify_lot(request: HttpRequest, lot: LotNumber) -> Ref:
    """Ask for the certificate of a lot that was destroyed."""
    ending.certify_lot(lot_id=lot, **how(request))
    return Ref(id=f"Y{lot}")


@router.reads("/items/{item}", list[ConditionOut])
def read_conditions(request: HttpRequest, item: ItemKey) -> tuple[queries.Asked, ...]:
    """Read what is asked and decided before an item is destroyed."""
    today = timezone.localdate(now())
    return queries.item_page(item, viewer=caller(request), today=today).asked


@router.writes("/items/{item}/decisions", Ref)
def decide_condition(request: HttpRequest, item: ItemKey, body: ConditionIn) -> Ref:
    """Record confiscation, surplus, claims or release."""
    by, given = caller(request), build(ConditionInput, body)
    by.require("disposal.decide")
    about = read_item(item)
    deciding.decide_condition(item=about, given=given, by=by, at=now())
    return Ref(id=about.reference)


@router.writes("/items/{item}/check", Ref)
def check_stolen(request: HttpRequest, item: ItemKey) -> Ref:
    """Look whether an item is on record as lost or stolen."""
    by = caller(request)
    by.require("disposal.decide")
    about = read_item(item)
    deciding.check_stolen(item=about, by=by, at=now())
    return Ref(id=about.reference)
