"""A server process: few requests at once, the rest wait where every process sees them.

A process that takes all that comes has a queue of its own while another is idle, and
its threads, of which one computes at a time, all answer late.
"""

import time
from collections.abc import Hashable
from contextlib import suppress
from typing import Any

from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

from armstrace.project import long_addresses

AT_ONCE = 2
LONG_SECONDS = 0.25


class Turns:
    """The requests in hand: whether one more should be taken now.

    One that lasts longer waits for something, such as a slow line: others go past.
    """

    def __init__(self, threads: int) -> None:
        """Begin with none in hand; no more than ``threads`` are ever taken."""
        self._threads = threads
        self._begun: dict[Hashable, float] = {}

    def begin(self, request: Hashable, now: float) -> None:
        """Take a request in hand, at a moment in seconds."""
        self._begun[request] = now

    def end(self, request: Hashable) -> None:
        """Leave a request that was answered or given back."""
        self._begun.pop(request, None)

    def is_free(self, now: float) -> bool:
        """Whether one more should be taken."""
        if len(self._begun) >= self._threads:
            return False
        recent = sum(now - begun < LONG_SECONDS for begun in self._begun.values())
        return recent < AT_ONCE


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's process of threads, which takes requests by turns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - gunicorn's own signature
        """Begin with no request in hand."""
        super().__init__(*args, **kwargs)
        self._turns = Turns(self.cfg.threads)

    @property
    def worker_connections(self) -> int:
        """How many connections may be open before no more are taken."""
        is_free = self._turns.is_free(time.monotonic())
        return int(self.cfg.worker_connections) if is_free else 0

    @worker_connections.setter
    def worker_connections(self, _: int) -> None:
        """Leave to the setting what gunicorn copies from it."""

    def enqueue_req(self, conn: Any) -> None:  # noqa: ANN401 - gunicorn's own signature
        """Take a request in hand."""
        self._turns.begin(conn, time.monotonic())
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:  # noqa: ANN401 - gunicorn's own signature
        """Leave a request."""
        self._turns.end(conn)
        super().finish_request(conn, fs)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Look again in time whether what is in hand lasts long."""
        super().wait_for_and_dispatch_events(min(timeout, LONG_SECONDS))

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:  # noqa: ANN401 - gunicorn's own signature
        """Answer what could not be read; gunicorn would with a page of its own."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        with suppress(OSError):
            client.sendall(long_addresses.refusal())
