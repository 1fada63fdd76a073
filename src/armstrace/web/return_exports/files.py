"""A return as files: of a year as it is counted, or as it was kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import Method, method_named
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.analysis.statistics.sdmx import sending
from armstrace.analysis.statistics.sdmx.messages import Layout
from armstrace.analysis.statistics.workbook import layout, published, writing
from armstrace.indicators import queries
from armstrace.translation import translate
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.web import access
from armstrace.web.figures import days
from armstrace.web.lists import exports
from armstrace.web.return_exports import reporting

CELLS = (
    *("table", "title", "row", "label", "column"),
    *("value", "why_blank", "origin", "source", "note"),
)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "xlsx": spreadsheets.WORKBOOK_TYPE,
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The return of which a file is wanted."""

    request: access.Request
    year: int
    as_of: datetime | None
    # How it was kept; None where it is counted now.
    card: queries.KeptReturn | None = None
    kept: ReturnFilled | None = None

    @property
    def filled(self) -> ReturnFilled:
        """The return itself, as it was kept or as it is counted."""
        return self.kept or queries.return_of(
            year=self.year, as_of=self.as_of, viewer=self.request.viewer
        )

    @property
    def made_on(self) -> date:
        return timezone.localdate(self.card.kept_at if self.card else self.request.at)

    @property
    def stem(self) -> str:
        card = self.card
        kept = f"_{card.stage.value.lower()}_{card.return_id}" if card else ""
        return f"{self.year}{kept}"


@access.staff_view
def of_year(
    request: access.Request, year: int, name: str, ending: str
) -> HttpResponseBase:
    """Send the return of a year as one of its files."""
    return _sent(Asked(request, year, days.end_asked(request)), f"{name}.{ending}")


@access.staff_view
def of_kept(request: access.Request, return_id: int, name: str) -> HttpResponseBase:
    """Send a return as it was kept, as one of the files that its page lists."""
    card, kept = queries.kept_return(return_id=return_id, viewer=request.viewer)
    return _sent(Asked(request, card.year, card.as_of, card, kept), name)


def name_of(name: str, stem: object) -> str:
    return FILES[name][0].format(stem)


def _sent(asked: Asked, name: str) -> HttpResponseBase:
    if name not in FILES:
        raise NotFound(message("There is no such file; choose one from the list."))
    content, ending = FILES[name][1](asked), name.rpartition(".")[2]
    if isinstance(content, HttpResponseBase):
        return content
    return exports.attach(content, name_of(name, asked.stem), TYPES[ending])


def _workbook(asked: Asked) -> bytes:
    filled = asked.filled
    told = queries.told_beside(filled, card=asked.card, **asked.request.asking)
    return writing.xlsx(layout.book_of(filled, told))


def _cells(asked: Asked) -> HttpResponseBase:
    """Give every cell, with why it is blank and where it is from."""
    rows = (
        (
            *(table.table_id, gettext(table.spec.title), row.code),
            *(gettext(row.label), cell.column),
            *(cell.text or cell.value, cell.why_blank, cell.origin),
            *(cell.source, translate(cell.note)),
        )
        for table in asked.filled.tables
        for row in table.rows
        for cell in row.cells
    )
    return exports.as_csv(f"return_{asked.stem}_cells", CELLS, rows)


def _message(asked: Asked, form: Layout) -> str:
    method = asked.request.GET.get("method", Method.METADATA.value)
    wanted = queries.MessageAsked(
        (asked.year,),
        method_named(method),
        form,
        asked.as_of,
        translate(queries.SOURCE),
    )
    return queries.sdmx_message(wanted, **asked.request.asking).text


def _accompanying(asked: Asked) -> str:
    return sending.accompanying_text(
        queries.by_every_method(
            year=asked.year, as_of=asked.as_of, viewer=asked.request.viewer
        )
    )


def _report(asked: Asked) -> bytes:
    return reporting.paper(
        asked.request, asked.filled, as_of=asked.as_of, card=asked.card
    )


type Content = str | bytes | HttpResponseBase
# Each file: the name under which it is saved, and what it holds.
FILES: Mapping[str, tuple[str, Callable[[Asked], Content]]] = {
    "return.xlsx": ("return_{}.xlsx", _workbook),
    "cells.csv": ("return_{}_cells.csv", _cells),
    "release.csv": ("release_{}.csv", lambda a: published.as_csv(a.filled)),
    "release.xlsx": (
        "release_{}.xlsx",
        lambda a: writing.xlsx(published.as_book(a.filled, a.made_on)),
    ),
    "sdmx.csv": ("VC_ARM_SZTRACE_{}.csv", lambda a: _message(a, Layout.CSV)),
    "sdmx.xml": ("VC_ARM_SZTRACE_{}.xml", lambda a: _message(a, Layout.XML)),
    "accompanying.csv": ("accompanying_{}.csv", _accompanying),
    "report.pdf": ("report_{}.pdf", _report),
}
