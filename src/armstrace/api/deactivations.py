"""Deactivations over the wire: list, read, record."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import Ref, Reference, build, shown_from, stated_by
from armstrace.deactivations import actions, queries
from armstrace.deactivations.inputs import DeactivationInput

router = Area("deactivations")
Number = Annotated[int, Reference("U", "Number of the deactivation.")]
ArmNumber = Annotated[int, Reference("A", "Number of the arm.")]


@shown_from(queries.DeactivationRow, without={"deactivation_id", "arm_id"})
class DeactivationOut(Schema):
    """One deactivation."""

    reference: str
    arm: str


@stated_by(DeactivationInput)
class DeactivationIn(Sent):
    """That an arm was deactivated; it counts once a person verifies it."""

    arm_id: ArmNumber = Field(description="Number of the arm.", examples=["A12"])


@router.lists("", queries.deactivation_rows, DeactivationOut)
def list_deactivations() -> None:
    """List deactivations, the latest first."""


@router.writes("", Ref)
def record_deactivation(request: HttpRequest, body: DeactivationIn) -> Ref:
    """Record that an arm was deactivated."""
    stated = build(DeactivationInput, body)
    made = actions.record_deactivation(stated=stated, **how(request))
    return Ref(id=made.reference)


@router.reads("/{number}", DeactivationOut)
def read_deactivation(request: HttpRequest, number: Number) -> queries.DeactivationRow:
    """Read one deactivation."""
    viewer = caller(request)
    return queries.deactivation_page(number, viewer=viewer, at=now()).row
