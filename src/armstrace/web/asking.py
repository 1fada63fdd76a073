"""Ask a browser for a passkey; the question serves one answer.

Who has a session keeps the question there. Who has none is given it signed in a
cookie: whoever asks as a stranger leaves no row behind.
"""

import json
import time
from typing import Any, cast

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, JsonResponse
from django.http.request import split_domain_port

from armstrace.accounts import passkeys

QUESTION = "passkey_question"
# Seconds in which a device is found and a finger is laid on it.
QUESTION_LASTS = 300


def site_of(request: HttpRequest) -> passkeys.Site:
    """Give the address under which the browser has the pages open."""
    host = request.get_host()
    return passkeys.Site(split_domain_port(host)[0], f"{request.scheme}://{host}")


def send(request: HttpRequest, question: passkeys.Question) -> JsonResponse:
    """Send a question, and keep what its answer needs."""
    kept = {"state": dict(question.state), "at": int(time.time())}
    response = JsonResponse(question.options)
    if request.session.session_key is not None:
        request.session[QUESTION] = kept
        return response
    response.set_signed_cookie(
        _cookie(),
        json.dumps(kept),
        salt=QUESTION,
        max_age=QUESTION_LASTS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def answer_in(request: HttpRequest) -> passkeys.Answer:
    """Read the answer that a form sends; a question of the session is spent."""
    kept = request.session.pop(QUESTION, None) or _from_cookie(request)
    in_time = kept is not None and time.time() - kept["at"] <= QUESTION_LASTS
    try:
        given = json.loads(request.POST.get("credential", ""))
    except (ValueError, RecursionError):
        given = None
    state = kept["state"] if kept and in_time else None
    return passkeys.Answer(site_of(request), state, given)


def spend(answer: passkeys.Answer) -> None:
    """Let a question of a stranger, which proved who it is, prove it no second time.

    Raises:
        InvalidInput: It has before.
    """
    challenge = (answer.state or {}).get("challenge", "")
    if not caches["limits"].add(f"{QUESTION}-{challenge}", 1, QUESTION_LASTS):
        raise passkeys.refusal()


def _from_cookie(request: HttpRequest) -> dict[str, Any] | None:
    told = request.get_signed_cookie(
        _cookie(), None, salt=QUESTION, max_age=QUESTION_LASTS
    )
    return None if told is None else cast("dict[str, Any]", json.loads(told))


def _cookie() -> str:
    return f"__Host-{QUESTION}" if settings.SECURE else QUESTION
