"""The proof of the ledger: as a job, of one entry, and against a kept checkpoint."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from armstrace.audit import checkpoints, inclusion, keys
from armstrace.audit import queries as audit
from armstrace.jobs import proving, tasks
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput
from armstrace.web import access, jobs
from armstrace.web.audit import forms, presenters
from armstrace.web.lists import exports


@access.staff_view
def proof(request: access.Request) -> HttpResponse:
    """Show the last proof of the ledger and how far the present one has come."""
    return _show(request)


@access.staff_act
def begin(request: access.Request) -> HttpResponse:
    """Begin to prove the ledger; it goes on by itself."""
    job = proving.begin(**request.how)
    tasks.enqueue(job, **request.how)
    return redirect("ledger-proof")


@access.staff_view
def entry(request: access.Request, seq: int) -> HttpResponse:
    """Show one entry, whole, with the proof that it stands in the ledger."""
    found = inclusion.entry(seq, **request.asking)
    context = {"entry": found, "told": presenters.entry_told(found.told)}
    return render(request, "audit/entry.html", context)


@access.staff_act_who("ledger.verify")
def checkpoint(request: access.Request) -> HttpResponse:
    """Sign the ledger as it stands, and send the note to be kept elsewhere."""
    note = checkpoints.sign_checkpoint(signer=keys.signer(keys.folder()), at=request.at)
    name = f"checkpoint-{request.at:%Y-%m-%d-%H%M}.txt"
    return exports.attach(note, name, "text/plain; charset=utf-8")


@access.staff_act
def compare(request: access.Request) -> HttpResponse:
    """Compare the ledger with a checkpoint that somebody outside kept."""
    form = forms.NoteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form)
    try:
        found = inclusion.compare(form.cleaned_data["note"], viewer=request.viewer)
    except InvalidInput as error:
        form.add_error("note", translate(error))
        return _show(request, form)
    if found.is_kept:
        done = ngettext(
            "The ledger is consistent with the checkpoint: %(size)s entry agrees.",
            "The ledger is consistent with the checkpoint: %(size)s entries agree.",
            found.size,
        )
        messages.success(request, done % {"size": found.size})
        return redirect("ledger-proof")
    return _show(request, form, contradicts=True)


def _show(
    request: access.Request,
    form: forms.NoteForm | None = None,
    *,
    contradicts: bool = False,
) -> HttpResponse:
    last = proving.last(viewer=request.viewer)
    address = reverse("ledger-proof")
    context = {
        "ledger": audit.standing(viewer=request.viewer),
        "may_read": request.viewer.may("ledger.view"),
        "may_run": True,
        "found": last,
        "job": jobs.present(last.job, address=address) if last else None,
        "form": form or forms.NoteForm(),
        "contradicts": contradicts,
    }
    if access.wants_part(request):
        return render(request, "audit/progress.html", context)
    return render(request, "audit/proof.html", context)
