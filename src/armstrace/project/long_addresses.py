"""Refuse an address that is too long in the shape in which the API refuses."""

from armstrace.api import errors


def refusal() -> bytes:
    """Give the whole answer to an address that is too long."""
    answer = errors.answer_problem(414, errors.ADDRESS_TOO_LONG)
    answer.headers["Content-Length"] = str(len(answer.content))
    return b"HTTP/1.1 414 URI Too Long\r\nConnection: close\r\n" + answer.serialize()
