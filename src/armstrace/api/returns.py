"""The annual return over the wire: fill it, check it, keep it, send it."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Schema
from pydantic import Field

from armstrace.analysis.statistics.indicator import Method
from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.questionnaire.filled import (
    Cell,
    CheckResult,
    ReturnFilled,
)
from armstrace.analysis.statistics.sdmx.messages import Layout
from armstrace.analysis.statistics.workbook import layout, published, writing
from armstrace.api.counted import Counted, CountedOut
from armstrace.api.errors import Sent, caller, now
from armstrace.api.routing import Area
from armstrace.api.sending import CSV, WORKBOOK, XML, as_file
from armstrace.api.shapes import AsOf, Key, Text, Year, build, shown_from, stated_by
from armstrace.api.walking import Moment, Rows
from armstrace.indicators import queries
from armstrace.indicators.actions import returns
from armstrace.translation import translate
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.returns import ReturnStage

router = Area("returns")
ReturnYear = Annotated[Year, Path(description="The year.", examples=[2025])]
KeptKey = Annotated[Key, Path(description="The return_id.")]


@shown_from(Cell)
class CellOut(Schema):
    """A cell; a blank one says why, and is never a zero."""

    key: str


class TableOut(Schema):
    """A table of the return."""

    table_id: str
    title: str
    cells: list[CellOut]


@shown_from(CheckResult)
class ReturnCheckOut(Schema):
    """What a check found."""

    key: str


@shown_from(ReturnFilled, without={"as_of"})
class ReturnOut(Schema):
    """The return of a year, cell by cell."""

    content_hash: str = Field(description="SHA-256 of all that the return says.")
    tables: list[TableOut]
    checks: list[ReturnCheckOut]
    left_out: dict[str, int] = Field(description="Records outside the tables.")


@shown_from(queries.KeptReturn)
class KeptOut(Schema):
    """A return that was kept."""


class KeepIn(Sent):
    """What the return is kept for."""

    stage: ReturnStage = Field(ReturnStage.KEPT, description="KEPT or SUBMITTED.")
    as_of: Moment | None = Field(None, description="As known at this moment.")


@stated_by(StatedFigure, without={"year"})
class EnteredFigureIn(Sent):
    """What a person states for a cell: a count, words, or why it stays blank."""

    reason: Text = Field("", description="Why an earlier figure is corrected.")


@stated_by(returns.StatedExplanation, without={"year"})
class ExplanationIn(Sent):
    """Why a check does not hold."""


@router.lists("/kept", queries.kept_return_rows, KeptOut)
def list_kept() -> None:
    """List the returns that were kept."""


@router.reads("/kept/{kept}", ReturnOut)
def read_kept(request: HttpRequest, kept: KeptKey) -> dict[str, object]:
    """Read a return as it was kept."""
    _, filled = queries.kept_return(return_id=kept, viewer=caller(request))
    return _out(filled)


@router.sends("/kept/{kept}/return.xlsx", WORKBOOK)
def send_kept_workbook(request: HttpRequest, kept: KeptKey) -> HttpResponse:
    """Send a return as it was kept as a workbook."""
    card, filled = queries.kept_return(return_id=kept, viewer=caller(request))
    return _workbook(request, filled, card)


@router.reads("/{year}", ReturnOut)
def read_return(
    request: HttpRequest, year: ReturnYear, as_of: AsOf = None
) -> dict[str, object]:
    """Fill the return of a year from the records, with its checks."""
    by = caller(request)
    return _out(queries.return_of(year=year, as_of=as_of, viewer=by))


class CellQuery(Counted):
    """Which records of a return are wanted."""

    key: Text = Field(
        description="Key of a cell, or what stands behind a failed check.",
        examples=["B1:PISTOL:SEIZED"],
    )


@router.reads("/{year}/records", Rows[CountedOut])
def list_cell_records(
    request: HttpRequest, year: ReturnYear, where: Query[CellQuery]
) -> dict[str, object]:
    """List the records behind a cell of the return, or behind a failed check."""
    found = queries.return_records(
        year=year,
        key=where.key,
        as_of=where.as_of,
        viewer=caller(request),
        page=where.page(),
    )
    return where.answer(found)


@router.writes("/{year}/keep", KeptOut)
def keep_return(
    request: HttpRequest, year: ReturnYear, body: KeepIn
) -> queries.KeptReturn:
    """Keep a return as it stands, with a hash of all that it says."""
    by = caller(request)
    made = returns.keep_return(
        year=year, stage=body.stage, as_of=body.as_of, by=by, at=now()
    )
    return queries.kept_return(return_id=made.pk, viewer=by)[0]


@router.writes("/{year}/figures", CellOut)
def enter_figure(
    request: HttpRequest, year: ReturnYear, body: EnteredFigureIn
) -> object:
    """Enter what records do not hold, or correct what was entered."""
    by = caller(request)
    stated = build(StatedFigure, body, year=year)
    returns.enter_figure(stated=stated, reason=body.reason, by=by, at=now())
    return queries.return_of(year=year, viewer=by).cell(body.cell)  # type: ignore[attr-defined]


@router.writes("/{year}/explanations", ReturnCheckOut)
def explain_difference(
    request: HttpRequest, year: ReturnYear, body: ExplanationIn
) -> object:
    """Explain why a check does not hold; it travels with the return."""
    by = caller(request)
    stated = build(returns.StatedExplanation, body, year=year)
    returns.explain_difference(stated=stated, by=by, at=now())
    checks = queries.return_of(year=year, viewer=by).checks
    return next(each for each in checks if each.key == stated.finding)


@router.sends("/{year}/release.csv", CSV)
def send_release(
    request: HttpRequest, year: ReturnYear, as_of: AsOf = None
) -> HttpResponse:
    """Send the return in the long layout that UNODC publishes."""
    filled = queries.return_of(year=year, as_of=as_of, viewer=caller(request))
    content = published.as_csv(filled).encode()
    return as_file(f"release_{year}.csv", content, CSV)


@router.sends("/{year}/return.xlsx", WORKBOOK)
def send_workbook(
    request: HttpRequest, year: ReturnYear, as_of: AsOf = None
) -> HttpResponse:
    """Send the return as a workbook, totals as formulas, that can be read back."""
    filled = queries.return_of(year=year, as_of=as_of, viewer=caller(request))
    return _workbook(request, filled)


@router.sends("/{year}/sdmx", CSV, XML)
def send_sdmx(
    request: HttpRequest,
    year: ReturnYear,
    layout: Annotated[Layout, Query(description="csv or xml.")] = Layout.CSV,
    method: Annotated[Method, Query(description="By which method.")] = Method.METADATA,
    as_of: AsOf = None,
) -> HttpResponse:
    """Send indicator 16.4.2 of a year as an SDMX message."""
    source = translate(queries.SOURCE)
    asked = queries.MessageAsked((year,), method, layout, as_of, source)
    made = queries.sdmx_message(asked, viewer=caller(request), at=now())
    kind = CSV if layout is Layout.CSV else XML
    name = f"VC_ARM_SZTRACE_{year}.{layout.value}"
    return as_file(name, made.text.encode(), kind)


def _workbook(
    request: HttpRequest, filled: ReturnFilled, card: queries.KeptReturn | None = None
) -> HttpResponse:
    told = queries.told_beside(filled, viewer=caller(request), card=card, at=now())
    content = writing.xlsx(layout.book_of(filled, told))
    return as_file(f"return_{filled.year}.xlsx", content, WORKBOOK)


def _out(filled: ReturnFilled) -> dict[str, object]:
    names = ("year", "country", "version", "content_hash", "checks", "left_out")
    tables = [
        {
            "table_id": table.table_id,
            "title": translate(Message(table.spec.title)),
            "cells": list(table.cells()),
        }
        for table in filled.tables
    ]
    return {name: getattr(filled, name) for name in names} | {"tables": tables}
