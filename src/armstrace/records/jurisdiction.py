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
    return _profile(settings.PROFILE, folder(), _last_change())


def text() -> str:
    """Give the text of the profile that is in use."""
    return profiles.text_in_use(settings.PROFILE, folder())


def folder() -> Path:
    """Give the folder of the profiles of one's own."""
    home: Path = settings.HOME
    return home / "profiles"


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


def _last_change() -> int:
    """Give when the file of one's own was changed, 0 where there is none."""
    try:
        return (folder() / f"{settings.PROFILE}.toml").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=4)
def _profile(name: str, folder: Path, changed_at: int) -> profiles.Profile:
    del changed_at
    return profiles.find(name, folder)
