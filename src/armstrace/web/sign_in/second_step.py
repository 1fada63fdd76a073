"""The second step of a sign-in, and a sign-in by passkey alone."""

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from armstrace.accounts import (
    actions,
    actors,
    backends,
    known_browsers,
    lock_out,
    passkeys,
    policy,
    queries,
)
from armstrace.accounts.session_store import PENDING
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import ArmstraceError, InvalidInput
from armstrace.web import access, asking, proving
from armstrace.web.sign_in import forms

if TYPE_CHECKING:
    from armstrace.accounts.models import User

# Seconds between the passphrase and the second factor.
PENDING_LASTS = 600


def begin(request: HttpRequest, user: "User", goal: str) -> HttpResponse:
    """Keep that the passphrase was right, and ask for the second factor."""
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "proof": _proof_of(user),
        "name": user.name,
        "at": int(time.time()),
        "goal": goal,
    }
    return redirect("second-step")


def open_session(request: HttpRequest, user: "User", goal: str) -> HttpResponse:
    """Open the session and go on; several purposes lead to the choice of one."""
    request.session.pop(PENDING, None)
    _log_in(request, user)
    request.session[proving.PROVEN] = int(time.time())
    viewer = access.viewer_of(request)
    try:
        actions.record_sign_in(user=user, by=viewer, at=timezone.now())
    except InvalidInput as error:
        auth.logout(request)
        messages.error(request, translate(error))
        return redirect("sign-in")
    if len(policy.PURPOSES[viewer.role]) > 1:
        is_asked = urlsplit(goal).path == reverse("purpose")
        goal = goal if is_asked else reverse("purpose", query={"next": goal})
    elif leads_back(goal):
        goal = reverse("today")
    opened = redirect(goal)
    known_browsers.remember(request, opened, lock_out.digest_of(user.name))
    return opened


def leads_back(goal: str) -> bool:
    """Tell whether an address is a door, which opens nothing once one is in."""
    doors = ("sign-in", "second-step", "sign-out", "purpose")
    return urlsplit(goal).path in map(reverse, doors)


def _log_in(request: HttpRequest, user: "User") -> None:
    """Log in, and leave the forms their token that another window keeps meanwhile.

    The session gets a new key all the same, and what another site sends is refused by
    its origin, whatever token it bears.
    """
    token = request.META.get("CSRF_COOKIE")
    auth.login(request, user, backends.PASSPHRASE)
    if token:
        request.META["CSRF_COOKIE"] = token


def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for a passkey or a code of the person whose passphrase was right."""
    person = _waiting(request)
    if person is None:
        return redirect("sign-in")
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST":
        user = _proven(request, person, form)
        if user is not None:
            return open_session(request, user, request.session[PENDING]["goal"])
        actions.record_failed_sign_in(
            name=person.name,
            is_locked=getattr(request, "axes_locked_out", False),
            by=actors.system_actor(),
            at=timezone.now(),
        )
    factors = queries.own_factors(viewer=person)
    form.fields["code"].help_text = (
        gettext("Six digits from your app, or one of your recovery codes.")
        if factors.held.has_app
        else gettext("One of your recovery codes.")
    )
    site = asking.site_of(request)
    shown = {
        "form": form,
        "name": person.name,
        "has_passkey": factors.held.passkeys > 0 and site.can_carry,
        "is_elsewhere": factors.held.passkeys > 0 and not site.can_carry,
    }
    status = 422 if form.errors else 200
    return render(request, "sign_in/second_step.html", shown, status=status)


@require_POST
def passkey_options(request: HttpRequest) -> JsonResponse:
    """Say what the browser is to ask a device for; of a known person, for theirs."""
    is_in = request.user.is_authenticated
    person = access.viewer_of(request) if is_in else _waiting(request)
    known = queries.own_passkeys(viewer=person) if person else []
    return asking.send(request, passkeys.ask_for_one(asking.site_of(request), known))


@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by a passkey alone: the device has checked the person."""
    answer = asking.answer_in(request)
    try:
        user = actions.use_passkey(
            answer=answer, by=actors.system_actor(), at=timezone.now()
        )
        asking.spend(answer)
    except ArmstraceError as error:
        actions.record_failed_sign_in(
            name=answer.credential_id,
            is_locked=False,
            by=actors.system_actor(),
            at=timezone.now(),
        )
        messages.error(request, translate(error))
        return redirect("sign-in")
    return open_session(request, user, _goal(request))


def _proven(request: HttpRequest, person: Actor, form: forms.CodeForm) -> "User | None":
    """Give who it is, where a passkey or a code proves it; else say why not."""
    if request.POST.get("credential"):
        try:
            answer = asking.answer_in(request)
            return actions.use_passkey(answer=answer, by=person, at=timezone.now())
        except ArmstraceError as error:
            form.errors.clear()
            form.add_error(None, translate(error))
            return None
    if not form.is_valid():
        return None
    code = form.cleaned_data["code"]
    user = auth.authenticate(
        request, username=person.name, code=code, at=timezone.now()
    )
    if user is None:
        is_locked = getattr(request, "axes_locked_out", False)
        form.add_error("code", forms.LOCKED if is_locked else forms.WRONG_CODE)
    return user


def _waiting(request: HttpRequest) -> Actor | None:
    """Give whose passphrase was right a while ago; None where that is over."""
    pending = request.session.get(PENDING)
    if pending is None or time.time() - pending["at"] > PENDING_LASTS:
        return None
    try:
        user = queries.user_named(pending["name"], viewer=actors.system_actor())
        actor = actors.actor_for(user)
    except ArmstraceError:  # closed meanwhile
        return None
    is_same = constant_time_compare(pending["proof"], _proof_of(user))
    return actor if is_same else None


def _proof_of(user: "User") -> str:
    """Stand for the passphrase, and for the one sign-in of a one-time one."""
    return f"{user.get_session_auth_hash()} {user.one_time_until}"


def _goal(request: HttpRequest) -> str:
    goal = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(goal, {request.get_host()})
    return goal if is_here else reverse("today")
