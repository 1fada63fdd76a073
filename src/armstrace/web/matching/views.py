"""Runs of matching: begin one, watch it, read what it found, judge a pair."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from armstrace.recoveries import queries, tasks
from armstrace.recoveries.actions import matching_runs, pairs
from armstrace.vocabulary.errors import InvalidInput
from armstrace.web import door, exporting, listing, returning
from armstrace.web.matching import forms, shown


@door.staff
def runs(request: door.Request) -> HttpResponse:
    """List the runs of matching; begin one."""
    form = forms.RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = matching_runs.begin_run(
            against=form.against_what(),
            year=form.cleaned_data["year"],
            by=request.viewer,
            at=request.at,
        )
        _enqueue(request, begun.pk)
        return redirect("matching-run", begun.pk)
    found = queries.matching_runs(viewer=request.viewer)
    context = {
        "form": form,
        "may_run": request.viewer.may("matching.run"),
        "runs": [shown.run(one) for one in found],
    }
    return render(request, "matching/runs.html", context)


@require_POST
@door.staff
def go_on(request: door.Request, run_id: int) -> HttpResponse:
    """Take a run up again that stands still."""
    request.viewer.require("matching.run")
    run = queries.matching_run(run_id, viewer=request.viewer)
    _enqueue(request, run.id)
    return redirect("matching-run", run_id)


def _enqueue(request: door.Request, run_id: int) -> None:
    by = request.viewer
    tasks.match_recoveries.enqueue(
        run_id, by.name, by.purpose.value, request.at.isoformat()
    )


@door.staff
def run(request: door.Request, run_id: int) -> HttpResponseBase:
    """Show how far a run has come and what it found, or hand it over as a file."""
    card = queries.matching_run(run_id, viewer=request.viewer)
    if request.GET.get("format") in exporting.WRITERS:
        where = forms.ResultFilters(request.GET).wanted()
        return _export(request, card, where)
    if door.wants_part(request):
        return render(request, "matching/progress.html", {"run": shown.run(card)})
    asked = request.GET.copy()
    asked.setdefault("question", shown.questions(card)[0].value)
    filters = forms.ResultFilters(asked)
    page = queries.found_rows(
        run_id,
        filters.wanted(),
        viewer=request.viewer,
        page=listing.wanted(request),
    )
    context = {
        "tabs": shown.tabs(card, asked),
        "here": request.get_full_path(),
        "may_judge": request.viewer.may("recovery.judge"),
        "run": shown.run(card),
        "may_run": request.viewer.may("matching.run"),
        "rows": [shown.row(one) for one in page.rows],
        "filters": filters,
        "paging": listing.paging(request, page, exports=True),
    }
    return render(request, "matching/run.html", context)


def _export(
    request: door.Request, card: queries.RunCard, where: queries.ResultFilter
) -> HttpResponseBase:
    found = queries.every_found_row(card.id, where, viewer=request.viewer)
    rows = (shown.exported(one, card.model_version) for one in found)
    write = exporting.WRITERS[request.GET["format"]]
    return write(f"matching-{card.id}", shown.EXPORTED, rows)


@door.staff
def pair(request: door.Request, recovery_id: int, other_id: int) -> HttpResponse:
    """Set two recoveries side by side; take a person's word on them."""
    if request.method == "POST":
        form = forms.PairJudgementForm(request.POST)
        if not form.is_valid():
            raise InvalidInput(gettext("Say same, different or cannot tell, and why."))
        stated = form.stated(recovery_id, other_id)
        pairs.judge_pair(stated=stated, by=request.viewer, at=request.at)
        messages.success(request, gettext("The judgement is on record."))
        here = reverse("pair", args=[recovery_id, other_id])
        return returning.redirected(request, here)
    page = queries.pair(recovery_id, other_id, viewer=request.viewer)
    found = page.compared.ranking.candidates
    agencies = (page.later.agency, page.earlier.agency)
    context = {
        "pair": page,
        "both": (page.earlier, page.later),
        "shown": shown.pair(found[0] if found else None),
        "told": request.GET.get("told", ""),
        "model": request.GET.get("model", ""),
        "back": returning.address(request.GET.get("next", "")),
        "may_judge": _may_judge(request, agencies),
    }
    return render(request, "matching/pair.html", context)


def _may_judge(request: door.Request, agencies: tuple[str, ...]) -> bool:
    viewer = request.viewer
    if not viewer.may("recovery.judge"):
        return False
    own = viewer.agencies_for("recovery.judge")
    return own is None or all(agency == own for agency in agencies)
