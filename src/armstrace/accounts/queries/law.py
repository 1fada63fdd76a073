"""The jurisdiction profile in use, those before it, and what another would change."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings

from armstrace.accounts.models import LawVersion
from armstrace.records import jurisdiction
from armstrace.vocabulary import profiles
from armstrace.vocabulary.actors import Actor


@dataclass(frozen=True, slots=True)
class TableChange:
    """The provisions of one table that come and go with another profile."""

    table: str
    # Each as the fields that it states, in the order of the file.
    gained: tuple[dict[str, Any], ...]
    lost: tuple[dict[str, Any], ...]


def law_versions(*, viewer: Actor) -> list[LawVersion]:
    """Give the profiles that were put into use, the newest first."""
    viewer.require("account.view")
    return list(LawVersion.objects.visible_to(viewer).order_by("-pk"))


def law_version(version_id: int, *, viewer: Actor) -> LawVersion:
    """Give one profile that was in use.

    Raises:
        NotFound: There is no such version.
    """
    return LawVersion.objects.get_visible(version_id, viewer)


def preview_profile(text: str, *, viewer: Actor) -> tuple[TableChange, ...]:
    """Say which provisions a profile adds to the one in use, and which it drops.

    Raises:
        InvalidInput: It does not validate.
    """
    viewer.require("account.view")
    now = jurisdiction.profile()
    then = profiles.load_sound(text, f"{settings.PROFILE}.toml")
    changes = (
        TableChange(
            each.name, _beside(then, now, each.name), _beside(now, then, each.name)
        )
        for each in fields(profiles.Profile)
        if each.name not in {"code", "name"}
    )
    return tuple(each for each in changes if each.gained or each.lost)


def _beside(
    one: profiles.Profile, other: profiles.Profile, table: str
) -> tuple[dict[str, Any], ...]:
    known = set(getattr(other, table))
    rows = (row for row in getattr(one, table) if row not in known)
    return tuple(dict(_values_of(row)) for row in rows)


def _values_of(row: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - a provision
    for each in fields(row):
        value = getattr(row, each.name)
        if value not in (None, "", (), False):
            told = value if isinstance(value, tuple) else (value,)
            yield each.name, ", ".join(map(str, told))
