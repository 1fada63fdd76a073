"""Stores of State arms over the wire: what is in them, and counts by scanners."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, now
from armstrace.api.routing import Area
from armstrace.api.shapes import Ref, RunKey, shown_from
from armstrace.api.walking import Rows, Walk, answer_step
from armstrace.stockpiles import queries
from armstrace.stockpiles.actions import counting
from armstrace.stockpiles.actions.counting import CountInput
from armstrace.vocabulary.stockpiles import CountKind

router = Area("stockpiles")


@shown_from(queries.DepotRow)
class DepotOut(Schema):
    """One store."""


@shown_from(queries.StockedRow, without={"arm_id"})
class StockedOut(Schema):
    """One arm of a store."""

    arm: str


class DepotCountIn(Sent):
    """What a scanner read in a store; a person signs it second."""

    kind: CountKind = Field(description="Why it is counted.")
    second: str = Field(
        max_length=150, description="Sign-in name of the person who signs second."
    )
    numbers: Annotated[list[str], Field(max_length=100_000)] = Field(
        description="As scanned, as often as they were."
    )


@router.lists("", queries.depot_rows, DepotOut)
def list_depots() -> None:
    """List stores by name."""


@router.reads("/{number}/arms", Rows[StockedOut])
def list_stocked(
    request: HttpRequest, number: RunKey, where: Query[Walk]
) -> dict[str, object]:
    """List the arms of a store, issued ones too."""
    viewer = caller(request)
    return answer_step(queries.stock_rows(number, viewer=viewer, page=where.page()))


@router.writes("/{number}/counts", Ref)
def count_depot(request: HttpRequest, number: RunKey, body: DepotCountIn) -> Ref:
    """Keep what was counted; it waits for the second person."""
    stated = CountInput(
        kind=body.kind, second=body.second, text="\n".join(body.numbers)
    )
    by = caller(request)
    made = counting.count_depot(depot_id=number, stated=stated, by=by, at=now())
    return Ref(id=made.reference)
