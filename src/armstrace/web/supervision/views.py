"""Workload, acts, waivers and tunings, as pages and as files."""

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace.recoveries import queries as recoveries
from armstrace.tracing import queries
from armstrace.web import access
from armstrace.web.audit import presenters
from armstrace.web.lists import exports, pagination
from armstrace.web.supervision.forms import ActFilters, WaiverFilters

SHOWN = 50
MOST_WAIVERS = 500

WORKLOAD: exports.Columns = {
    "person": "person",
    "name": "full_name",
    "waiting": "waiting",
    "overdue": "late",
    "oldest": "oldest",
    "done_7_days": "done",
    "last": "last_at",
}
ACTS_DONE: exports.Columns = {
    "entry": "seq",
    "when_utc": lambda row: row.at.isoformat(),
    "person": "person",
    "act": "act",
    "recoveries": lambda row: " ".join(f"R{pk}" for pk in row.recoveries),
    "given_to": "given_to",
    "records": "count",
}
WAIVERS: exports.Columns = {
    "recovery": "trace.recovery.reference",
    "ground": "exception",
    "person": "decided_by",
    "decided_on": "decided_on",
    "reason": "reason",
    "in_force": lambda row: row.superseded_at is None,
}
TUNINGS: exports.Columns = {
    "kind": "kind",
    "tuning": "tuning_id",
    "proposed_by": "proposed_by",
    "proposed_at": "proposed_at",
    "decided_by": "decided_by",
    "since": "since",
    "until": "until",
    "reason": "reason",
}


@access.staff_view
def workload(request: access.Request) -> HttpResponseBase:
    """Show what each person has, how old it is, and what was done this week."""
    rows = queries.workloads(**request.asking)
    if exports.is_wanted(request):
        return exports.hand_over(request, "workload", WORKLOAD, rows)
    counts = queries.work_counts(viewer=request.viewer)
    return _page(request, "workload", {"rows": rows, "free": counts.free})


@access.staff_who("ledger.acts")
def acts_done(request: access.Request) -> HttpResponseBase:
    """Show who did what in a period, each act with its recoveries and its entry."""
    filters = ActFilters(request)
    if filters.is_bound and not filters.is_valid():
        return _refuse(request, "acts", filters)
    is_file = exports.is_wanted(request)
    rows = queries.acts_of_people(
        filters.to_filter(),
        **request.asking,
        limit=None if is_file else SHOWN,
    )
    if is_file:
        return exports.hand_over(request, "acts", ACTS_DONE, rows)
    last = rows[-1].seq if len(rows) == SHOWN else None
    context = {
        "rows": rows,
        "shown": [(row, _requests(row)) for row in rows],
        "filters": filters,
        "paging": pagination.older(request, last, count=len(rows), exports=True),
    }
    return _page(request, "acts", context)


def _requests(row: queries.ActDone) -> list[tuple[str, str]]:
    named = row.requests
    return [
        (presenters.reference_of(*each), presenters.address_of(*each)) for each in named
    ]


@access.staff_who("trace.supervise")
def waivers(request: access.Request) -> HttpResponseBase:
    """Show what was left untraced: ground, person, day and reason."""
    filters = WaiverFilters(request)
    if filters.is_bound and not filters.is_valid():
        return _refuse(request, "waivers", filters)
    where, is_file = filters.to_filter(), exports.is_wanted(request)
    rows = queries.waivers(
        where, viewer=request.viewer, limit=None if is_file else MOST_WAIVERS
    )
    if is_file:
        return exports.hand_over(request, "waivers", WAIVERS, rows)
    counted = queries.waivers_by_ground(where, viewer=request.viewer)
    context = {
        "rows": rows,
        "counted": counted,
        "filters": filters,
        "more": max(sum(n for *_what, n in counted) - len(rows), 0),
    }
    return _page(request, "waivers", context)


@access.staff_who("trace.supervise")
def tuning_uses(request: access.Request) -> HttpResponseBase:
    """Show which tunings of matching were used, by whom and from when to when."""
    rows = recoveries.tuning_uses(viewer=request.viewer)
    if exports.is_wanted(request):
        return exports.hand_over(request, "tunings", TUNINGS, rows)
    return _page(request, "tunings", {"rows": rows})


def _page(
    request: access.Request, name: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    tabs = (
        ("workload", "workload", gettext("Workload")),
        ("acts", "acts-done", gettext("Who did what")),
        ("waivers", "waivers", gettext("Left untraced")),
        ("tunings", "tuning-uses", gettext("Tunings of matching")),
        ("reasoned", "reasoned-passings", gettext("Passed on with a reason")),
        (
            "written",
            "licences-written",
            gettext("Licences recorded without an application"),
        ),
        ("kinds", "kinds-changed", gettext("Holders whose kind changed")),
    )
    query = request.GET.copy()
    query["format"] = "csv"
    shown = context | {"tabs": tabs, "here": name, "csv": f"?{query.urlencode()}"}
    return render(request, f"supervision/{name}.html", shown, status=status)


def _refuse(request: access.Request, name: str, filters: forms.Form) -> HttpResponse:
    context = {"filters": filters, "rows": (), "is_wrong": True}
    return _page(request, name, context, status=422)
