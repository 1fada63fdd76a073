"""One's own second factors: passkeys, an app of one-time codes, recovery codes."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.accounts import (
    actions,
    one_time_codes,
    passkeys,
    passwords,
    policy,
    queries,
)
from armstrace.audit import keys
from armstrace.translation import translate
from armstrace.vocabulary.accounts import FactorKind
from armstrace.vocabulary.errors import InvalidInput
from armstrace.web import access, acting, asking
from armstrace.web.drawing import qr
from armstrace.web.sign_in import forms

NEW_APP = "new_app_of_codes"


@access.staff_view
def factors(request: access.Request) -> HttpResponse:
    """Show what one signs in with, and what is still missing."""
    return _shown(request)


@access.staff_act
def new_passkey_options(request: access.Request) -> JsonResponse:
    """Say what the browser is to ask of a device that makes a passkey."""
    viewer = request.viewer
    known = queries.own_passkeys(viewer=viewer)
    question = passkeys.ask_for_new(asking.site_of(request), viewer.name, known)
    return asking.send(request, question)


@access.staff_act
def add_passkey(request: access.Request) -> HttpResponse:
    """Keep the passkey that the browser has made."""
    try:
        actions.add_passkey(
            label=request.POST.get("label", ""),
            answer=asking.answer_in(request),
            **request.how,
        )
    except InvalidInput as error:
        messages.error(request, translate(error))
        return _shown(request, status=422)
    messages.success(request, gettext("Passkey added."))
    return redirect("own-factors")


@access.staff_view
def set_up_codes(request: access.Request) -> HttpResponse:
    """Show the secret for an app, and keep it once the app gives its code."""
    about = f"new one-time codes of {request.viewer.name}"
    form = forms.CodeForm(acting.sent(request))
    sealed = request.session.get(NEW_APP, "")
    if request.method != "POST" or not sealed:
        sealed = keys.seal(one_time_codes.new_secret(), about)
        request.session[NEW_APP] = sealed
    secret = keys.unseal(sealed, about)

    def add() -> None:
        actions.add_one_time_codes(
            secret=secret, code=form.cleaned_data["code"], **request.how
        )

    if acting.is_done(request, form, add):
        del request.session[NEW_APP]
        messages.success(request, gettext("One-time codes are set up."))
        return redirect("own-factors")
    context = {
        "secret": one_time_codes.spelt(secret),
        "code": qr.draw(one_time_codes.address_of(secret, request.viewer.name)),
    }
    return acting.show(request, "sign_in/one_time_codes.html", form, context)


@access.staff_act
def make_recovery_codes(request: access.Request) -> HttpResponse:
    """Make new recovery codes; they are shown once, on this page."""
    codes = passwords.new_recovery_codes()
    actions.make_recovery_codes(codes=codes, **request.how)
    return render(request, "sign_in/recovery_codes.html", {"codes": codes})


@access.staff_act
def remove(request: access.Request, factor_id: int) -> HttpResponse:
    """Remove one of one's own factors."""
    actions.remove_factor(factor_id=factor_id, **request.how)
    messages.success(request, gettext("It can no longer be used to sign in."))
    return redirect("own-factors")


def _shown(request: access.Request, status: int = 200) -> HttpResponse:
    found = queries.own_factors(viewer=request.viewer)
    by_kind: dict[str, list[queries.FactorRow]] = {kind: [] for kind in FactorKind}
    for row in found.rows:
        by_kind[row.kind].append(row)
    context = {
        "factors": found,
        "passkeys": by_kind[FactorKind.PASSKEY],
        "apps": by_kind[FactorKind.ONE_TIME_CODES],
        "is_asked": policy.asks_second_factor(request.viewer.role),
        "takes_app": policy.takes_app(),
        "carries_passkeys": asking.site_of(request).can_carry,
    }
    return render(request, "sign_in/factors.html", context, status=status)
