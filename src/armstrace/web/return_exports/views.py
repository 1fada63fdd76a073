"""A year's return as files, and a filled workbook read back."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import IndicatorValue, Method, method_named
from armstrace.analysis.statistics.neighbours.report import FORMS, form_of
from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.analysis.statistics.sdmx import sending, structure
from armstrace.analysis.statistics.sdmx.content import About
from armstrace.analysis.statistics.sdmx.messages import Layout
from armstrace.analysis.statistics.workbook import layout, published, reading, writing
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.intake.tables import formulas
from armstrace.translation import translate
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.errors import InvalidInput, NotFound, RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.returns import ReturnStage
from armstrace.web import access
from armstrace.web.figures import days
from armstrace.web.figures.return_presenters import Viewing
from armstrace.web.lists import exports
from armstrace.web.return_exports import pdf
from armstrace.web.return_exports.forms import ReadBackForm

NO_FILE = message("There is no such file; choose one from the list.")
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
class Way:
    """One way in which a return leaves the house."""

    name: str
    words: str
    # Address and name of each file.
    files: tuple[tuple[str, str], ...]
    # What is not installed for it; empty where nothing is lacking.
    needs: str = ""


@access.staff_view
def out(request: access.Request, year: int) -> HttpResponse:
    """List the ways in which the return of a year leaves the house."""
    return _out_page(request, year, ReadBackForm())


def _out_page(request: access.Request, year: int, form: ReadBackForm) -> HttpResponse:
    filled = _return_of(request, year)
    kept = queries.kept_returns(year=year, viewer=request.viewer)
    submitted = next((k for k in kept if k.stage is ReturnStage.SUBMITTED), None)
    context = {
        "year": year,
        "filled": filled,
        "submitted": submitted,
        "is_as_submitted": submitted is not None
        and submitted.content_hash == filled.content_hash,
        "asked": Viewing(year, request.GET.get("as_of", "")).asked,
        "open_checks": sum(c.holds is False and not c.explained for c in filled.checks),
        "ways": ways(year, request.GET.get("as_of", "")),
        "form": form,
        "may_fill": request.viewer.may("return.fill"),
    }
    return render(request, "return_exports/out.html", context)


@access.staff_view
def workbook(request: access.Request, year: int) -> HttpResponse:
    """Send the return as a workbook, table by table."""
    filled = _return_of(request, year)
    told = queries.told_beside(filled, **request.asking)
    content = writing.xlsx(layout.book_of(filled, told))
    return sent(content, f"return_{year}.xlsx")


@access.staff_view
def cells(request: access.Request, year: int) -> HttpResponseBase:
    """Send every cell of the return, with why it is blank and where it is from."""
    return cells_of(_return_of(request, year), f"return_{year}_cells")


@access.staff_view
def release(request: access.Request, year: int, ending: str) -> HttpResponse:
    """Send the return in the long layout that UNODC publishes."""
    filled = _return_of(request, year)
    if ending == "csv":
        return sent(published.as_csv(filled).encode(), f"release_{year}.csv")
    if ending == "xlsx":
        book = published.as_book(filled, request.today)
        return sent(writing.xlsx(book), f"release_{year}.xlsx")
    raise NotFound(NO_FILE)


@access.staff_view
def sdmx(request: access.Request, year: int, ending: str) -> HttpResponse:
    """Send the indicator of a year as an SDMX message."""
    known_at = days.end_asked(request)
    as_known = min(known_at, request.at) if known_at else request.at
    name = f"VC_ARM_SZTRACE_{year}.{ending}"
    return message_of(_figures(request, year), request, as_known=as_known, name=name)


def message_of(
    figures: tuple[IndicatorValue, ...],
    request: access.Request,
    *,
    as_known: datetime,
    name: str,
) -> HttpResponse:
    """Answer with figures as an SDMX message, by the method asked for.

    Args:
        figures: One year by every method.
        as_known: The state of knowledge that they rest on.
        name: Name of the file; its ending says which layout.
    """
    try:
        form = Layout(name.rpartition(".")[2])
    except ValueError as why:
        raise NotFound(NO_FILE) from why
    fits = structure.built_in().of_version(settings.SDG_VERSION)
    made = sending.delivery_of(
        figures,
        method=method_named(request.GET.get("method", Method.METADATA.value)),
        about=About(
            structure.area_of(settings.HOME_COUNTRY, fits),
            gettext("National records of recovered arms and of their traces"),
            as_known,
        ),
        structure=fits,
        layout=form,
    )
    return sent(made.text.encode(), name)


@access.staff_view
def accompanying(request: access.Request, year: int) -> HttpResponse:
    """Send every method's figure with its parts, beside the message."""
    text = sending.accompanying_text(_figures(request, year))
    return sent(text.encode(), f"accompanying_{year}.csv")


@access.staff_act
def read_back(request: access.Request, year: int) -> HttpResponse:
    """Hold a workbook against the records, and enter what it adds."""
    form = ReadBackForm(request.POST, request.FILES)
    filled = queries.return_of(year=year, viewer=request.viewer)
    if not form.is_valid():
        return _out_page(request, year, form)
    try:
        found = reading.read_back(_sheets(form.cleaned_data["file"]), filled)
    except InvalidInput as error:
        form.refuse(error)
        return _out_page(request, year, form)
    entered = 0
    try:
        if "enter" in request.POST and found.entered:
            entered = _enter(request, year, found, form.cleaned_data["reason"])
    except (InvalidInput, RuleBroken) as error:
        form.refuse(error)
    context = {
        "year": year,
        "filled": filled,
        "found": found,
        "entered": entered,
        "form": form if form.errors else ReadBackForm(),
        "may_fill": request.viewer.may("return.fill"),
    }
    return render(request, "return_exports/read_back.html", context)


def ways(year: int, as_of: str) -> tuple[Way, ...]:
    """Give the disposals of a year, as a page lists them."""

    def at(name: str, *parts: object) -> str:
        path = reverse(name, args=[year, *parts])
        return f"{path}?{urlencode({'as_of': as_of})}" if as_of else path

    paper = at("return-report-pdf"), f"report_{year}.pdf"
    lacks = gettext("Needs the extra “%(extra)s”, which is not installed.")
    return (
        Way(
            gettext("Workbook"),
            gettext(
                "For UNODC and for anyone who fills in cells by hand: every table "
                "with its totals as formulas, checks, definitions, differences and "
                "their reasons. It can be read back here."
            ),
            (
                (at("return-workbook"), f"return_{year}.xlsx"),
                (at("return-cells"), f"return_{year}_cells.csv"),
            ),
        ),
        Way(
            gettext("Release layout"),
            gettext(
                "The long table that UNODC publishes, its labels spelt as UNODC "
                "spells them."
            ),
            (
                (at("return-release", "csv"), f"release_{year}.csv"),
                (at("return-release", "xlsx"), f"release_{year}.xlsx"),
            ),
        ),
        Way(
            gettext("SDMX"),
            gettext(
                "For the national statistical office: series VC_ARM_SZTRACE by the "
                "official definition, and every other method with its fractions in "
                "the accompanying file."
            ),
            (
                (at("return-sdmx", "csv"), f"VC_ARM_SZTRACE_{year}.csv"),
                (at("return-sdmx", "xml"), f"VC_ARM_SZTRACE_{year}.xml"),
                (at("return-accompanying"), f"accompanying_{year}.csv"),
            ),
            "" if find_spec("pysdmx") else lacks % {"extra": "sdmx"},
        ),
        Way(
            gettext("Report"),
            gettext(
                "For printing: charts, tables, definitions, limits and earlier returns."
            ),
            (
                (at("return-report"), gettext("Print version")),
                *([paper] if pdf.is_ready() else []),
            ),
            "" if pdf.is_ready() else translate(pdf.LACKING),
        ),
        Way(
            gettext("Neighbour reports"),
            gettext(
                "What the same records give for other instruments, and what each of "
                "their forms still lacks."
            ),
            tuple(
                (at("return-neighbour", code), gettext(form_of(code).title))
                for code in FORMS
            ),
        ),
    )


def cells_of(filled: ReturnFilled, name: str) -> HttpResponseBase:
    """Answer with every cell of a return as CSV."""
    rows = (
        (
            *(table.table_id, gettext(table.spec.title), row.code),
            *(gettext(row.label), cell.column),
            *(cell.text or cell.value, cell.why_blank, cell.origin),
            *(cell.source, translate(cell.note)),
        )
        for table in filled.tables
        for row in table.rows
        for cell in row.cells
    )
    return exports.as_csv(name, CELLS, rows)


def sent(content: bytes, name: str) -> HttpResponse:
    """Answer with a file."""
    return exports.attach(content, name, TYPES[name.rpartition(".")[2]])


def _return_of(request: access.Request, year: int) -> ReturnFilled:
    return queries.return_of(
        year=year, as_of=days.end_asked(request), viewer=request.viewer
    )


def _figures(request: access.Request, year: int) -> tuple[IndicatorValue, ...]:
    as_of = days.end_asked(request)
    return queries.side_by_side(
        viewer=request.viewer, year=year, methods=tuple(Method), as_of=as_of
    )


def _sheets(file: UploadedFile[bytes]) -> dict[str, formulas.Sheet]:
    name = file.name or gettext("the workbook")
    with tempfile.TemporaryDirectory(prefix="armstrace-") as folder:
        path = Path(folder) / "return.xlsx"
        with path.open("wb") as into:
            for chunk in file.chunks():
                into.write(chunk)
        return formulas.read_whole(path, name)


def _enter(
    request: access.Request, year: int, found: reading.ReadBack, reason: str
) -> int:
    stated = [
        StatedFigure(year, each.key, each.value, each.source, each.text)
        for each in found.entered
    ]
    made = actions.load_figures(stated=stated, reason=reason, **request.how)
    return len(made)
