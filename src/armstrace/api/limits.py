"""How many calls a token may make."""

import threading

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from armstrace.accounts import limits


class TokenLimit(BaseThrottle):
    """So many calls a minute for each token; what is more waits (429)."""

    def __init__(self) -> None:
        self._wait = threading.local()

    def allow_request(self, request: HttpRequest) -> bool:
        """Tell whether a token may make one more call, and count it."""
        who = f"api-{request.token_digest}"  # type: ignore[attr-defined]  # set by Token
        self._wait.seconds = limits.wait(who, settings.API_CALLS_A_MINUTE)
        return not self._wait.seconds

    def wait(self) -> float:
        """Give the seconds after which the next call is allowed."""
        return float(self._wait.seconds)
