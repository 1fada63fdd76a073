"""Runs of matching: begin one, watch it, read what it found, judge a pair."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.jobs import tasks
from armstrace.recoveries import queries
from armstrace.recoveries.actions import judging, matching_runs
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.paging import PageRequest
from armstrace.web import access, acting, record_numbers, redirects
from armstrace.web.lists import exports, pagination
from armstrace.web.matching import forms, presenters


@access.staff_view
def runs(request: access.Request) -> HttpResponse:
    """List the runs of matching; begin one."""
    if request.method == "POST":
        request.viewer.require("matching.run")
    form = forms.RunForm(acting.sent(request))
    if request.method == "POST" and form.is_valid():
        begun = matching_runs.begin_run(**form.cleaned_data, **request.how)
        tasks.enqueue(begun.job_id, **request.how)
        return redirect("matching-run", begun.pk)
    found = queries.matching_runs(viewer=request.viewer, page=PageRequest())
    context = {
        "form": form,
        "may_run": request.viewer.may("matching.run"),
        "runs": [(one, presenters.job_of(one)) for one in found.rows],
    }
    return render(request, "matching/runs.html", context)


@access.staff_act_who("matching.run")
def go_on(request: access.Request, run_id: int) -> HttpResponse:
    """Take a run up again that stands still."""
    run = queries.matching_run(run_id, viewer=request.viewer)
    tasks.enqueue(run.job.id, **request.how)
    return redirect("matching-run", run_id)


@access.staff_view
def run(request: access.Request, run_id: int) -> HttpResponseBase:
    """Show how far a run has come and what it found, or hand it over as a file."""
    card = queries.matching_run(run_id, viewer=request.viewer)
    if exports.is_wanted(request):
        where = forms.ResultFilters(request.GET).to_filter()
        return _export(request, card, where)
    context: dict[str, object] = {
        "card": card,
        "job": presenters.job_of(card),
        "may_run": request.viewer.may("matching.run"),
    }
    if access.wants_part(request):
        return render(request, "matching/progress.html", context)
    asked = request.GET.copy()
    asked.setdefault("question", presenters.questions(card)[0].value)
    filters = forms.ResultFilters(asked)
    page = queries.found_rows(
        run_id,
        filters.to_filter(),
        viewer=request.viewer,
        page=pagination.page_request(request),
    )
    context |= {
        "tabs": presenters.tabs(card, asked),
        "here": request.get_full_path(),
        "may_judge": request.viewer.may("recovery.judge"),
        "rows": page.rows,
        "meanings": presenters.MEANINGS,
        "filters": filters,
        "paging": pagination.paging(request, page, exports=True),
    }
    return render(request, "matching/run.html", context)


def _export(
    request: access.Request, card: queries.RunCard, where: queries.ResultFilter
) -> HttpResponseBase:
    found = queries.every_found_row(card.id, where, viewer=request.viewer)
    columns = presenters.columns(card.model_version)
    return exports.hand_over(request, f"matching-{card.id}", columns, found)


@access.staff_view
def pair(request: access.Request, recovery_id: int, other_id: int) -> HttpResponse:
    """Set two recoveries side by side; take a person's word on them."""
    if request.method == "POST":
        request.viewer.require("recovery.judge")
        form = forms.PairJudgementForm(request.POST)
        if not form.is_valid():
            raise InvalidInput(
                gettext("Choose same, different or cannot tell, and give a reason.")
            )
        shown = _page(request, recovery_id, other_id).proposed
        stated = form.to_input(recovery_id, other_id, shown)
        judging.judge_pair(stated=stated, **request.how)
        messages.success(request, gettext("Decision saved."))
        here = reverse("pair", args=[recovery_id, other_id])
        return redirects.redirect_back(request, here)
    page = _page(request, recovery_id, other_id)
    found = page.compared.candidates
    context = {
        "pair": page,
        "both": (page.earlier, page.later),
        "shown": presenters.pair(found[0] if found else None, page.proposed),
        "back": redirects.address(request.GET.get("next", "")),
        "may_judge": all(
            request.viewer.may_for("recovery.judge", one.agency)
            for one in (page.later, page.earlier)
        ),
    }
    return render(request, "matching/pair.html", context)


def _page(request: access.Request, recovery_id: int, other_id: int) -> queries.PairPage:
    """Give the page of a pair, with what the list that led here says of it."""
    run_id = record_numbers.key_of(request.GET.get("run", ""))
    return queries.pair(recovery_id, other_id, viewer=request.viewer, run_id=run_id)
