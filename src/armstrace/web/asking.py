"""Ask a browser for a passkey; the session keeps the question for one answer."""

import json
import time

from django.http import HttpRequest, JsonResponse
from django.http.request import split_domain_port

from armstrace.accounts import passkeys

QUESTION = "passkey_question"
QUESTION_LASTS = 300
"""Seconds in which a device is found and a finger is laid on it."""


def site_of(request: HttpRequest) -> passkeys.Site:
    """Give the address under which the browser has the pages open."""
    host = request.get_host()
    return passkeys.Site(split_domain_port(host)[0], f"{request.scheme}://{host}")


def send(request: HttpRequest, question: passkeys.Question) -> JsonResponse:
    """Send a question, and keep what its answer needs."""
    request.session[QUESTION] = {"state": question.state, "at": int(time.time())}
    return JsonResponse(question.options)


def answer_in(request: HttpRequest) -> passkeys.Answer:
    """Read the answer that a form sends; the question is spent."""
    kept = request.session.pop(QUESTION, None)
    in_time = kept is not None and time.time() - kept["at"] <= QUESTION_LASTS
    try:
        given = json.loads(request.POST.get("credential", ""))
    except (ValueError, RecursionError):
        given = None
    state = kept["state"] if kept and in_time else None
    return passkeys.Answer(site_of(request), state, given)
