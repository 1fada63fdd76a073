"""Every staff page comes in through here: who, when, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial, wraps
from typing import TYPE_CHECKING, TypedDict, cast
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from armstrace.accounts import actors, policy, queries
from armstrace.audit import refusals
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.errors import (
    ArmstraceError,
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleBroken,
    SourceUnavailable,
)
from armstrace.vocabulary.messages import message
from armstrace.web import once, proving, sending_again

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from armstrace.accounts.models import User

PURPOSE_KEY = "purpose"
NO_PURPOSE = message(
    "Choose first what you work for, under your name at the top of the page; then "
    "send this again."
)
ENOUGH_KEY = "has_factors"
METHODS = ("GET", "HEAD", "POST")
# What a one-time passphrase opens: choosing one's own, and leaving.
BEFORE_A_CHOICE = frozenset({"own-passphrase", "sign-out"})
# What is open to whoever has yet to set up the second factors of the role.
BEFORE_FACTORS = BEFORE_A_CHOICE | {
    "factor-remove",
    "one-time-codes",
    "own-factors",
    "passkey-add",
    "passkey-add-options",
    "purpose",
    "recovery-codes",
}
WRITTEN_DOWN = frozenset({403, 409})
STATUS = {
    NotPermitted: 403,
    NotFound: 404,
    RuleBroken: 409,
    InvalidInput: 422,
    SourceUnavailable: 503,
}


class How(TypedDict):
    """Who acts, and when: what every action asks."""

    by: Actor
    at: datetime


class Asking(TypedDict):
    """Who asks, and when: what every query asks."""

    viewer: Actor
    at: datetime


class Request(HttpRequest):
    """A request whose sender is known.

    Attributes:
        how: Both, as actions take them.
        asking: Both, as queries take them.
        today: The country's day.
    """

    viewer: Actor
    at: datetime
    how: How
    asking: Asking
    today: date
    htmx: "HtmxDetails"


type Page = Callable[..., HttpResponseBase]


def staff_view(view: Page) -> Page:
    """Let a view be seen by signed-in staff; explain refusals on a page."""

    @wraps(view)
    def open_page(
        request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            sign_in = redirect_to_login(request.get_full_path(), "/sign-in/")
            return sending_again.answer_signed_out(request) or sign_in
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        known = cast("Request", request)
        if _must_choose_first(known):
            return redirect("own-passphrase")
        try:
            known.viewer, known.at = viewer_of(request), timezone.now()
            known.how = {"by": known.viewer, "at": known.at}
            known.asking = {"viewer": known.viewer, "at": known.at}
            known.today = timezone.localdate(known.at)
            response = _ask_first(known) or once.answer(
                known, partial(view, known, *args, **kwargs)
            )
        except ArmstraceError as error:
            response = refusal_page(request, error)
            if response.status_code in WRITTEN_DOWN and hasattr(known, "viewer"):
                write_down(known, error)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return open_page


def staff_act(view: Page) -> Page:
    """Let signed-in staff send a form to a view that has no page of its own."""
    return require_POST(staff_view(view))


def staff_who(grant: str) -> Callable[[Page], Page]:
    """Let a view be seen by signed-in staff to whom the policy grants it."""

    def hold(view: Page) -> Page:
        @wraps(view)
        def open_granted(
            request: Request, *args: object, **kwargs: object
        ) -> HttpResponseBase:
            request.viewer.require(grant)
            return view(request, *args, **kwargs)

        return staff_view(open_granted)

    return hold


def staff_act_who(grant: str) -> Callable[[Page], Page]:
    """Let staff to whom the policy grants it send a form that has no page."""
    hold = staff_who(grant)
    return lambda view: require_POST(hold(view))


def _must_choose_first(request: Request) -> bool:
    """Tell whether somebody else still knows the passphrase of this session."""
    user = cast("User", request.user)
    here = proving.page_name(request)
    return user.one_time_until is not None and here not in BEFORE_A_CHOICE


def _ask_first(request: Request) -> HttpResponse | None:
    """Let nobody work without factors, a purpose, or with a stale proof."""
    here = proving.page_name(request)
    if here not in BEFORE_FACTORS:
        if _lacks_factors(request):
            return redirect("own-factors")
        if request.viewer.is_purpose_assumed:
            return _ask_purpose(request)
    return proving.ask(request)


def _ask_purpose(request: Request) -> HttpResponse:
    """Let nobody who works for several purposes see or do anything for none."""
    if request.method == "POST":
        raise InvalidInput(NO_PURPOSE)
    here = reverse("purpose", query={"next": request.get_full_path()})
    return HttpResponseClientRedirect(here) if request.htmx else redirect(here)


def _lacks_factors(request: Request) -> bool:
    """Tell whether the role asks for second factors that are not set up.

    The session keeps that they are: what would make them too few ends it, or is
    refused (AC-06).
    """
    if not policy.asks_second_factor(request.viewer.role):
        return False
    asked = f"{request.viewer.role} {settings.SECOND_FACTORS}"
    if request.session.get(ENOUGH_KEY) == asked:
        return False
    if not queries.own_factors(viewer=request.viewer).is_enough:
        return True
    request.session[ENOUGH_KEY] = asked
    return False


def wants_part(request: Request) -> bool:
    """Tell whether only the part of the page that changes is wanted."""
    asked = request.htmx
    return bool(asked) and not asked.boosted and not asked.history_restore_request


def write_down(request: Request, error: ArmstraceError) -> None:
    """Leave what was refused in the ledger, after the act was rolled back."""
    refusals.record_refusal(
        act="page.refused",
        why=getattr(error, "rule", "") or "NOT_PERMITTED",
        **request.how,
    )


def viewer_of(request: HttpRequest) -> Actor:
    """Give the actor of a session, for the purpose that was chosen, if one was."""
    user = cast("User", request.user)
    chosen = request.session.get(PURPOSE_KEY, "")
    served = policy.PURPOSES[Role(user.role)]
    if chosen in served:
        return actors.actor_for(user, Purpose(chosen))
    return replace(actors.actor_for(user), is_purpose_assumed=len(served) > 1)


def refusal_page(request: HttpRequest, error: ArmstraceError) -> HttpResponse:
    """Show the page that says what was refused, by which rule, what to do next."""
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    shown = {
        "sentence": translate(error),
        "rule": getattr(error, "rule", ""),
        "source": getattr(error, "source", None),
        "status": status,
        "back": page_left(request),
    }
    return render(request, "refused.html", shown, status=status)


def page_left(request: HttpRequest) -> str:
    """Give the address of the page from which a request came; "" if not from here."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return ""
    parts = urlsplit(came_from)
    address = urlunsplit(("", "", parts.path, parts.query, ""))
    leads_here = request.method == "GET" and address == request.get_full_path()
    return "" if leads_here else address
