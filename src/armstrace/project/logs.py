"""Log lines without personal data, for people or as JSON for machines.

What a line is about comes from the text in the code, never from what was typed: the
parameters of a message and the texts of errors may hold names and serial numbers.
Numbers stay, and an error is told by its kind and by the places it went through.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

HIDDEN = "…"
MARK = re.compile(r"%(?:\(\w+\))?[-#0 +]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]")
NUMBERS = (int, float)
PLACE = ("status", "route", "error")


class Plain(logging.Formatter):
    """One line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line, its page, and where an error went through."""
        told = describe(record)
        head = f"{told['at']} {told['level']} {told['logger']}: {told['event']}"
        head = " ".join([head, *(str(told[name]) for name in PLACE if name in told)])
        places = told.get("places", [])
        return "\n  ".join([head, *places] if isinstance(places, list) else [head])


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the object."""
        return json.dumps(describe(record), ensure_ascii=False)


def describe(record: logging.LogRecord) -> dict[str, object]:
    """Say what happened, without anything that a person typed.

    Args:
        record: As the code logged it.
    """
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    told: dict[str, object] = {
        "at": at,
        "level": record.levelname,
        "logger": record.name,
        "event": _event(record),
    }
    status = getattr(record, "status_code", None)
    if isinstance(status, int):
        told["status"] = status
    route = getattr(getattr(record, "request", None), "resolver_match", None)
    if route is not None:
        told["route"] = route.route
    if record.exc_info and record.exc_info[1]:
        error = record.exc_info[1]
        told["error"] = type(error).__name__
        told["places"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return told


def _event(record: logging.LogRecord) -> str:
    """Fill numbers into the text of the code, and hide every other parameter."""
    text = str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__
    given = record.args if isinstance(record.args, tuple) else ()
    left = iter(given)

    def fill(mark: re.Match[str]) -> str:
        value = next(left, None)
        is_number = isinstance(value, NUMBERS) and not isinstance(value, bool)
        return str(value) if is_number else HIDDEN

    return MARK.sub(fill, text).replace("\r", " ").replace("\n", " ")
