"""Conclusions of two examiners, and the links that rest on them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from armstrace.ballistics import queries
from armstrace.ballistics.actions import concluding
from armstrace.ballistics.stated import StatedConclusion
from armstrace.vocabulary.ballistics import ConclusionStanding, Verdict
from armstrace.vocabulary.errors import InvalidInput
from armstrace.web import door, listing
from armstrace.web.ballistics import forms, lists, shown


@door.staff
def conclusion_list(request: door.Request) -> HttpResponse:
    """List the conclusions that stand; those that await a review on demand."""
    asked = request.GET.get("standing", "")
    standing = ConclusionStanding(asked) if asked in ConclusionStanding else None
    page = queries.conclusion_rows(
        viewer=request.viewer, page=listing.wanted(request), standing=standing
    )
    return lists.answer(
        request,
        "conclusions",
        page,
        shown.with_meaning(page.rows),
        standings=list(ConclusionStanding),
        standing=standing,
    )


@require_POST
@door.staff
def conclude(request: door.Request, comparison_id: int) -> HttpResponse:
    """Record an examiner's conclusion on a comparison."""
    page = queries.comparison_page(comparison_id, viewer=request.viewer)
    given = _verdict(request)
    concluding.conclude(
        stated=StatedConclusion(
            (page.row.first.mark_id, page.row.second.mark_id),
            Verdict(given["verdict"]),
            given["reason"],
            comparison_id,
        ),
        by=request.viewer,
        at=request.at,
    )
    messages.success(
        request, gettext("The conclusion is on record; it awaits a second examiner.")
    )
    return redirect("comparison", comparison_id)


@require_POST
@door.staff
def review(request: door.Request, conclusion_id: int) -> HttpResponse:
    """Record a second examiner's own conclusion."""
    given = _verdict(request)
    made = concluding.review_conclusion(
        conclusion_id=conclusion_id,
        verdict=Verdict(given["verdict"]),
        reason=given["reason"],
        by=request.viewer,
        at=request.at,
    )
    messages.success(request, gettext("The second conclusion is on record."))
    comparison_id = made.conclusion.comparison_id
    if comparison_id is None:
        return redirect("conclusions")
    return redirect("comparison", comparison_id)


@require_POST
@door.staff
def remove_link(request: door.Request, link_id: int) -> HttpResponse:
    """Remove a link by a record of its own."""
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(gettext("Write why the link no longer stands."))
    removed = concluding.remove_link(
        link_id=link_id,
        reason=form.cleaned_data["reason"],
        by=request.viewer,
        at=request.at,
    )
    messages.success(request, gettext("The link is removed; its history stays."))
    return redirect("ballistic-mark", removed.first_mark_id)


def _verdict(request: door.Request) -> dict[str, str]:
    form = forms.VerdictForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(gettext("Choose a conclusion and write what decided it."))
    given: dict[str, str] = form.cleaned_data
    return given
