"""The network: around a record, between two, and all of it in communities."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.networks import bundling, narrowing
from armstrace.analysis.networks.bundling import Wish
from armstrace.analysis.networks.graph import Graph, held_back
from armstrace.analysis.networks.narrowing import RestsOn
from armstrace.intelligence import jobs as survey_jobs
from armstrace.intelligence import queries
from armstrace.intelligence.actions import passing
from armstrace.intelligence.queries import surveys
from armstrace.intelligence.queries.picture import between
from armstrace.jobs import tasks
from armstrace.jobs.queries import JobRow
from armstrace.vocabulary.errors import InvalidInput
from armstrace.web import access, acting, jobs
from armstrace.web.networks import files, forms, overviews, presenters, ways

NEEDS = "intelligence.view"
FARTHER = 2


@access.staff_who(NEEDS)
def network(request: access.Request) -> HttpResponse:
    """Show what lies around a record: drawn, as a table, and in counted bundles."""
    form = forms.NetworkFilters(request.GET if "of" in request.GET else None)
    if not form.is_valid():
        return render(request, "networks/network.html", {"form": form})
    found = _neighbourhood(request, form)
    form.offer(found)
    near = _narrow(found, form)
    here = {node.key for node in near.nodes}
    middle = [key for key in form.keys if key in here]
    if not middle:
        form.add_error(
            "of", gettext("No such record is open to you; check the number.")
        )
        return render(request, "networks/network.html", {"form": form})
    wish = Wish(opened=frozenset(request.GET.getlist("open")))
    drawn = bundling.bundle(near, middle, wish)
    days = sorted(edge.day for edge in found.edges if edge.day)
    context = {
        "form": form,
        "shown": presenters.show(drawn, near, request.GET, viewer=request.viewer),
        "opened": bool(wish.opened),
        "closed": _without(request, "open"),
        "files": _files(request),
        "is_held_back": bool(held_back(near.parts)),
        "middle": middle,
        "days": (days[0], days[-1]) if days else None,
        "is_of_days": form.is_of_days,
        "undated": sum(edge.day is None for edge in near.edges),
    }
    part = access.wants_part(request)
    return render(request, f"networks/{'part' if part else 'network'}.html", context)


@access.staff_who(NEEDS)
def file(request: access.Request, ending: str) -> HttpResponseBase:
    """Send what is shown around a record as a file; nothing of it in bundles."""
    write = acting.of_address(files.WRITERS, ending)
    form = forms.NetworkFilters(request.GET)
    if not form.is_valid():
        said = gettext("Name the record at the centre of the network.")
        raise InvalidInput(said, field="of")
    found = _narrow(_neighbourhood(request, form), form)
    reason = request.POST.get("reason", "")
    passing.pass_on(parts=found.parts, reason=reason, **request.how)
    return write(found)


@access.staff_who(NEEDS)
def schema(request: access.Request) -> HttpResponse:
    """Send the schemata that a FollowTheMoney file of arms needs."""
    return files.schema_pack()


@access.staff_who(NEEDS)
def paths_between(request: access.Request) -> HttpResponse:
    """Show the shortest ways between two records."""
    first = {"one": request.GET.get("first", "")}
    given = request.GET if "one" in request.GET else None
    form = forms.PathForm(given, initial=first)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        one, other, basis = form.question()
        found = between(one, other, viewer=request.viewer, rests_on=basis)
        context["told"] = ways.tell(one, other, found, request.viewer)
    return render(request, "networks/path.html", context)


@access.staff_view
def overview(request: access.Request) -> HttpResponse:
    """Show communities with the sources of their arms, brokers, repeat sources.

    The whole picture is looked at in a job; the page shows what it kept.
    """
    form = forms.OverviewForm(request.GET or None)
    basis = form.cleaned_data["basis"] if form.is_valid() else ""
    kept = surveys.last_survey(RestsOn(basis or RestsOn.BOTH), viewer=request.viewer)
    job = kept.job
    if kept.is_due(request.at):
        job = _survey(request)
    is_going = job is not None and job.is_going
    context = {
        "form": form,
        "kept": kept,
        "is_going": is_going,
        "told": overviews.tell(kept) if kept.survey else None,
        "job": jobs.present(job, address=request.get_full_path()) if job else None,
    }
    if access.wants_part(request):
        response = render(request, "parts/job.html", context)
        if kept.survey or not is_going:  # what was found takes the whole page
            response["HX-Refresh"] = "true"
        return response
    return render(request, "networks/overview.html", context)


@access.staff_act
def survey(request: access.Request) -> HttpResponse:
    """Look at the whole picture again."""
    _survey(request)
    return redirect("network-overview")


def _survey(request: access.Request) -> JobRow:
    begun = survey_jobs.begin(**request.how)
    tasks.enqueue(begun.pk, **request.how)
    return JobRow.of(begun)


def _neighbourhood(request: access.Request, form: forms.NetworkFilters) -> Graph:
    """Give what lies around; where nobody said how far, as far as can be read."""
    return queries.neighbourhood(form.keys, viewer=request.viewer, hops=form.far)


def _narrow(found: Graph, form: forms.NetworkFilters) -> Graph:
    """Keep what is wanted and still hangs on the middle by it."""
    wanted = narrowing.narrow(found, form.narrowing(), kept=form.keys)
    return narrowing.around(wanted, form.keys, hops=form.far or FARTHER)


def _without(request: access.Request, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    return f"{request.path}?{query.urlencode()}"


def _files(request: access.Request) -> list[tuple[str, str]]:
    query = request.GET.urlencode()
    names = {"csv": "CSV", "graphml": "GraphML", "ftm.json": "FollowTheMoney"}
    return [
        (f"{reverse('network-file', args=[ending])}?{query}", name)
        for ending, name in names.items()
    ]
