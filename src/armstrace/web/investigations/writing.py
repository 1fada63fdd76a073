"""Acts on a case and its entries: one form each, made of what the act asks."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.evidence import queries as evidence
from armstrace.investigations import queries
from armstrace.investigations.actions import ending, entries, membership, opening
from armstrace.investigations.inputs import CaseInput
from armstrace.investigations.queries import CasePage
from armstrace.licensing.inputs import FileInput
from armstrace.procedures.actions import cases
from armstrace.records import jurisdiction
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.investigations import CaseState, EntryKind
from armstrace.web import access, acting, fields, files, record_numbers
from armstrace.web.investigations import forms, kinds, presenters
from armstrace.web.lists import exports


@access.staff_view
def act(request: access.Request, case_id: int, slug: str) -> HttpResponse:
    """Do one act on a case; what is refused keeps what was typed."""
    asked = acting.of_address(kinds.ACTS, slug)
    request.viewer.require(asked.grant)
    page = queries.case_page(case_id, viewer=request.viewer)
    form = _act_form(request, page, slug)
    if acting.is_done(request, form, lambda: _do(request, page, slug, form)):
        messages.success(request, gettext("Saved."))
        return _to_case(case_id, asked.tab)
    context: dict[str, object] = {"verb": asked.verb, "intro": asked.intro}
    if slug == "close":
        context["left_open"] = queries.open_entries(case_id, viewer=request.viewer)
    return _form_page(request, page, form, context | {"today": request.today})


def _act_form(request: access.Request, page: CasePage, slug: str) -> forms.ActForm:
    case = page.case
    initial = {
        "title": case.title,
        "aims": case.aims,
        "main_case": case.main_case,
        "lead": case.lead,
        "seen": page.changes[0].seen,
    }
    form = forms.ActForm(acting.sent(request), initial=initial).only(
        *kinds.ACTS[slug].asks
    )
    if slug == "add-items":
        form.fields["recovery_ids"].required = True
    people = queries.colleagues(viewer=request.viewer)
    members = [one.person for one in page.members]
    within = [(name, people.get(name) or name) for name in members]
    outside = [one for one in fields.people(people) if one[0] not in members]
    fields.offer(form, "lead", within or [("", "—")])
    fields.offer(form, "person", outside if slug == "add-member" else within)
    fields.offer(form, "item", ((i.recovery_id, i.reference) for i in page.items))
    if slug == "close":
        form.ask_outcome(case.aims)
    return form


def _do(
    request: access.Request, page: CasePage, slug: str, form: forms.ActForm
) -> None:
    said = form.cleaned_data
    how: dict[str, Any] = {"case_id": page.case.pk, **request.how}
    why = {name: said[name] for name in ("reason", "person", "seen") if name in said}
    match slug:
        case "correct":
            opening.correct_case(given=form.build(CaseInput), **why, **how)
        case "add-items":
            cases.add_items(recovery_ids=said["recovery_ids"], **how)
        case "remove-item":
            cases.remove_item(recovery_id=said["item"], **why, **how)
        case "close":
            ending.close_case(given=form.outcome(), **how)
        case "reopen":
            ending.reopen_case(**why, **how)
        case "add-member":
            membership.add_member(**why, **how)
        case "remove-member":
            membership.remove_member(**why, **how)
        case _:
            cases.seal_case(is_sealed=slug == "seal", **why, **how)


@access.staff_view
def add(request: access.Request, case_id: int, slug: str) -> HttpResponse:
    """Write an entry of one kind into a case."""
    asked = acting.of_address(kinds.ENTRIES, slug)
    request.viewer.require("case.work")
    page = queries.case_page(case_id, viewer=request.viewer)
    form = _entry_form(request, page, asked)

    def write(file: FileInput | None) -> int:
        given = form.given(asked.kind, file)
        made = entries.add_entry(case_id=case_id, given=given, **request.how)
        return made.number

    made = acting.result_of(request, form, partial(_each, form, write))
    if made:
        messages.success(request, gettext("Saved."))
        if asked.kind is EntryKind.CHARGE:
            return redirect("case-entry", case_id, made)
        return _to_case(case_id, asked.tab, made)
    return _form_page(request, page, form, {"verb": asked.verb})


def _each[T](form: forms.EntryForm, write: Callable[[FileInput | None], T]) -> T:
    """Write an entry for each file, or one without a file."""
    if not form.cleaned_data.get("file"):
        return write(None)
    return files.hand_in(form, write)[-1]


@access.staff_view
def entry(request: access.Request, case_id: int, number: int) -> HttpResponse:
    """Show one entry with its history, and correct it."""
    viewer = request.viewer
    page = queries.case_page(case_id, viewer=viewer)
    versions = queries.entry_history(case_id, number, viewer=viewer)
    now = versions[0]
    asked = kinds.ENTRIES[now.kind.lower()]
    form = _entry_form(request, page, asked, presenters.first_values(now))

    def correct(file: FileInput | None) -> None:
        viewer.require("case.work")
        entries.correct_entry(
            case_id=case_id,
            number=number,
            given=form.given(asked.kind, file),
            reason=form.cleaned_data["reason"],
            **request.how,
        )

    if acting.is_done(request, form, partial(_each, form, correct)):
        messages.success(request, gettext("Saved."))
        return _to_case(case_id, asked.tab, number)
    may_finish = viewer.may("case.work") and not now.is_withdrawn
    may_work = viewer.may("case.work") and page.case.state == CaseState.OPEN
    context = {
        "verb": gettext("Correct"),
        "now": now,
        "versions": versions,
        "may_finish": may_finish and now.due_on and not now.done_on,
        "may_change": may_work and not now.is_withdrawn,
        "may_undo": may_work and len(versions) > 1,
        "today": request.today,
    } | presenters.entries(
        queries.entries_of(case_id, viewer=viewer, kinds=(EntryKind.SUBJECT,)), ()
    )
    return _form_page(request, page, form, context, "investigations/entry.html")


@access.staff_who("case.work")
def add_to(request: access.Request, case_id: int, number: int) -> HttpResponse:
    """Name more persons, things and recoveries in an entry that stands."""
    page = queries.case_page(case_id, viewer=request.viewer)
    now = queries.entry_history(case_id, number, viewer=request.viewer)[0]
    asked = kinds.EntryPage(EntryKind(now.kind), "timeline", "", kinds.NEW, {}, ())
    form = _entry_form(request, page, asked)

    def do() -> None:
        entries.add_to_entry(
            case_id=case_id,
            number=number,
            given=form.given(asked.kind),
            **request.how,
        )

    if acting.is_done(request, form, do):
        messages.success(request, gettext("Saved."))
        return _to_case(case_id, kinds.ENTRIES[now.kind.lower()].tab, number)
    intro = gettext("It takes the source and the handling code of entry %(number)s.")
    context = {"verb": gettext("Add"), "intro": intro % {"number": number}}
    return _form_page(request, page, form, context)


@access.staff_act
def undo(request: access.Request, case_id: int, number: int) -> HttpResponse:
    """Take back the last change of an entry."""
    entries.undo_entry(
        case_id=case_id,
        number=number,
        reason=request.POST.get("reason", ""),
        seen=record_numbers.key_of(request.POST.get("seen", "")),
        **request.how,
    )
    messages.success(request, gettext("Undone; the history shows both versions."))
    return redirect("case-entry", case_id, number)


@access.staff_act
def withdraw(request: access.Request, case_id: int, number: int) -> HttpResponse:
    """Take back an entry."""
    entries.withdraw_entry(
        case_id=case_id,
        number=number,
        reason=request.POST.get("reason", ""),
        **request.how,
    )
    messages.success(request, gettext("Entry withdrawn; its history stays."))
    return redirect("case-entry", case_id, number)


@access.staff_act
def finish(request: access.Request, case_id: int, number: int) -> HttpResponse:
    """Say that a task is done, or a deadline met."""
    given = request.POST.get("done_on", "")
    try:
        done_on = date.fromisoformat(given) if given else request.today
    except ValueError as error:
        raise InvalidInput(gettext("Write the day as 2026-03-01.")) from error
    entries.finish_task(
        case_id=case_id,
        number=number,
        done_on=done_on,
        note=request.POST.get("note", ""),
        **request.how,
    )
    messages.success(request, gettext("Saved."))
    return _to_case(case_id, "work")


@access.staff_view
def document(request: access.Request, case_id: int, number: int) -> HttpResponseBase:
    """Send the file of a document; the ledger keeps who opened it."""
    viewer = request.viewer
    entry = queries.entry_history(case_id, number, viewer=viewer)[0]
    if entry.file is None:
        raise Http404
    opened = evidence.open_file(
        entry.file.sha256, folder=settings.MEDIA_ROOT, of=entry.case, **request.asking
    )
    name = f"C{case_id}-{number}"
    return exports.attach(opened.content, name, opened.media_type)


def _entry_form(
    request: access.Request,
    page: CasePage,
    asked: kinds.EntryPage,
    first: dict[str, Any] | None = None,
) -> forms.EntryForm:
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.EntryForm(*given, initial=first or presenters.beginnings(request))
    if first:
        # A correction is one version of one entry.
        form.fields["file"].widget.attrs.pop("multiple", None)
        form.fields["file"].help_text = ""
    found = queries.entries_of(page.case.pk, viewer=request.viewer)
    named = [
        (one.number, f"{one.number} {one.text}") for one in found if one.subject_kind
    ]
    # What is named already stays so, where these eyes may not read it too.
    hidden = set(first["mentions"]) - {number for number, _ in named} if first else ()
    fields.offer(form, "mentions", [*named, *((each, each) for each in hidden)])
    fields.suggest(form, "recovery_ids", (item.reference for item in page.items))
    law = jurisdiction.profile().offences_on(request.today)
    fields.offer(form, "offence", ((o.code, presenters.offence(o)) for o in law))
    left = {"new_kind", "new_text", "new_role"} if first else set()
    left |= set() if named or hidden else {"mentions"}
    asks = [name for name in asked.asks if name not in left]
    form.only("seen", *asks, *(("reason",) if first else ()))
    if first and asked.kind is EntryKind.CHARGE:
        borne = presenters.evidence(page, found, first)
        form.ask_elements(str(first["offence"]), first["on"], borne)
    asks += [name for name in form.fields if name.startswith("element_")]
    form.order_fields(["seen", *asks, "reason"])
    for name in asked.named.keys() & form.fields.keys():
        form.fields[name].label = asked.named[name]  # type: ignore[assignment]
    for name in asked.needs:
        form.fields[name].required = True
    return form


def _form_page(
    request: access.Request,
    page: CasePage,
    form: fields.DeskForm,
    context: Mapping[str, object],
    template: str = "investigations/form.html",
) -> HttpResponse:
    shown = {**context, "page": page, "case": page.case}
    return acting.show(request, template, form, shown)


def _to_case(case_id: int, tab: str, number: int | None = None) -> HttpResponse:
    """Go back to a part of the case, to the entry where one was written."""
    if not tab:
        return redirect("case", case_id)
    place = f"#entry-{number}" if number else ""
    return redirect(reverse("case-part", args=[case_id, tab]) + place)
