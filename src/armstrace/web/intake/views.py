"""Intake: choose a file, see how it is understood, load it, follow it."""

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.intake import file_names, queries, reports
from armstrace.intake.actions import loading, profiles
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.profiles.drafts import profile_text
from armstrace.intake.profiles.propose import Proposal
from armstrace.jobs import tasks
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.paging import PageRequest
from armstrace.web import access
from armstrace.web.intake import forms, incoming, notices, presenters
from armstrace.web.lists import exports


@access.staff_view
def intake(request: access.Request) -> HttpResponse:
    """Take a file in; list the files that were loaded."""
    may_load = request.viewer.may("intake.load")
    names = [one.name for one in queries.profiles(viewer=request.viewer)]
    form = forms.FileForm(
        names,
        request.POST or None,
        request.FILES or None,
        initial={"profile": request.GET.get("profile", "")},
    )
    if request.method == "POST":
        request.viewer.require("intake.load")
        if form.is_valid():
            token = incoming.keep(request, form.cleaned_data["file"])
            kind, profile = (form.cleaned_data[n] for n in ("kind", "profile"))
            return redirect(presenters.file_address(token, kind, profile))
    context = {
        "form": form,
        "may_load": may_load,
        "columns": notices.COLUMNS if request.viewer.may("trade.notify") else {},
        "events": notices.EVENTS,
        "batches": [
            presenters.batch(one)
            for one in queries.batches(viewer=request.viewer, page=PageRequest()).rows
        ],
        "open_held": queries.open_held_count(viewer=request.viewer),
    }
    return render(request, "intake/intake.html", context)


@access.staff_who("intake.load")
def file(request: access.Request, token: str) -> HttpResponse:
    """Show how a file is understood and what would become of its rows."""
    sent = incoming.open_incoming(request, token)
    kind = presenters.kind_of(request.GET.get("kind", ""))
    if "change" in request.GET:
        return _propose(request, token, kind)
    found = queries.understanding(
        sent, viewer=request.viewer, kind=kind, name=request.GET.get("profile", "")
    )
    if found.profile is None:
        return _propose(request, token, kind)
    seen = queries.preview(sent, found.profile, **request.asking)
    context = presenters.preview(seen) | {
        "token": token,
        "profile": found.profile,
        "said": found.remarks,
    }
    return render(request, "intake/preview.html", context)


def _propose(
    request: access.Request, token: str, kind: IntakeKind | None
) -> HttpResponse:
    sent = incoming.open_incoming(request, token)
    proposal = queries.proposal(sent, viewer=request.viewer, kind=kind)
    is_look = "look" in request.POST
    form = forms.ProfileForm(
        proposal,
        None if is_look else request.POST or None,
        initial=request.POST.dict() if is_look else _whose(request, sent, proposal),
    )
    refused = queries.refusal_of(proposal.kind, viewer=request.viewer)
    if request.method == "POST" and not is_look and refused is not None:
        form.add_error(None, translate(refused))
    elif request.method == "POST" and not is_look and form.is_valid():
        try:
            saved = profiles.save_profile(
                text=profile_text(proposal, form.draft()),
                reason=gettext("made for %(file)s") % {"file": sent.name},
                **request.how,
            )
        except InvalidInput as error:
            form.add_error(None, translate(error))
        else:
            messages.success(request, gettext("Profile saved."))
            address = presenters.file_address(token, proposal.kind.value, saved.name)
            return redirect(address)
    context = {
        "form": form,
        "file": sent,
        "token": token,
        "proposal": proposal,
        "kinds": presenters.kinds(),
        "refused": None if form.errors else refused,
    }
    return render(request, "intake/propose.html", context)


def _whose(
    request: access.Request, file: IncomingFile, proposal: Proposal
) -> dict[str, str]:
    """Give whose records a file states, where more than its name says it."""
    try:
        found = queries.whose(file, proposal, **request.asking)
    except InvalidInput:  # several may be; whoever sends the file names one
        return {}
    is_known = found.source != file_names.name_of(file.name)
    return {"source": found.source if is_known else "", "register": found.register}


@access.staff_act_who("intake.load")
def propose(request: access.Request, token: str, kind: str) -> HttpResponse:
    """Save how the columns of an unknown file are understood."""
    return _propose(request, token, presenters.kind_named(kind))


@access.staff_act
def load(request: access.Request, token: str) -> HttpResponse:
    """Begin to load a file; it goes on by itself."""
    sent = incoming.open_incoming(request, token)
    profile = queries.profile_for(
        sent, viewer=request.viewer, kind=None, name=request.POST.get("profile", "")
    )
    if profile is None:
        return redirect(presenters.file_address(token, ""))
    batch = loading.begin_batch(file=sent, profile=profile, **request.how)
    tasks.enqueue(batch.job_id, **request.how)
    return redirect("batch", batch.pk)


@access.staff_view
def batch(request: access.Request, batch_id: int) -> HttpResponse:
    """Show how far a load has come, or how it ended."""
    card = queries.batch(batch_id, viewer=request.viewer)
    shown = presenters.batch(card)
    context = {
        "batch": shown,
        "job": shown.job,
        "may_run": request.viewer.may("intake.load"),
        "names_persons": card.names_persons and request.viewer.may("holder.view"),
    }
    if not access.wants_part(request):
        return render(request, "intake/batch.html", context)
    response = render(request, "intake/progress.html", context)
    if not shown.job.is_going:  # the state and the classes stand outside this part
        response["HX-Refresh"] = "true"
    return response


@access.staff_act_who("intake.load")
def go_on(request: access.Request, batch_id: int) -> HttpResponse:
    """Go on with a load that was cut off."""
    record = queries.batch_record(batch_id, viewer=request.viewer)
    tasks.enqueue(record.job_id, **request.how)
    return redirect("batch", batch_id)


@access.staff_view
def report(request: access.Request, batch_id: int) -> HttpResponseBase:
    """Send the held rows as a file to mend and load again."""
    return _send(request, batch_id, "held", reports.held_report_rows)


@access.staff_view
def every_row(request: access.Request, batch_id: int) -> HttpResponseBase:
    """Send every row of the file with what became of it."""
    return _send(request, batch_id, "rows", reports.report_rows)


def _send(
    request: access.Request,
    batch_id: int,
    name: str,
    report_rows: Callable[..., Iterator[list[str]]],
) -> HttpResponseBase:
    record = queries.batch_record(batch_id, viewer=request.viewer)
    reason = request.POST.get("reason", "")
    rows = report_rows(record, **request.asking, reason=reason, say=translate)
    return exports.as_csv(f"{name}-{batch_id}", next(rows), rows)
