"""How many calls a token may make: counted for all processes of the server."""

import threading
import time

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

MINUTE = 60.0


class TokenLimit(BaseThrottle):
    """So many calls a minute for each token; what is more waits (429)."""

    def __init__(self) -> None:
        self._wait = threading.local()

    def allow_request(self, request: HttpRequest) -> bool:
        """Tell whether a token may make one more call, and count it."""
        cache, at = caches["limits"], time.time()
        key = f"api-{request.token_digest}"  # type: ignore[attr-defined]  # set by Token
        recent = [each for each in cache.get(key, ()) if each > at - MINUTE]
        if len(recent) >= settings.API_CALLS_A_MINUTE:
            first = recent[-settings.API_CALLS_A_MINUTE] if recent else at
            self._wait.seconds = first + MINUTE - at
            return False
        cache.set(key, [*recent, at], MINUTE)
        return True

    def wait(self) -> float:
        """Give the seconds after which the next call is allowed."""
        return float(self._wait.seconds)
