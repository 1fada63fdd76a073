"""Comparisons: make, see, report, compute again."""

import json
from importlib.util import find_spec

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from armstrace.analysis.ballistics import report_drawings, report_pages
from armstrace.analysis.ballistics.documents import Document
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.ballistics import queries
from armstrace.ballistics.actions import comparing
from armstrace.ballistics.queries import ComparisonPage, LinkShown
from armstrace.translation import translate, write_list
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import ConclusionStanding
from armstrace.vocabulary.errors import InvalidInput, NotFound, RuleBroken
from armstrace.web import access, listing
from armstrace.web.ballistics import forms, images, marks, plots, presenters, reporting
from armstrace.web.lists import exports


@access.staff_view
def comparison_list(request: access.Request) -> HttpResponseBase:
    """List kept comparisons, the latest first."""
    template = "ballistics/comparisons.html"
    return listing.show(request, template, queries.comparison_rows, here="comparisons")


@access.staff_act
def compare(request: access.Request, mark_id: int) -> HttpResponse:
    """Compare a mark with another in full, and keep the result."""
    form = forms.CompareForm(request.POST)
    if not form.is_valid():
        return marks.shown_mark(request, mark_id, form)
    queries.mark_row(mark_id, viewer=request.viewer)
    try:
        kept = comparing.compare_marks(
            first_id=mark_id,
            second_id=form.cleaned_data["other"],
            folder=settings.MEDIA_ROOT,
            **request.how,
        )
    except (InvalidInput, NotFound, RuleBroken) as error:
        form.add_error("other", translate(error))
        return marks.shown_mark(request, mark_id, form)
    return redirect("comparison", kept.pk)


@access.staff_view
def comparison(request: access.Request, comparison_id: int) -> HttpResponse:
    """Show two marks side by side with what was found."""
    return shown_comparison(request, comparison_id)


def shown_comparison(
    request: access.Request,
    comparison_id: int,
    verdict_form: forms.VerdictForm | None = None,
    unlink_form: forms.UnlinkForm | None = None,
) -> HttpResponse:
    page = queries.comparison_page(comparison_id, viewer=request.viewer)
    first, second = presenters.drawings(page)
    context = {
        "page": page,
        "row": page.row,
        "first_cells": first,
        "second_cells": second,
        "light": images.light_of(request),
        "ways": presenters.ways(page),
        "angles": plots.angles(page.kept.result),
        "known": _known(page, request.viewer),
        "support": _support(page),
        "verdict_form": verdict_form or forms.VerdictForm(),
        "form": verdict_form or unlink_form,
        "sides": presenters.sides(page),
        "parameters": presenters.parameter_words(page),
        "links": _links(page, request.viewer, unlink_form),
        "may_unlink": request.viewer.may("ballistics.unlink"),
        "limits": LIMITS,
        "has_pdf": find_spec("weasyprint") is not None,
        **_acts(page, request.viewer),
    }
    status = 422 if context["form"] else 200
    return render(request, "ballistics/comparison.html", context, status=status)


@access.staff_view
def report(request: access.Request, comparison_id: int, kind: str) -> HttpResponse:
    """Send the report that another examiner computes again."""
    if kind not in {"json", "pdf"}:
        raise Http404
    page = queries.comparison_page(comparison_id, viewer=request.viewer)
    told = reporting.document(page, viewer=request.viewer)
    name = f"comparison-{page.row.reference}.{kind}"
    content = _json(told) if kind == "json" else _pdf(page, told, request.viewer)
    return exports.attach(content, name, f"application/{kind}")


@access.staff_act_who("ballistics.compare")
def recompute(request: access.Request, comparison_id: int) -> HttpResponse:
    """Compute a kept comparison again from its scans, and say whether it holds."""
    again = queries.recompute(
        comparison_id, folder=settings.MEDIA_ROOT, viewer=request.viewer
    )
    if again.is_same:
        messages.success(
            request,
            gettext("Recalculated from the scans: every number is the same."),
        )
    else:
        messages.error(
            request,
            gettext(
                "Recalculated from the scans, the numbers differ from those saved: "
                "now %(congruent_cells)s of %(cells)s cells."
            )
            % again.numbers,
        )
    return redirect("comparison", comparison_id)


def _json(told: Document) -> bytes:
    text = json.dumps(told, ensure_ascii=False, indent=2, default=translate)
    return text.encode()


def _pdf(page: ComparisonPage, told: Document, viewer: Actor) -> bytes:
    drawn = report_drawings.pictures_of(*images.marks_of(page, viewer=viewer), told)
    page_shown = render_to_string(
        "ballistics/report.html", report_pages.values(told, drawn)
    )
    return report_pages.print_page(page_shown)


def _known(page: ComparisonPage, viewer: Actor) -> plots.Plot | None:
    """Show the pairs of the set that spoke, with this count among them."""
    if page.kept.reference_set_id is None:
        return None
    tested = queries.reference_page(page.kept.reference_set_id, viewer=viewer)
    return plots.known_pairs(tested.reference, page.row.congruent_cells)


def _links(
    page: ComparisonPage, viewer: Actor, sent: forms.UnlinkForm | None
) -> list[tuple[LinkShown, forms.UnlinkForm]]:
    found = queries.links_of_mark(page.row.first.mark_id, viewer=viewer)
    pair = {page.row.first.mark_id, page.row.second.mark_id}
    its = [one for one in found if {one.here.mark_id, one.there.mark_id} == pair]
    return presenters.removable(its, sent, comparison=page.row.comparison_id)


def _support(page: ComparisonPage) -> str:
    ratio = page.row.log10_ratio
    if ratio is None:
        return ""
    told = (presenters.times_words(ratio), presenters.support_words(ratio))
    return write_list(filter(None, told))


def _acts(page: ComparisonPage, viewer: Actor) -> dict[str, object]:
    stands = page.conclusion
    replaced = (one for one in page.conclusions if one.superseded_at)
    may_conclude = viewer.may("ballistics.conclude")
    return {
        "before": presenters.with_meaning(replaced),
        "meaning": presenters.meaning_of(stands) if stands else "",
        "may_conclude": may_conclude,
        "may_review": may_conclude
        and stands is not None
        and stands.examiner != viewer.name
        and stands.standing is ConclusionStanding.AWAITED,
        "may_compare": viewer.may("ballistics.compare"),
    }
