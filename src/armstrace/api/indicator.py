"""Indicator 16.4.2 over the wire."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import BeforeValidator, Field

from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.analysis.statistics.wilson import Interval
from armstrace.api.counted import Counted, CountedOut
from armstrace.api.errors import Sent, caller, how
from armstrace.api.routing import Area
from armstrace.api.shapes import AsOf, Ref, Text, Words, Year, build, shown_from
from armstrace.api.walking import Moment, Rows
from armstrace.api.words import WORDS
from armstrace.indicators import queries
from armstrace.indicators.actions import figures
from armstrace.translation import translate
from armstrace.vocabulary.messages import Message

router = Area("indicator")
FigureYear = Annotated[Year, Query(description="The year.", examples=[2025])]


class ExcludedOut(Schema):
    """What a method leaves out, by the code of the reason and in words."""

    code: str
    rule: str
    words: Words
    count: int


def _ends(interval: Interval | None) -> list[float] | None:
    return [float(interval.low), float(interval.high)] if interval else None


@shown_from(IndicatorValue, without={"parts", "items"})
class FigureOut(Schema):
    """A figure with its fraction; several methods are never mixed."""

    method: str
    interval: Annotated[list[float] | None, BeforeValidator(_ends)]
    excluded: list[ExcludedOut]
    cautions: list[str]


@router.reads("/16.4.2", list[FigureOut])
def read_indicator(
    request: HttpRequest,
    year: FigureYear,
    method: Annotated[
        Method | None, Query(description="By one method; two side by side without.")
    ] = None,
    as_of: AsOf = None,
) -> list[IndicatorValue]:
    """Compute the indicator; without a method, two definitions side by side."""
    by = caller(request)
    if method is None:
        return list(queries.side_by_side(viewer=by, year=year, as_of=as_of))
    return [queries.indicator(viewer=by, year=year, method=method, as_of=as_of)]


class CostOut(Schema):
    """What one recorded reason costs a figure."""

    code: str
    words: str
    arms: int
    points: float


class ShortfallOut(Schema):
    """A figure with the points that each reason costs it, the dearest first."""

    method: str
    year: int
    window: str
    value: float | None
    reasons: list[CostOut]


@router.reads("/16.4.2/what-it-would-take", ShortfallOut)
def read_what_it_would_take(
    request: HttpRequest,
    year: FigureYear,
    method: Annotated[Method, Query(description="By which method.")],
    as_of: AsOf = None,
) -> dict[str, object]:
    """Give the points that each reason why arms are not traced costs a figure."""
    page = queries.shortfall_page(
        viewer=caller(request), year=year, method=method, as_of=as_of
    )
    figure = page.figure
    return {
        "method": figure.method.value,
        "year": figure.year,
        "window": figure.window,
        "value": None if figure.value is None else float(figure.value),
        "reasons": [
            {
                "code": each.reason.value,
                "words": translate(Message(each.reason.label)),
                "arms": each.count,
                "points": float(each.points_as_written),
            }
            for each in page.costs
        ],
    }


class PartQuery(Counted):
    """Which records of a figure are wanted."""

    year: Year = Field(description=WORDS["year"], examples=[2025])
    method: Method = Field(description="By which method.")
    part: Text = Field("", description="A part of the figure.", examples=["NUMERATOR"])
    reason: Text = Field("", description="Or the code of a reason that it lost.")


@router.reads("/16.4.2/records", Rows[CountedOut])
def list_figure_records(
    request: HttpRequest, where: Query[PartQuery]
) -> dict[str, object]:
    """List the records behind a part of the figure, or that it lost for a reason."""
    viewer, page = caller(request), where.page()
    if where.reason:
        found = queries.shortfall_records(
            year=where.year,
            method=where.method,
            reason=where.reason,
            as_of=where.as_of,
            viewer=viewer,
            page=page,
        )
    else:
        wanted = build(queries.PartRequest, where)
        found = queries.cell_records(wanted, viewer=viewer, page=page)
    return where.answer(found)


@shown_from(queries.KeptFigure)
class KeptFigureOut(Schema):
    """A figure that was kept, with a hash of the records that it counts."""


class FigureIn(Sent):
    """Which figure is to be kept."""

    year: Year = Field(description=WORDS["year"], examples=[2025])
    method: Method = Field(description="By which method.")
    as_of: Moment | None = Field(None, description="As known at this moment.")


@router.lists("/kept", queries.kept_figures, KeptFigureOut)
def list_figures() -> None:
    """List the figures that were kept."""


@router.writes("/kept", Ref)
def keep_figure(request: HttpRequest, body: FigureIn) -> Ref:
    """Keep a figure with a hash of every record that it counts."""
    made = figures.keep_figure(**body.model_dump(), **how(request))
    return Ref(id=str(made.pk))
