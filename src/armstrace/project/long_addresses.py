"""Refuse an address that is too long in the shape in which the API refuses."""

from contextlib import suppress
from typing import Any

from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

from armstrace.api import errors


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A server process; gunicorn itself would answer with a page of its own."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:  # noqa: ANN401 - gunicorn's own signature
        """Answer what could not be read."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        with suppress(OSError):
            client.sendall(refusal())


def refusal() -> bytes:
    """Give the whole answer to an address that is too long."""
    answer = errors.answer_problem(414, errors.ADDRESS_TOO_LONG)
    answer.headers["Content-Length"] = str(len(answer.content))
    return b"HTTP/1.1 414 URI Too Long\r\nConnection: close\r\n" + answer.serialize()
