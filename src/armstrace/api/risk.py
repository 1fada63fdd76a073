"""Declarations over the wire: their points, the list of the day, what was found.

Declarations themselves come in as files, under intake.
"""

import secrets
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from pydantic import BeforeValidator, Field

from armstrace.analysis.risk.backtest import Backtest, Share, Worth
from armstrace.analysis.risk.scoring import Point
from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import (
    Ref,
    Reference,
    Text,
    Whole,
    build,
    shown_from,
    stated_by,
)
from armstrace.risk import queries
from armstrace.risk.actions import examining
from armstrace.risk.inputs import ExaminationInput, kept

router = Area("risk")
DeclarationNumber = Annotated[int, Reference("D", "Number of the declaration.")]


@shown_from(Point)
class ReasonOut(Schema):
    """One point of a score, with its sentence."""


@shown_from(queries.DeclarationRow)
class DeclarationOut(Schema):
    """A declaration with its points and what was found."""

    reasons: list[ReasonOut]
    goods: Annotated[dict[str, Any], BeforeValidator(kept)] = Field(
        description="What is stated, by field."
    )


@shown_from(queries.Draw, without={"drawn_by"})
class DrawOut(Schema):
    """One draw of a day."""


@shown_from(queries.Shift)
class ListOut(Schema):
    """The latest list for examination."""

    rows: list[DeclarationOut]
    draws: list[DrawOut]


@stated_by(ExaminationInput)
class OutcomeIn(Sent):
    """What was found of a declaration."""

    reason: Text = Field("", description="Why an earlier outcome is corrected.")


@shown_from(Share)
class ShareOut(Schema):
    """A proportion with its counts and its interval at 95 %."""


class PrecisionOut(ShareOut):
    """What was found in the highest scores."""

    first: int


@shown_from(Worth)
class IndicatorOut(Schema):
    """What one indicator was worth."""

    precision: ShareOut
    recall: ShareOut


@shown_from(Backtest)
class BacktestOut(Schema):
    """What the scores were worth."""

    base_rate: ShareOut
    by_score: ShareOut
    precision_at: list[PrecisionOut]
    indicators: list[IndicatorOut]


@router.lists("/declarations", queries.declaration_rows, DeclarationOut)
def list_declarations() -> None:
    """List declarations with their points."""


@router.reads("/declarations/{declaration}", DeclarationOut)
def read_declaration(
    request: HttpRequest, declaration: DeclarationNumber
) -> queries.DeclarationRow:
    """Read one declaration."""
    return queries.declaration_page(declaration, viewer=caller(request)).row


@router.writes("/declarations/{declaration}/outcome", Ref)
def say_outcome(
    request: HttpRequest, declaration: DeclarationNumber, body: OutcomeIn
) -> Ref:
    """Say what was found of a declaration, nothing too."""
    examining.record_examination(
        declaration_id=declaration,
        stated=build(ExaminationInput, body),
        reason=body.reason,
        **how(request),
    )
    return Ref(id=f"D{declaration}")


@router.reads("/list", ListOut | None)
def read_list(request: HttpRequest) -> queries.Shift | None:
    """Read the latest list for examination."""
    return queries.shift(viewer=caller(request))


class DrawIn(Sent):
    """How many declarations the shift can examine."""

    capacity: Whole = Field(ge=1, description="How many it can examine.", examples=[20])


@router.writes("/list", ListOut | None)
def draw_list(request: HttpRequest, body: DrawIn) -> queries.Shift | None:
    """Draw the list that the caller's agency examines today."""
    by, at = caller(request), now()
    seed = secrets.randbelow(2**31)
    examining.draw_list(
        day=timezone.localdate(at), capacity=body.capacity, seed=seed, by=by, at=at
    )
    return queries.shift(viewer=by)


@router.reads("/backtest", BacktestOut)
def read_backtest(request: HttpRequest) -> dict[str, object]:
    """Read what the scores were worth, by what was examined."""
    test: Backtest = queries.back_test(viewer=caller(request)).whole
    return {name: getattr(test, name) for name in BacktestOut.model_fields} | {
        "precision_at": [
            {name: getattr(share, name) for name in ShareOut.model_fields}
            | {"first": first}
            for first, share in test.precision_at
        ]
    }
