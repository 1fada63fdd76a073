"""The law that this State follows: the jurisdiction profile of its settings."""

import os
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
    name, home = settings.PROFILE, settings.HOME
    return _profile(name, home, _last_change(_file(name, home)))


def text() -> str:
    """Give the text of the profile that is in use."""
    return profiles.text_in_use(settings.PROFILE, folder())


def folder() -> Path:
    """Give the folder of the profiles of one's own."""
    return _folder(settings.HOME)


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


def _folder(home: Path) -> Path:
    return home / "profiles"


@lru_cache(maxsize=4)
def _file(name: str, home: Path) -> str:
    """Give where a profile of one's own is; a path is dear to make each time."""
    return str(_folder(home) / f"{name}.toml")


def _last_change(file: str) -> int:
    """Give when a file was changed, 0 where there is none; it is asked each time.

    What an administrator has just loaded holds at once, in every process.
    """
    try:
        return os.stat(file).st_mtime_ns  # noqa: PTH116 - a path costs ten times as much
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=4)
def _profile(name: str, home: Path, changed_at: int) -> profiles.Profile:
    del changed_at
    return profiles.find(name, _folder(home))
