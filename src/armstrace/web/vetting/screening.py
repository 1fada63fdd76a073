"""Lists of names, and hits: both names beside each other, and a judgement."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.jobs import tasks
from armstrace.licensing import queries as licensing
from armstrace.translation import country
from armstrace.vetting.actions import hits as judging
from armstrace.vetting.actions import lists
from armstrace.vetting.queries import hits as queries
from armstrace.vetting.queries import requests
from armstrace.web import access, acting, fields, listing, record_numbers
from armstrace.web.intake import incoming
from armstrace.web.templatetags import formatting
from armstrace.web.vetting import forms, shown


@access.staff_view
def hits(request: access.Request) -> HttpResponseBase:
    table = listing.Table(
        gettext("Hits"),
        gettext(
            "Names similar to an entry on a list. A score is only a reason to take a "
            "closer look."
        ),
        {
            gettext("Subject"): "subject",
            gettext("Name"): "subject_name",
            gettext("On the list"): "listed_name",
            gettext("Entry"): lambda row: f"{row.list_name} {row.number}",
            gettext("Score"): lambda row: formatting.percent(row.score),
            gettext("Status"): "examined",
        },
        lambda row: reverse("hit", args=[row.hit_id]),
    )
    filters = forms.HitFilters(request.GET or None)
    return listing.show_table(request, table, queries.hit_rows, filters)


@access.staff_view
def hit(request: access.Request, hit_id: int) -> HttpResponse:
    row, states = queries.hit_page(hit_id, viewer=request.viewer)
    form = forms.JudgeForm(acting.sent(request))
    if request.method == "POST":
        request.viewer.require("hit.judge")

    made = acting.result_of(
        request,
        form,
        lambda: judging.judge_hit(hit_id=hit_id, **form.cleaned_data, **request.how),
    )
    if made is not None:
        messages.success(request, gettext("The judgement is recorded."))
        return redirect("hit", made.pk)
    may_judge = request.viewer.may("hit.judge") and row.is_current
    return shown.show_page(
        request,
        form if may_judge else None,
        heading=f"{row.subject} · {row.list_name} {row.number}",
        form_heading=gettext("What you found"),
        verb=gettext("Record the judgement"),
        beside=_beside(request, row),
        related=_about(request, row),
        related_heading=gettext("The subject, and requests for vetting"),
        facts=(
            (gettext("Status"), row.examined),
            (gettext("Score"), formatting.percent(row.score)),
            (gettext("Why"), row.why),
            (gettext("Proposed from a score of"), formatting.percent(row.cut)),
            (gettext("Version of the list"), row.version),
            (gettext("Found"), states[-1].known_at),
        ),
        note=""
        if row.is_current
        else gettext(
            "The entry or the name has changed since, so this hit no longer counts."
        ),
        states=shown.states(states, lambda one: one.examined, "examined_by"),
    )


def _beside(request: access.Request, row: queries.HitRow) -> list[tuple[str, str, str]]:
    listed = (row.other_names, row.born, _countries(row.countries))
    own = (None, row.subject_born, _countries(_of_holder(request, row.subject)))
    names = (gettext("Other names"), gettext("Born"), gettext("Countries"))
    return [
        (gettext("Name"), row.subject_name, row.listed_name),
        *(
            (name, listing.say(one or None), listing.say(told))
            for name, one, told in zip(names, own, listed, strict=True)
        ),
    ]


def _of_holder(request: access.Request, subject: str) -> tuple[str, ...]:
    """Give the country of a subject who is a holder; nothing of others is on record."""
    key = record_numbers.key_of(subject.removeprefix("H"))
    if key is None:
        return ()
    cards = licensing.holder_cards([key], viewer=request.viewer)
    return tuple(each.country for each in cards.values() if each.country)


def _countries(codes: Iterable[str]) -> tuple[str, ...]:
    """Name countries that are told by their codes; others stay as a list has them."""
    return tuple(country(each.upper()) if len(each) == 2 else each for each in codes)


def _about(request: access.Request, row: queries.HitRow) -> list[tuple[str, str]]:
    """Link to the record of the subject, and to what was asked about it."""
    viewer, found = request.viewer, []
    if offered := record_numbers.find_record(row.subject, viewer=viewer):
        found.append((offered.address, offered.words))
    asked = requests.requests_about(row.subject, viewer=viewer)
    return found + [
        (reverse("vetting", args=[each.pk]), f"{each.reference} · {each.name}")
        for each in asked
        if each.reference != row.subject
    ]


@access.staff_view
def names(request: access.Request) -> HttpResponseBase:
    """Look one name up on all lists."""
    table = listing.Table(
        gettext("Screen a name"),
        gettext(
            "Entries of the loaded lists that are similar to one name. Nothing is "
            "recorded of the name; that somebody searched is logged."
        ),
        {
            gettext("On the list"): "found.name",
            gettext("Entry"): lambda row: f"{row.list_name} {row.found.entry.number}",
            gettext("Born"): lambda row: listing.say(row.found.entry.born or None),
            gettext("Countries"): lambda row: listing.say(
                row.found.entry.countries or None
            ),
            gettext("Score"): lambda row: formatting.percent(row.found.score.score),
            gettext("Why"): "found.score.sentence",
        },
    )
    filters = forms.NameFilters(request.GET or None)
    return listing.show_table(
        request,
        table,
        queries.names_near,
        filters,
        filter_verb=gettext("Screen"),
        none_asked=gettext("Type a name to look it up on all lists."),
        none_found=gettext("No entry of the loaded lists is similar to this name."),
    )


@access.staff_view
def name_lists(request: access.Request) -> HttpResponseBase:
    form = forms.ListForm(acting.sent(request), request.FILES or None)
    known = queries.list_names(viewer=request.viewer)
    fields.suggest(form, "list_name", (*known, lists.REFUSALS))
    if request.method == "POST":
        request.viewer.require("screening.load")
    begun = acting.result_of(request, form, lambda: _begin(request, form))
    if begun is not None:
        messages.success(request, gettext("The check goes on by itself."))
        return redirect("name-lists")
    table = listing.Table(
        gettext("Lists of names"),
        gettext(
            "Lists as they were loaded. A new version checks only what changed "
            "against all subjects, and new subjects against all of it."
        ),
        {
            gettext("List"): "version.list_name",
            gettext("Version"): lambda row: (
                row.version.version or row.version.file_name
            ),
            gettext("Loaded"): "version.known_at",
            gettext("Status"): "job.state",
            gettext("Entries: read, left out"): _tally("entries", "left_out"),
            gettext("New, changed, gone"): _tally("new", "changed", "gone"),
            gettext("Hits: new, gone"): _tally("hits_new", "hits_gone"),
            gettext("Remark"): lambda row: row.job.problem or "—",
        },
    )
    return listing.show_table(
        request,
        table,
        queries.list_versions,
        form=form if request.viewer.may("screening.load") else None,
        verb=gettext("Load and check"),
    )


def _tally(*names: str) -> Callable[[queries.VersionRow], str]:
    return lambda row: " · ".join(str(row.counts.get(name, "—")) for name in names)


def _begin(request: access.Request, form: forms.ListForm) -> int:
    file = form.cleaned_data["file"]
    kept = None
    if file is not None:
        path = Path(settings.HOME) / "incoming" / incoming.keep(request, file)
        kept = lists.ListFile(path, file.name)
    name = form.cleaned_data["list_name"]
    made = lists.load_list(list_name=name, file=kept, **request.how)
    tasks.enqueue(made.job_id, **request.how)
    return made.pk
