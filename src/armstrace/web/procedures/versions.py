"""Versions of procedures: read, edit, try on a past year, put into use, take back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from armstrace.analysis.procedures import checking, reading
from armstrace.analysis.procedures.simulating import WAIVERS_EXPECTED
from armstrace.procedures import queries
from armstrace.procedures.actions import changing
from armstrace.procedures.rules import PUT_BY_ANOTHER
from armstrace.records import jurisdiction
from armstrace.translation import translate
from armstrace.web import access, acting, fields, record_numbers
from armstrace.web.lists import exports
from armstrace.web.procedures import editor, forms, presenters


@access.staff_view
def procedure_list(request: access.Request) -> HttpResponse:
    """List the versions and the changes; take a version from a file."""
    form = forms.FileForm(acting.sent(request), request.FILES or None)
    if request.method == "POST":
        request.viewer.require("procedure.keep")
    sent = acting.result_of(request, form, form.values)
    told = None if sent is None else _check(request, form, sent)
    if isinstance(told, HttpResponse):
        return told
    context = {
        "preview": told,
        "versions": queries.procedure_versions(viewer=request.viewer),
        "changes": queries.procedure_changes(viewer=request.viewer),
        "may_keep": request.viewer.may("procedure.keep"),
    }
    return acting.show(request, "procedures/list.html", form, context)


@access.staff_view
def procedure(request: access.Request, version_id: int) -> HttpResponse:
    """Show one version as a table and a flow, and what putting it into use does."""
    viewer = request.viewer
    row = queries.procedure_version(version_id, viewer=viewer)
    may_keep = viewer.may("procedure.keep")
    sent = request.GET if "year" in request.GET else None
    year = forms.YearForm(sent, initial={"year": request.today.year - 1})
    context = {
        "row": row,
        "procedure": row.version.procedure,
        "triggers": presenters.triggers(row.version.procedure),
        "flow": presenters.flow(row.version.procedure),
        "may_keep": may_keep,
        "may_simulate": viewer.may("procedure.supervise"),
        "year": year,
    }
    if may_keep and not row.is_in_use:
        proposed = row.version.procedure
        context["preview"] = queries.preview_change(proposed, viewer=viewer)
        asks_two = jurisdiction.profile().asks_two_for_procedures(request.today)
        if asks_two and row.version.kept_by == viewer.name:
            context["refusal"] = PUT_BY_ANOTHER.message
    if context["may_simulate"] and year.is_valid():
        context["simulation"] = queries.simulate(
            row.version.procedure,
            year=year.cleaned_data["year"],
            viewer=viewer,
            at=request.at,
        )
        context["why"] = translate(WAIVERS_EXPECTED)
        context["unmanned"] = queries.steps_without_people(
            row.version.procedure, viewer=viewer
        )
    return acting.show(request, "procedures/page.html", year, context)


@access.staff_view
def file(request: access.Request, version_id: int) -> HttpResponse:
    """Hand a version over as a file."""
    row = queries.procedure_version(version_id, viewer=request.viewer)
    name = f"{row.version.code}-{row.version.number}.toml"
    written = reading.write(row.version.content)
    return exports.attach(written, name, "application/toml")


@access.staff_act_who("procedure.keep")
def use(request: access.Request, version_id: int) -> HttpResponse:
    """Put a version into use, as it was previewed."""
    change = changing.use_version(
        version_id=version_id,
        gaining=record_numbers.key_of(request.POST.get("gaining", "")),
        **request.how,
    )
    said = ngettext(
        "The version is in use; %(count)s open recovery gained steps.",
        "The version is in use; %(count)s open recoveries gained steps.",
        change.gained,
    )
    messages.success(request, said % {"count": change.gained})
    return redirect("procedures")


@access.staff_act_who("procedure.keep")
def revert(request: access.Request, change_id: int) -> HttpResponse:
    """Take the last change back."""
    changing.revert_change(
        change_id=change_id, reason=request.POST.get("reason", ""), **request.how
    )
    messages.success(request, gettext("Change reverted."))
    return redirect("procedures")


@access.staff_who("procedure.keep")
def edit(request: access.Request) -> HttpResponse:
    """Edit a procedure in a form; nothing is kept that has a fault."""
    values = reading.load_shipped()
    if began := record_numbers.key_of(request.GET.get("from", "")):
        row = queries.procedure_version(began, viewer=request.viewer)
        number = row.version.number
        following = str(int(number) + 1) if number.isdecimal() else ""
        values = row.version.content | {"version": following}
    desk = editor.Editor(values, acting.sent(request))
    told = None
    if request.method == "POST" and desk.is_valid():
        told = _check(request, desk.head, desk.values())
        if isinstance(told, HttpResponse):
            return told
    context = {"desk": desk, "preview": told}
    return render(request, "procedures/edit.html", context, status=desk.status)


def _check(
    request: access.Request, form: fields.DeskForm, values: reading.Plain
) -> HttpResponse | queries.Preview | None:
    """Say each fault of a procedure, else what it would change; keep it if asked."""
    found = checking.faults(values)
    for fault in found:
        form.add_error(None, translate(fault))
    if found:
        return None
    by, at = request.viewer, request.at
    if "keep" in request.POST:
        made = acting.result_of(
            request, form, lambda: changing.keep_version(values=values, by=by, at=at)
        )
        if made is not None:
            messages.success(request, gettext("Version saved."))
            return redirect("procedure", made.pk)
    return queries.preview_change(reading.read(values), viewer=by)
