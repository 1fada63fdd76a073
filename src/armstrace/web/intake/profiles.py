"""Saved profiles: seen, changed, copied, deleted with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.intake import queries
from armstrace.intake.actions import profiles as actions
from armstrace.intake.profiles.editing import change_text
from armstrace.intake.profiles.schema import read_profile
from armstrace.web import access, acting
from armstrace.web.intake import forms
from armstrace.web.intake.profile_forms import ProfileEditForm


@access.staff_view
def profiles(request: access.Request) -> HttpResponse:
    """List the profiles, those that people saved first."""
    saved = queries.profiles_on_record(viewer=request.viewer)
    names = {one.name for one in saved}
    shipped = [
        one for one in queries.profiles(viewer=request.viewer) if one.name not in names
    ]
    context = {"saved": saved, "shipped": shipped}
    return render(request, "intake/profiles.html", context)


@access.staff_view
def profile(request: access.Request, name: str) -> HttpResponse:
    """Show a profile; a changed one becomes its next version, or a copy."""
    shown = queries.profile_text(name, viewer=request.viewer)
    form = forms.ProfileTextForm(acting.sent(request), initial={"text": shown.text})
    saved = acting.result_of(
        request,
        form,
        lambda: actions.save_profile(**form.cleaned_data, **request.how),
    )
    if saved is not None:
        messages.success(request, gettext("Profile saved."))
        return redirect("intake-profile", saved.name)
    return _show(request, shown, form, forms.WithdrawForm())


@access.staff_who("intake.mend")
def edit(request: access.Request, name: str) -> HttpResponse:
    """Change a profile, or copy it, by a form."""
    shown = queries.profile_text(name, viewer=request.viewer)
    profile = read_profile(shown.text, origin=name)
    form = ProfileEditForm(profile, acting.sent(request))
    return acting.answer(
        request,
        form,
        lambda: actions.save_profile(
            text=change_text(profile, form.edit()),
            reason=form.cleaned_data["reason"],
            **request.how,
        ),
        done=gettext("Profile saved."),
        to=lambda saved: reverse("intake-profile", args=[saved.name]),
        template="intake/profile_edit.html",
        shown=shown,
    )


@access.staff_act
def withdraw(request: access.Request, name: str) -> HttpResponse:
    """Delete a profile that someone saved; its text stays in its history."""
    shown = queries.profile_text(name, viewer=request.viewer)
    form = forms.WithdrawForm(request.POST)
    if not form.is_valid():
        text = forms.ProfileTextForm(initial={"text": shown.text})
        return _show(request, shown, text, form)
    reason = form.cleaned_data["reason"]
    actions.withdraw_profile(name=name, reason=reason, **request.how)
    messages.success(request, gettext("Profile deleted; its history stays."))
    return redirect("intake-profiles")


def _show(
    request: access.Request,
    shown: queries.ProfileText,
    form: forms.ProfileTextForm,
    withdraw_form: forms.WithdrawForm,
) -> HttpResponse:
    context = {
        "shown": shown,
        "form": form,
        "withdraw": withdraw_form,
        "may_load": request.viewer.may("intake.mend"),
    }
    return render(request, "intake/profile.html", context)
