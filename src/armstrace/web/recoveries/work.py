"""The work queue: what waits, oldest first, whose it is, and what comes next."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from armstrace.recoveries import queries as recoveries
from armstrace.tracing import queries
from armstrace.tracing.actions import assigning, saved_filters
from armstrace.web import access, record_numbers, redirects
from armstrace.web.lists import pagination
from armstrace.web.recoveries.filters import RecoveryFilters
from armstrace.web.tracing import presenters
from armstrace.web.tracing.forms import AssignForm

OWN, FREE, ALL = "own", "free", "all"
WHOSE = (
    (OWN, _("My queue")),
    (FREE, _("Unassigned")),
    (ALL, _("All waiting")),
)
NARROWING = ("q", "kind", "make", "region", "agency", "stands")
# What a kept filter holds; other words of an address are left out.
KEPT = (*NARROWING, "whose", "person")


@dataclass(frozen=True, slots=True)
class Tab:
    words: object
    address: str
    is_here: bool


@access.staff_view
def queue(request: access.Request) -> HttpResponse:
    """Show what waits: one's own, what nobody has, or everything."""
    viewer, whose = request.viewer, _whose(request)
    narrowed = RecoveryFilters(request.GET or None).only(*NARROWING)
    where = narrowed.to_filter()
    narrowed.offer(recoveries.choices(viewer=viewer))
    person = {OWN: viewer.name, FREE: queries.NOBODY}.get(whose)
    asked = request.GET.get("person", "") if whose == ALL else ""
    person = asked or person
    page = queries.work_rows(
        queries.WorkFilter(where, narrowed.standing(), person),
        viewer=viewer,
        page=pagination.page_request(request),
        today=request.today,
    )
    return pagination.show(
        request,
        "recoveries/work.html",
        page,
        rows=[(row, presenters.row_standing(row.traced)) for row in page.rows],
        filters=narrowed,
        tabs=[_tab(key, words, request, whose) for key, words in WHOSE],
        whose=whose,
        only=asked,
        # What stays when the list is narrowed otherwise: whose work it is.
        also_sent=[("whose", whose), *([("person", person)] if asked else [])],
        cleared=f"?whose={whose}",
        assign=AssignForm(viewer),
        kept=queries.saved_filters(viewer=viewer),
        asked=_query_of(request.GET),
    )


@access.staff_view
def next_one(request: access.Request) -> HttpResponse:
    """Lead to the next recovery of one's own queue."""
    after = record_numbers.key_of(request.GET.get("after", "")) or 0
    found = queries.next_work(viewer=request.viewer, after=after, today=request.today)
    if found:
        return redirect("recovery", found)
    messages.success(request, gettext("Your queue is empty."))
    return redirect(reverse("work-queue") + f"?whose={FREE}")


@access.staff_act_who("trace.assign")
def assign(request: access.Request) -> HttpResponse:
    """Take recoveries, hand them to a colleague, or release them."""
    given = request.POST
    asked = map(record_numbers.key_of, given.getlist("recovery"))
    chosen = [pk for pk in asked if pk]
    if not chosen:
        messages.error(request, gettext("Choose at least one recovery from the list."))
        return redirects.redirect_back(request, reverse("work-queue"))
    to = request.viewer.name if given.get("act") == "take" else given.get("person", "")
    if given.get("act") == "release":
        count = assigning.release_recoveries(recovery_ids=chosen, **request.how)
        said = ngettext(
            "%(count)s recovery is unassigned again.",
            "%(count)s recoveries are unassigned again.",
            count,
        )
    else:
        count = assigning.assign_recoveries(
            recovery_ids=chosen,
            to=to,
            note=given.get("note", ""),
            seen=_seen(given.getlist("seen")),
            **request.how,
        )
        said = ngettext(
            "%(count)s recovery is now assigned to %(person)s.",
            "%(count)s recoveries are now assigned to %(person)s.",
            count,
        )
    messages.success(request, said % {"count": count, "person": to})
    alone = reverse("recovery", args=chosen[:1])
    return redirects.redirect_back(request, alone)


@access.staff_act
def keep_filter(request: access.Request) -> HttpResponse:
    """Keep what the queue is narrowed to under a name, or let it go."""
    given = request.POST
    name, asked = (
        given.get("name", ""),
        _query_of(QueryDict(given.get("asked", "")[:4000])),
    )
    if "forget" in given:
        saved_filters.forget_filter(name=name, **request.how)
        messages.success(request, gettext("The filter is removed."))
        return redirect("work-queue")
    was = queries.saved_filters(viewer=request.viewer)
    kept = saved_filters.save_filter(name=name, asked=asked, **request.how)
    said = gettext("The filter is saved as “%(name)s”.")
    if kept.name in was:
        said = gettext("The filter “%(name)s” is replaced by this one.")
    messages.success(request, said % {"name": kept.name})
    return redirect(reverse("work-queue") + f"?{asked}")


def _whose(request: access.Request) -> str:
    asked = request.GET.get("whose", OWN)
    return asked if asked in dict(WHOSE) else OWN


def _tab(key: str, words: object, request: access.Request, here: str) -> Tab:
    narrowed = {name: request.GET[name] for name in NARROWING if request.GET.get(name)}
    return Tab(words, "?" + urlencode({"whose": key} | narrowed), key == here)


def _seen(told: list[str]) -> dict[int, str]:
    """Read who had each recovery when the page was shown, as in “12 ana”."""
    parts = (each.partition(" ") for each in told)
    found = ((record_numbers.key_of(number), name) for number, _, name in parts)
    return {key: name for key, name in found if key}


def _query_of(given: QueryDict) -> str:
    """Give the query of what a list is narrowed to, and nothing else."""
    return urlencode({name: given[name] for name in KEPT if given.get(name)})
