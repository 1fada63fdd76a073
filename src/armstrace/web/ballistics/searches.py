"""Searches: begin, watch, stop, and the ranked candidates."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.ballistics import queries
from armstrace.ballistics.actions import searching
from armstrace.jobs import tasks
from armstrace.web import access, jobs, listing
from armstrace.web.ballistics import forms, presenters


@access.staff_view
def search_list(request: access.Request) -> HttpResponseBase:
    """List searches, the latest first."""
    template = "ballistics/searches.html"
    return listing.show(request, template, queries.search_rows, here="searches")


@access.staff_act
def begin(request: access.Request, mark_id: int) -> HttpResponse:
    """Begin to search a mark; it goes on by itself."""
    probe = queries.mark_row(mark_id, viewer=request.viewer)
    form = forms.SearchForm(request.POST, probe=probe)
    if not form.is_valid():
        messages.error(request, gettext("Enter a number from 0 to 100."))
        return redirect("ballistic-mark", mark_id)
    run = searching.begin_search(stated=form.to_input(), **request.how)
    tasks.enqueue(run.job_id, **request.how)
    return redirect("mark-search-run", run.pk)


@access.staff_view
def search(request: access.Request, run_id: int) -> HttpResponse:
    """Show how far a search has come, or what it ranked."""
    row = queries.search_row(run_id, viewer=request.viewer)
    is_going = row.job.is_going
    shown = jobs.present(
        row.job,
        address=reverse("mark-search-run", args=[run_id]),
        go_on=reverse("search-go-on", args=[run_id]),
        stop=reverse("search-stop", args=[run_id]),
    )
    context = {"row": row, "is_going": is_going, "limits": LIMITS, "job": shown}
    context["may_run"] = request.viewer.may("ballistics.compare")
    if is_going and access.wants_part(request):
        return render(request, "ballistics/progress.html", context)
    page = queries.search_page(run_id, viewer=request.viewer)
    context |= {
        "page": page,
        "chart": presenters.rank_chart(page),
        "filters": presenters.filter_words(row.filters),
    }
    part = "ballistics/candidates.html"
    context["is_part"] = access.wants_part(request)
    name = part if context["is_part"] else "ballistics/search.html"
    return render(request, name, context)


@access.staff_act
def stop(request: access.Request, run_id: int) -> HttpResponse:
    """Stop a search that is no longer wanted."""
    queries.search_row(run_id, viewer=request.viewer)
    searching.stop_search(run_id=run_id, **request.how)
    messages.success(request, gettext("Search stopped."))
    return redirect("mark-search-run", run_id)


@access.staff_act
def go_on(request: access.Request, run_id: int) -> HttpResponse:
    """Go on with a search that was cut off."""
    row = queries.search_row(run_id, viewer=request.viewer)
    request.viewer.require("ballistics.compare")
    tasks.enqueue(row.job.id, **request.how)
    return redirect("mark-search-run", run_id)
