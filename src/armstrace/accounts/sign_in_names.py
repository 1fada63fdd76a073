"""One way to write a sign-in name, so that a lock counts every spelling."""

import unicodedata
from collections.abc import Mapping

from django.http import HttpRequest


def folded(name: str) -> str:
    """Write a sign-in name as it is stored: trimmed, NFKC, lower case."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def name_tried(
    request: HttpRequest | None, credentials: Mapping[str, str] | None = None
) -> str:
    """Give the name of a sign-in attempt, for the lock to count by.

    Args:
        request: The request, where there is one.
        credentials: What was passed to ``authenticate``, where anything was.
    """
    for source in (credentials, request.POST if request else None):
        for key in ("name", "username", "login"):
            found = source.get(key) if source else None
            if found:
                return folded(found)
    return ""
