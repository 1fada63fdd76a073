"""Moments of an order: written by a local clock, kept in UTC.

An order that ends at 02:30 in a night in which the clocks go back ends at one of two
moments, and a wrong guess is an hour without authority: it is asked again.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import shorten


def moment_of(local: datetime, zone: str, *, field: str) -> datetime:
    """Give the moment that a clock of a place shows.

    Args:
        local: As the clock shows it, without zone.
        zone: Name of the time zone, such as ``Europe/Lisbon``.

    Raises:
        InvalidInput: There is no such zone, or its clock shows this never or twice.
    """
    place = _zone(zone)
    try:
        first, second = (
            local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)
        )
    except OverflowError as why:
        msg = message("That time is too far away; check the year.")
        raise InvalidInput(msg, field=field) from why
    if first == second:
        return first
    shown = f"{local:%Y-%m-%d %H:%M}"
    if first.astimezone(place).replace(tzinfo=None) == local:
        msg = message(
            "The clocks of %(zone)s show %(time)s twice, because they go back that "
            "night; choose an hour before or after.",
            zone=zone,
            time=shown,
        )
    else:
        msg = message(
            "The clocks of %(zone)s never show %(time)s, because they go forward that "
            "night; choose an hour before or after.",
            zone=zone,
            time=shown,
        )
    raise InvalidInput(msg, field=field)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as why:
        msg = message(
            "There is no time zone “%(zone)s”; write one such as Europe/Lisbon.",
            zone=shorten(name, 60),
        )
        raise InvalidInput(msg, field="zone") from why
