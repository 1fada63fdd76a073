"""One's own account: passphrase, and where one is signed in."""

from typing import TYPE_CHECKING, cast

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.accounts import actions, queries, session_store
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput
from armstrace.web import access, acting
from armstrace.web.sign_in import forms

if TYPE_CHECKING:
    from armstrace.accounts.models import User


@access.staff_view
def account(request: access.Request) -> HttpResponse:
    """Show one's own account."""
    context = {
        "user": person_of(request),
        "sessions": queries.own_sessions(**request.asking),
        "tokens": queries.own_tokens(**request.asking),
        "factors": queries.own_factors(viewer=request.viewer),
        "here_key": session_store.digest_of(request.session.session_key or ""),
        "is_own_page": True,
    }
    return render(request, "sign_in/account.html", context)


@access.staff_view
def passphrase(request: access.Request) -> HttpResponse:
    """Choose one's own passphrase; one's other sessions end."""
    user = person_of(request)
    form = forms.PassphraseForm(acting.sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        known = auth.authenticate(
            request, username=user.name, password=given["current"]
        )
        if known is None:
            form.add_error("current", gettext("This is not your current passphrase."))
        elif _is_changed(request, form):
            messages.success(request, gettext("Passphrase changed."))
            return redirect("today" if user.one_time_until else "own-account")
    status = 422 if form.errors else 200
    context = {"form": form, "is_first": user.one_time_until is not None}
    return render(request, "sign_in/passphrase.html", context, status=status)


@access.staff_act
def end_session(request: access.Request) -> HttpResponse:
    """End one of one's own sessions."""
    actions.end_session(key=request.POST.get("key", ""), **request.how)
    messages.success(request, gettext("Session ended."))
    return redirect("own-account")


@access.staff_act
def revoke_token(request: access.Request, token_id: int) -> HttpResponse:
    """End a token that acts for one's own account."""
    actions.revoke_own_token(
        token_id=token_id, reason=request.POST.get("reason", ""), **request.how
    )
    messages.success(request, gettext("Token revoked."))
    return redirect("own-account")


def person_of(request: access.Request) -> "User":
    """Give the account that is signed in."""
    return cast("User", auth.get_user(request))


def _is_changed(request: access.Request, form: forms.PassphraseForm) -> bool:
    try:
        changed = actions.set_password(
            name=request.viewer.name, password=form.cleaned_data["new"], **request.how
        )
    except InvalidInput as error:
        form.add_error("new", translate(error))
        return False
    auth.update_session_auth_hash(request, changed)
    return True
