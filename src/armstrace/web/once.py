"""A form that is sent twice is done once, by the token of the page that it stood on."""

import hashlib
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from armstrace.accounts import kept_answers
from armstrace.audit import ledger
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message

if TYPE_CHECKING:
    from armstrace.web.access import Request

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
# A second sending waits so often, and so long each time, for the first to end.
TRIES, PAUSE_S = 50, 0.1


def answer(
    request: "Request", view: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Do what a form asks, or go where its first sending led.

    Each page is sent with a token of its own, so that the same token with the same
    fields is the same form. What was refused or changed nothing may be sent again.

    Raises:
        SourceUnavailable: The first sending takes too long.
    """
    if request.method != "POST" or TOKEN not in request.POST:
        return view()
    asked = kept_answers.digest_of(request)
    caller = hashlib.sha256(f"page {request.user.pk}".encode()).hexdigest()
    call = kept_answers.Repeatable(caller, asked, asked)
    for _ in range(TRIES):
        led_to = kept_answers.claim(call, at=request.at)
        if led_to is None:
            return _do(call, request, view)
        if led_to:
            said = gettext("This form was sent twice; it was done once.")
            messages.info(request, said)
            return redirect(led_to)
        time.sleep(PAUSE_S)
    msg = message(
        "This form is being saved already; look at the record before you send it again."
    )
    raise SourceUnavailable(msg)


def _do(
    call: kept_answers.Repeatable,
    request: "Request",
    view: Callable[[], HttpResponseBase],
) -> HttpResponseBase:
    before, led_to = ledger.WRITTEN.changes, ""
    try:
        response = view()
        is_led = HTTPStatus(response.status_code).is_redirection
        if is_led and ledger.WRITTEN.changes > before:
            led_to = response.headers["Location"]
    finally:
        kept_answers.settle(call, led_to, at=request.at)
    return response
