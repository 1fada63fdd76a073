"""Conclusions of two examiners, and the links that rest on them."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from armstrace.ballistics import queries
from armstrace.ballistics.actions import concluding
from armstrace.ballistics.inputs import ConclusionInput
from armstrace.vocabulary.ballistics import ConclusionStanding, Verdict
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.web import access, listing
from armstrace.web.ballistics import comparisons, forms, marks, presenters


@access.staff_view
def conclusion_list(request: access.Request) -> HttpResponseBase:
    """List the conclusions that stand; those that await a review on demand."""
    asked = request.GET.get("standing", "")
    standing = ConclusionStanding(asked) if asked in ConclusionStanding else None
    return listing.show(
        request,
        "ballistics/conclusions.html",
        partial(queries.conclusion_rows, standing=standing),
        shown=presenters.with_meaning,
        here="conclusions",
        standings=list(ConclusionStanding),
        standing=standing,
    )


@access.staff_act_who("ballistics.conclude")
def conclude(request: access.Request, comparison_id: int) -> HttpResponse:
    """Record an examiner's conclusion on a comparison."""
    page = queries.comparison_page(comparison_id, viewer=request.viewer)
    form = forms.VerdictForm(request.POST)
    if not form.is_valid():
        return comparisons.shown_comparison(request, comparison_id, form)
    concluding.conclude(
        stated=ConclusionInput(
            (page.row.first.mark_id, page.row.second.mark_id),
            form.cleaned_data["verdict"],
            form.cleaned_data["reason"],
            comparison_id,
        ),
        **request.how,
    )
    messages.success(request, gettext("Conclusion saved. It awaits a second examiner."))
    return redirect("comparison", comparison_id)


@access.staff_act_who("ballistics.conclude")
def review(request: access.Request, conclusion_id: int) -> HttpResponse:
    """Record a second examiner's own conclusion."""
    said = queries.conclusion(conclusion_id, viewer=request.viewer)
    form = forms.VerdictForm(request.POST)
    if not form.is_valid() and said.comparison_id is not None:
        return comparisons.shown_comparison(request, said.comparison_id, form)
    if not form.is_valid():
        raise InvalidInput(message("Choose a conclusion and write what decided it."))
    concluding.review_conclusion(
        conclusion_id=conclusion_id,
        verdict=form.cleaned_data["verdict"],
        reason=form.cleaned_data["reason"],
        **request.how,
    )
    _tell(request, conclusion_id)
    if said.comparison_id is None:
        return redirect("conclusions")
    return redirect("comparison", said.comparison_id)


@access.staff_act_who("ballistics.unlink")
def remove_link(request: access.Request, link_id: int) -> HttpResponse:
    """Remove a link by a record of its own."""
    form = forms.UnlinkForm(request.POST, link_id=link_id)
    if not form.is_valid():
        return _ask_again(request, form)
    removed = concluding.remove_link(
        link_id=link_id, reason=form.cleaned_data["reason"], **request.how
    )
    messages.success(request, gettext("Link removed. Its history stays."))
    if form.cleaned_data["comparison"]:
        return redirect("comparison", form.cleaned_data["comparison"])
    return redirect("ballistic-mark", removed.first_mark_id)


def _ask_again(request: access.Request, form: forms.UnlinkForm) -> HttpResponse:
    """Show the page that a removal without a reason was sent from."""
    comparison_id = form.cleaned_data.get("comparison")
    if comparison_id:
        return comparisons.shown_comparison(request, comparison_id, unlink_form=form)
    link = queries.link_row(form.link_id, viewer=request.viewer)
    if link.here.mark_id is None:
        raise InvalidInput(message("Give the reason for removing the link."))
    return marks.shown_mark(request, link.here.mark_id, forms.CompareForm(), form)


def _tell(request: access.Request, conclusion_id: int) -> None:
    """Say what the second conclusion made of the first."""
    said = queries.conclusion(conclusion_id, viewer=request.viewer)
    if said.standing is ConclusionStanding.DISPUTED:
        messages.warning(
            request,
            gettext(
                "The second conclusion is on record and differs from the first, so "
                "the two are disputed and nothing is linked. A new conclusion "
                "settles it."
            ),
        )
        return
    made = [
        link
        for link in queries.links_of_mark(said.first_id, viewer=request.viewer)
        if link.conclusion_id == conclusion_id and link.superseded_at is None
    ]
    told = gettext("The second conclusion is on record and bears the first out.")
    if made:
        told += " " + gettext(
            "Link made: %(here)s and %(there)s, by the %(part)s. It is shown on both "
            "pages and can be removed here."
        ) % {
            "here": made[0].here.owner,
            "there": made[0].there.owner,
            "part": gettext(made[0].part.label),
        }
    elif said.verdict is Verdict.IDENTIFICATION:
        told += " " + gettext("Both marks are of one owner, so nothing is linked.")
    messages.success(request, told)
