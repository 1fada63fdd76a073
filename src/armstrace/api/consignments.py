"""Consignments over the wire: send, record what happens, ask what is due."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from armstrace.api.errors import Sent, asking, how
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Reasoned,
    Ref,
    Reference,
    Text,
    build,
    shown_from,
    stated_by,
)
from armstrace.investigations.actions import opening
from armstrace.transfers import actions, queries
from armstrace.transfers.inputs import ConsignmentInput, ItemInput, StepInput

router = Area("consignments")
Number = Annotated[int, Reference("J", "Number of the consignment.")]


@shown_from(queries.ConsignmentRow)
class ConsignmentOut(Schema):
    """A consignment in a list."""


@stated_by(ItemInput)
class ItemIn(Sent):
    """Goods of one line in a consignment."""


@stated_by(ConsignmentInput, without=("items",))
class ConsignmentIn(Sent):
    """Goods that leave together."""

    authorisation: Annotated[int, Reference("G", "Number of the authorisation.")]
    key: Text = Field(description="Made by the caller: the same key makes one.")
    items: list[ItemIn] = Field(description="What leaves, by line.", max_length=10_000)


@stated_by(StepInput)
class StepIn(Sent):
    """Something that happened to a consignment."""


@router.lists("", queries.consignment_rows, ConsignmentOut)
def list_consignments() -> None:
    """List consignments; where what is due is asked for, that comes first."""


@router.reads("/{consignment}", ConsignmentOut)
def read_consignment(
    request: HttpRequest, consignment: Number
) -> queries.ConsignmentRow:
    """Read one consignment; the ledger keeps who looked."""
    return queries.consignment_page(consignment, **asking(request)).row


@router.writes("", Ref)
def send_consignment(request: HttpRequest, body: ConsignmentIn) -> Ref:
    """Record that goods leave; the authorisation is drawn down, never over."""
    items = tuple(build(ItemInput, each) for each in body.items)
    made = actions.send_consignment(
        authorisation_id=body.authorisation,
        given=build(ConsignmentInput, body, items=items),
        key=body.key,
        **how(request),
    )
    return Ref(id=made.reference)


@router.writes("/{consignment}/steps", Ref)
def record_step(request: HttpRequest, consignment: Number, body: StepIn) -> Ref:
    """Record what happened to a consignment: a leg, its proof, its diversion."""
    actions.record_step(
        consignment_id=consignment, given=build(StepInput, body), **how(request)
    )
    return Ref(id=f"J{consignment}")


@router.writes("/{consignment}/steps/taken-back", Ref)
def take_back_step(request: HttpRequest, consignment: Number, body: Reasoned) -> Ref:
    """Take back the last step of a consignment; it is kept."""
    actions.take_back_step(
        consignment_id=consignment, reason=body.reason, **how(request)
    )
    return Ref(id=f"J{consignment}")


@router.writes("/{consignment}/case", Ref)
def open_case_of_diversion(request: HttpRequest, consignment: Number) -> Ref:
    """Open a parallel case on a consignment that was diverted."""
    case = opening.open_case_of_diversion(consignment_id=consignment, **how(request))
    return Ref(id=case.reference)
