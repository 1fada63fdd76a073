"""A year's return as files, and a filled workbook read back."""

import tempfile
from importlib.util import find_spec
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics.neighbours.report import FORMS, form_of
from armstrace.analysis.statistics.workbook import reading
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.intake.tables import formulas
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.returns import ReturnStage
from armstrace.web import access, cell_names, fields
from armstrace.web.figures import days
from armstrace.web.figures.return_forms import RefusingForm
from armstrace.web.figures.return_presenters import Viewing, open_checks
from armstrace.web.return_exports import pdf


class ReadBackForm(RefusingForm):
    """A filled workbook, and why its figures are entered."""

    file = fields.file(
        _("Workbook"),
        ".xlsx",
        error_messages={"required": _("Choose the workbook to read.")},
    )
    reason = fields.line(_("Reason, if existing figures are corrected"), required=False)

    def say(self, refused: Message) -> str:
        return cell_names.in_words(refused)


@access.staff_view
def out(request: access.Request, year: int) -> HttpResponse:
    """List the ways in which the return of a year leaves the house."""
    return _out_page(request, year, ReadBackForm())


def _out_page(request: access.Request, year: int, form: ReadBackForm) -> HttpResponse:
    filled = queries.return_of(
        year=year, as_of=days.end_asked(request), viewer=request.viewer
    )
    kept = queries.kept_returns(year=year, viewer=request.viewer)
    submitted = next((k for k in kept if k.stage is ReturnStage.SUBMITTED), None)
    context = {
        "year": year,
        "filled": filled,
        "submitted": submitted,
        "is_as_submitted": submitted is not None
        and submitted.content_hash == filled.content_hash,
        "asked": Viewing(year, request.GET.get("as_of", "")).as_of_query,
        "open_checks": open_checks(filled),
        "has_sdmx": find_spec("pysdmx") is not None,
        "pdf_lacks": "" if pdf.is_ready() else translate(pdf.LACKING),
        "neighbours": [form_of(code) for code in FORMS],
        "form": form,
        "may_fill": request.viewer.may("return.fill"),
    }
    return render(request, "return_exports/out.html", context)


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
            reason = form.cleaned_data["reason"]
            made = actions.load_figures(
                stated=found.entered, reason=reason, **request.how
            )
            entered = len(made)
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


def _sheets(file: UploadedFile[bytes]) -> dict[str, formulas.Sheet]:
    name = file.name or gettext("the workbook")
    with tempfile.TemporaryDirectory(prefix="armstrace-") as folder:
        path = Path(folder) / "return.xlsx"
        with path.open("wb") as into:
            for chunk in file.chunks():
                into.write(chunk)
        return formulas.read_whole(path, name)
