"""Which name a bad try counts against, and what a locked person sees."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from armstrace.accounts import sign_in_names

TOO_MANY_TRIES = 429


def name_tried(
    request: HttpRequest | None, credentials: Mapping[str, str] | None = None
) -> str:
    """Give the name of a sign-in attempt, for the lock to count by.

    Args:
        request: The request, where there is one.
        credentials: What was passed to ``authenticate``, where anything was.
    """
    for source in (credentials, request.POST if request else None):
        for key in ("username", "name", "login"):
            found = source.get(key) if source else None
            if found:
                return sign_in_names.fold(found)
    return ""


def lock_page(
    request: HttpRequest,
    page: HttpResponse | None,
    credentials: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Show the sign-in page, which says that the name is locked."""
    del request, credentials
    locked = page or HttpResponse("This name is locked for a quarter of an hour.")
    locked.status_code = TOO_MANY_TRIES
    return locked
