"""Browsers in which somebody has signed in before, by a cookie that the server signs.

Tries of strangers do not count against them, so that nobody is locked out by another.

Source:
    OWASP, Slow Down Online Guessing Attacks with Device Cookies.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

LASTS = timedelta(days=365)
# People who share one browser; who has not used it for longest is forgotten first.
PEOPLE = 12
SALT = "known-browser"


def browser_of(request: HttpRequest, name: str) -> str:
    """Give the mark of a browser that somebody has signed in with; empty for none.

    Args:
        name: The digest of the sign-in name.
    """
    mark, names = _read(request)
    return mark if name in names else ""


def remember(request: HttpRequest, answer: HttpResponse, name: str) -> None:
    """Let the browser show from now on that somebody has signed in with it.

    Args:
        name: The digest of the sign-in name.
    """
    mark, names = _read(request)
    others = [each for each in names if each != name]
    kept = [mark or secrets.token_hex(16), *others[1 - PEOPLE :], name]
    answer.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=LASTS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, Sequence[str]]:
    sent = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, "")
    try:
        kept: Any = signing.loads(sent, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return "", ()
    return kept[0], kept[1:]
