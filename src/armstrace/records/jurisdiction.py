"""The law that this State follows: the jurisdiction profile of its settings."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from armstrace.vocabulary import profiles


def profile() -> profiles.Profile:
    """Give the profile that is named in the settings.

    Raises:
        InvalidInput: Its file does not validate.
    """
    return _profile(settings.PROFILE, settings.HOME / "profiles")


def last_antique_year(on: date) -> int | None:
    """Give the last year of manufacture of antiques; None where no law says one.

    Args:
        on: The day on which the law is asked. Records are older than instruments:
            before the first rule on antiques, that rule is asked.
    """
    law = profile()
    begins = [
        each.valid_from or date.min
        for each in law.definitions
        if each.last_year is not None
    ]
    return law.last_antique_year(max(on, min(begins, default=on)))


@lru_cache(maxsize=4)
def _profile(name: str, folder: Path) -> profiles.Profile:
    return profiles.find(name, folder)
