"""Against what a bad try counts, and what a locked person sees.

Source:
    CJIS Security Policy, AC-7; ASVS 5.0, 6.3.1.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from axes import helpers
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse

from armstrace.accounts import known_browsers, limits, sign_in_names
from armstrace.audit import keys

TOO_MANY_TRIES = 429
# What the table of tries keeps for a browser in which nobody of the name signed in.
UNKNOWN = ""


class Tries(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Counts bad tries so that who guesses is locked and the owner is not.

    A browser that the person has signed in with counts alone. All others count three
    times: of the name at the address, of the address, and of the name.
    """

    def user_login_failed(
        self,
        sender: object,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **more: object,
    ) -> None:
        """Write the try down under the mark of its browser, not under what it says."""
        if request is not None:
            name = helpers.get_client_username(request, credentials)
            request.axes_user_agent = known_browsers.browser_of(request, name)  # type: ignore[attr-defined]
        super().user_login_failed(sender, credentials, request, **more)

    def filter_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> list[QuerySet[AccessAttempt]]:
        """Give the tries that a sign-in forgives: of the browser, or of the address."""
        name = helpers.get_client_username(request, credentials)
        of_name = AccessAttempt.objects.filter(username=name)
        browser = known_browsers.browser_of(request, name)
        if browser:
            return [of_name.filter(user_agent=browser)]
        address = request.axes_ip_address  # type: ignore[attr-defined]
        return [of_name.filter(user_agent=UNKNOWN, ip_address=address)]

    def get_failures(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Give the bad tries that count, as parts of the limit that is nearest."""
        most = settings.AXES_FAILURE_LIMIT
        nearest: int = super().get_failures(request, credentials)
        name = helpers.get_client_username(request, credentials)
        if known_browsers.browser_of(request, name):
            return nearest
        strangers = AccessAttempt.objects.filter(
            user_agent=UNKNOWN,
            expiration__expires_at__gt=request.axes_attempt_time,  # type: ignore[attr-defined]
        )
        address = request.axes_ip_address  # type: ignore[attr-defined]
        for tries, limit in (
            (strangers.filter(ip_address=address), settings.TRIES_OF_ADDRESS),
            (strangers.filter(username=name), settings.TRIES_OF_NAME),
        ):
            total = tries.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
            nearest = max(nearest, total * most // limit)
        return nearest


def locked_until(at: datetime) -> dict[str, datetime]:
    """Give the digests of names that are locked somewhere, and until when."""
    tries = AccessAttempt.objects.filter(expiration__expires_at__gt=at)
    return {
        one["username"]: one["until"]
        for fields, limit in (
            (("username",), settings.TRIES_OF_NAME),
            (("username", "ip_address", "user_agent"), settings.AXES_FAILURE_LIMIT),
        )
        for one in tries.values(*fields)
        .annotate(
            failures=Sum("failures_since_start"), until=Max("expiration__expires_at")
        )
        .filter(failures__gte=limit)
        .order_by("until")
    }


def network_of(request: HttpRequest) -> str:
    """Give the address that a try comes from, as ``limits`` counts addresses."""
    return limits.network_of(limits.address_of(request))


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
    """Show the sign-in page, which says what to do meanwhile."""
    del request, credentials
    locked = page or HttpResponse("Too many failed attempts.")
    locked.status_code = TOO_MANY_TRIES
    return locked
