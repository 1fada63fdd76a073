"""How many calls a token may make: counted for all processes of the server."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import caches
from django.core.files import locks
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

MINUTE = 60.0


@contextmanager
def _alone() -> Iterator[None]:
    """Let one call at a time be counted, whichever process of the server it reached.

    The cache reads and writes apart: of calls sent side by side one would be counted.
    """
    folder = settings.HOME / "limits"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "counting").open("a") as file:
        locks.lock(file, locks.LOCK_EX)
        yield


class TokenLimit(BaseThrottle):
    """So many calls a minute for each token; what is more waits (429)."""

    def __init__(self) -> None:
        self._wait = threading.local()

    def allow_request(self, request: HttpRequest) -> bool:
        """Tell whether a token may make one more call, and count it."""
        key = f"api-{request.token_digest}"  # type: ignore[attr-defined]  # set by Token
        with _alone():
            return self._count(key, time.time())

    def _count(self, key: str, at: float) -> bool:
        cache = caches["limits"]
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
