"""The legal profile: what is in use, what another would change, and those before."""

import hashlib

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.accounts import actions, queries
from armstrace.records import jurisdiction
from armstrace.web import access, acting, fields

LARGEST = 1_000_000


class ProfileForm(fields.DeskForm):
    """A profile from a file, an earlier one, or the one that was previewed."""

    file = fields.file(_("Profile, a TOML file"), ".toml", most=LARGEST, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    # The key of the text whose changes were shown.
    checked = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = fields.line(_("Reason"), required=False)

    def __init__(self, request: access.Request) -> None:
        super().__init__(acting.sent(request), request.FILES or None)
        is_known = self.data.get("text") or self.data.get("version")
        self.fields["file"].required = not is_known

    def text_of(self, request: access.Request) -> str:
        """Give the text that is meant."""
        given = self.cleaned_data
        if given["file"] is not None:
            content: bytes = given["file"].read()
            return content.decode("utf-8-sig", errors="replace")
        if given["version"]:
            return queries.law_version(given["version"], viewer=request.viewer).text
        return str(given["text"]).replace("\r\n", "\n")


@access.staff_who("account.view")
def legal_profile(request: access.Request) -> HttpResponse:
    """Show the profile; preview another one, and put it into use."""
    form = ProfileForm(request)
    if request.method == "POST":
        request.viewer.require("profile.load")
    preview = acting.result_of(request, form, lambda: _preview(request, form))
    is_seen = preview is not None and form.cleaned_data["checked"] == preview["key"]
    if is_seen and acting.is_done(request, form, lambda: _load(request, form)):
        messages.success(request, gettext("The profile is in use."))
        return redirect("legal-profile")
    if preview is not None:
        acting.refill(form, text=preview["text"], checked=preview["key"], version="")
        form.fields["reason"].required = True
    context = {
        "law": jurisdiction.profile(),
        "text": jurisdiction.text(),
        "preview": preview,
        "versions": queries.law_versions(viewer=request.viewer),
        "may_load": request.viewer.may("profile.load"),
    }
    return acting.show(request, "administration/law.html", form, context)


def _preview(request: access.Request, form: ProfileForm) -> dict[str, object]:
    text = form.text_of(request)
    return {
        "text": text,
        "key": hashlib.sha256(text.encode()).hexdigest(),
        "changes": queries.preview_profile(text, viewer=request.viewer),
    }


def _load(request: access.Request, form: ProfileForm) -> object:
    reason = form.cleaned_data["reason"]
    return actions.load_profile(
        text=form.text_of(request), reason=reason, **request.how
    )
