"""Which name a bad try counts against, and what a locked person sees."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from armstrace.accounts import sign_in_names
from armstrace.audit import keys

TOO_MANY_TRIES = 429


def name_tried(
    request: HttpRequest | None, credentials: Mapping[str, str] | None = None
) -> str:
    """Give the keyed digest of the name of a try, for the lock to count by.

    People type passphrases into the wrong field, so what was typed is not kept.

    Args:
        credentials: What was passed to ``authenticate``, where anything was.
    """
    for source in (credentials, request.POST if request else None):
        for key in ("username", "name", "login"):
            found = source.get(key) if source else None
            if found:
                return digest_of(found)
    return ""


def digest_of(name: str) -> str:
    """Give what the table of tries keeps of a name, however it is spelt."""
    return keys.hidden(sign_in_names.fold(name))


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
