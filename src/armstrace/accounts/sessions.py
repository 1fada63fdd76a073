"""End a session after half an hour without use, and after twelve hours at all."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse

from armstrace.accounts.session_store import BEGAN, BROWSER, USED

STEP_SECONDS = 60  # a use within the minute is not written again
Answer = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Middleware that signs out whoever was idle or stayed too long.

    Source:
        CJIS Security Policy, AC-11; ASVS 5.0, 7.3.1 and 7.3.2.
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out where a limit has passed; else note the use."""
        if request.user.is_authenticated:
            now = int(time.time())
            if _is_over(request, now):
                auth.logout(request)
            else:
                request.session.setdefault(BEGAN, now)
                if now - request.session.get(USED, 0) >= STEP_SECONDS:
                    request.session[USED] = now
                    agent = request.headers.get("User-Agent", "")
                    request.session.setdefault(BROWSER, agent[:200])
        return self.get_response(request)


def _is_over(request: HttpRequest, now: int) -> bool:
    began = request.session.get(BEGAN, now)
    used = request.session.get(USED, now)
    idle = now - used > settings.SESSION_IDLE.total_seconds()
    return bool(idle or now - began > settings.SESSION_LIFE.total_seconds())
