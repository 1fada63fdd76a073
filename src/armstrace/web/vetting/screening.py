"""Lists of names, and hits: both names beside each other, and a judgement."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.jobs import tasks
from armstrace.vetting.actions import hits as judging
from armstrace.vetting.actions import lists
from armstrace.vetting.queries import hits as queries
from armstrace.web import access, acting, fields
from armstrace.web.intake import incoming
from armstrace.web.lists import pagination
from armstrace.web.templatetags import formatting
from armstrace.web.vetting import forms, shown


@access.staff_view
def hits(request: access.Request) -> HttpResponse:
    """List subjects that are near an entry of a list."""
    filters = forms.HitFilters(request.GET or None)
    page = queries.hit_rows(
        filters.to_filter(),
        viewer=request.viewer,
        page=pagination.page_request(request),
    )
    rows = [
        shown.row(
            reverse("hit", args=[each.hit_id]),
            each.subject,
            each.subject_name,
            each.listed_name,
            f"{each.list_name} {each.number}",
            formatting.percent(each.score),
            each.examined,
        )
        for each in page.rows
    ]
    return shown.show_list(
        request,
        page,
        rows,
        shown.Listed(
            gettext("Hits"),
            gettext("Names near an entry of a list. A score is a reason to look."),
            (
                gettext("Subject"),
                gettext("Name"),
                gettext("On the list"),
                gettext("Entry"),
                gettext("Score"),
                gettext("Status"),
            ),
        ),
        filters=filters,
    )


@access.staff_view
def hit(request: access.Request, hit_id: int) -> HttpResponse:
    """Show a hit with both names beside each other, and take a judgement."""
    row, states = queries.hit_page(hit_id, viewer=request.viewer)
    form = forms.JudgeForm(acting.sent(request))
    if request.method == "POST":
        request.viewer.require("hit.judge")

    def act() -> int:
        told = {name: form.cleaned_data[name] for name in ("examined", "reason")}
        return judging.judge_hit(hit_id=hit_id, **told, **request.how).pk

    made = acting.result_of(request, form, act)
    if made is not None:
        messages.success(request, gettext("The judgement is recorded."))
        return redirect("hit", made)
    may_judge = request.viewer.may("hit.judge") and row.is_current
    return shown.show_page(
        request,
        form if may_judge else None,
        heading=f"{row.subject} · {row.list_name} {row.number}",
        form_heading=gettext("What you found"),
        verb=gettext("Record the judgement"),
        beside=_beside(row),
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
        else gettext("The entry or the name has changed since; this hit is over."),
        states=[
            shown.State(
                each.known_at, shown.say(each.examined), each.examined_by, each.reason
            )
            for each in states
        ],
    )


def _beside(row: queries.HitRow) -> list[tuple[str, str, str]]:
    listed = (row.other_names, row.born, row.countries)
    names = (gettext("Other names"), gettext("Born"), gettext("Countries"))
    return [
        (gettext("Name"), row.subject_name, row.listed_name),
        *(
            (name, shown.say(None), shown.say(told))
            for name, told in zip(names, listed, strict=True)
        ),
    ]


@access.staff_view
def name_lists(request: access.Request) -> HttpResponse:
    """List the versions of lists with what came of them; take in a new one."""
    page = queries.list_versions(
        viewer=request.viewer, page=pagination.page_request(request)
    )
    form = forms.ListForm(acting.sent(request), request.FILES or None)
    known = queries.list_names(viewer=request.viewer)
    fields.suggest(form, "list_name", (*known, lists.REFUSALS))
    if request.method == "POST":
        request.viewer.require("screening.load")
    begun = acting.result_of(request, form, lambda: _begin(request, form))
    if begun is not None:
        messages.success(request, gettext("The check goes on by itself."))
        return redirect("name-lists")
    rows = [
        shown.row(
            "",
            each.version.list_name,
            each.version.version or each.version.file_name,
            each.version.known_at,
            each.job.state,
            each.counts.get("entries"),
            *(_tally(each, *names) for names in COUNTED),
            each.job.problem or "—",
        )
        for each in page.rows
    ]
    return shown.show_list(
        request,
        page,
        rows,
        shown.Listed(
            gettext("Lists of names"),
            gettext(
                "Lists as they were loaded. A new version checks only what changed "
                "against all subjects, and new subjects against all of it."
            ),
            (
                gettext("List"),
                gettext("Version"),
                gettext("Loaded"),
                gettext("Status"),
                gettext("Entries"),
                gettext("New, changed, gone"),
                gettext("Hits: new, gone"),
                gettext("Remark"),
            ),
        ),
        form=form if request.viewer.may("screening.load") else None,
        verb=gettext("Load and check"),
    )


COUNTED = (("new", "changed", "gone"), ("hits_new", "hits_gone"))


def _tally(row: queries.VersionRow, *names: str) -> str:
    return " · ".join(str(row.counts.get(name, "—")) for name in names)


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
