"""Agencies: add, rename, close and open again."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.accounts import actions, queries
from armstrace.registry.queries import trading
from armstrace.translation import translate
from armstrace.vocabulary.errors import ArmstraceError, NotFound, RuleBroken
from armstrace.web import access, acting, fields
from armstrace.web.administration import account_forms

ACTS: dict[str, tuple[Callable[..., object], type[forms.Form]]] = {
    "rename": (actions.rename_agency, account_forms.RenameForm),
    "close": (actions.close_agency, fields.ReasonForm),
    "open": (actions.open_agency, fields.ReasonForm),
}


@access.staff_view
def agency_list(request: access.Request) -> HttpResponse:
    """List the agencies; add one."""
    if request.method == "POST":
        request.viewer.require("account.manage")
    form = account_forms.AgencyForm(acting.sent(request))
    if acting.is_done(
        request,
        form,
        lambda: actions.create_agency(**form.cleaned_data, **request.how),
    ):
        messages.success(request, gettext("Agency added."))
        return redirect("agencies")
    return _shown(request, form, status=acting.status_of(form))


@access.staff_act_who("account.manage")
def do(request: access.Request, agency_id: int, act: str) -> HttpResponse:
    """Rename, close or open an agency; a refusal is said above the list."""
    found = {one.id: one for one in queries.agencies(viewer=request.viewer)}
    if act not in ACTS or agency_id not in found:
        raise NotFound(gettext("There is no such agency; look at the list again."))
    run, asked = ACTS[act]
    form = asked(request.POST)
    if not form.is_valid():
        said = gettext("Write the reason, and the name where it changes.")
        return _shown(request, account_forms.AgencyForm(), said=said, status=422)
    try:
        run(code=found[agency_id].code, **form.cleaned_data, **request.how)
    except RuleBroken as refusal:
        access.write_down(request, refusal)
        return _refuse(request, refusal)
    messages.success(request, gettext("Saved."))
    return redirect("agencies")


def _refuse(request: access.Request, refusal: ArmstraceError) -> HttpResponse:
    form = account_forms.AgencyForm()
    return _shown(request, form, said=translate(refusal), status=409)


def _shown(
    request: access.Request,
    form: account_forms.AgencyForm,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    changes: dict[str, list[queries.ChangeRow]] = {}
    for code, change in queries.agency_changes(viewer=request.viewer):
        changes.setdefault(code, []).append(change)
    whose = trading.holders_by_agency(viewer=request.viewer)
    rows = [
        {
            "agency": one,
            "reports_for": whose.get(one.code, ""),
            "changes": changes.get(one.code, ()),
            "rename": account_forms.RenameForm(
                auto_id=f"rename-{one.id}-%s",
                initial={"name": one.name, "telephone": one.telephone},
            ),
            "reason": fields.ReasonForm(auto_id=f"state-{one.id}-%s"),
        }
        for one in queries.agencies(viewer=request.viewer)
    ]
    context = {
        "rows": rows,
        "form": form,
        "said": said,
        "may_manage": request.viewer.may("account.manage"),
    }
    return render(request, "administration/agencies.html", context, status=status)
