"""Recoveries beside each other: of one case, of near numbers, near in time and place.

They are reasons to look, never findings. How near is near stands in the settings;
near records are sought for few records at a time.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import reduce
from math import asin, cos, radians, sin, sqrt
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q

from armstrace.analysis.networks.graph import Edge
from armstrace.intelligence.queries.nodes import Frontier
from armstrace.records.lookups import among
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message, counted, message
from armstrace.vocabulary.networks import LinkKind

KINDS = frozenset(
    {LinkKind.TAKEN_TOGETHER, LinkKind.NEAR_SERIAL, LinkKind.NEAR_IN_TIME_AND_PLACE}
)
# Records whose near ones are sought at once.
MOST_BESIDE = 50
MOST_ROWS = 2_000
EARTH_KM = 6371.0
DEGREE_KM = 111.2
# A serial number with at least three digits, and no digit that is not known.
NUMBER = re.compile(r"(.*?)(\d{3,12})(\D*)")
COLUMNS = (
    *("recovery_id", "recovered_on", "agency", "case_number", "make"),
    *("serial_search", "place", "region", "latitude", "longitude"),
)


type Beside = Any
"""What of a recovery is set beside others: a row of ``COLUMNS``."""


def beside(
    frontier: Frontier, viewer: Actor, kinds: frozenset[LinkKind]
) -> Iterator[Edge]:
    """Give the recoveries that were taken together with others or near them."""
    if not frontier["R"] or not viewer.may("recovery.view"):
        return
    own = _read(among("recovery_id", frontier["R"]), viewer)
    for kind, linker, most in (
        (LinkKind.TAKEN_TOGETHER, _together, MOST_ROWS),
        (LinkKind.NEAR_SERIAL, _near_serials, MOST_BESIDE),
        (LinkKind.NEAR_IN_TIME_AND_PLACE, _near_places, MOST_BESIDE),
    ):
        if kind in kinds:
            yield from linker(own[:most], viewer)


def _read(where: Q, viewer: Actor) -> list[Beside]:
    rows = RecoveryRecord.objects.current().visible_to(viewer).filter(where)
    latest = rows.order_by("-recovered_on", "-recovery_id")
    return list(latest.values_list(*COLUMNS, named=True)[:MOST_ROWS])


def _together(own: Iterable[Beside], viewer: Actor) -> Iterator[Edge]:
    cases: dict[tuple[str, str], list[Beside]] = defaultdict(list)
    for one in own:
        if one.case_number:
            cases[one.agency, one.case_number].append(one)
    if not cases:
        return
    for other in _read(among("case_number", {case for _, case in cases}), viewer):
        for one in cases.get((other.agency, other.case_number), ()):
            why = message("Both were taken in case %(case)s.", case=one.case_number)
            yield from _edge(one, other, LinkKind.TAKEN_TOGETHER, why)


def _near_serials(own: Iterable[Beside], viewer: Actor) -> Iterator[Edge]:
    wanted: dict[tuple[str, str], list[tuple[Beside, int]]] = defaultdict(list)
    for one in own:
        found = NUMBER.fullmatch(one.serial_search) if one.make else None
        if found is None:
            continue
        before, digits, after = found.groups()
        number = int(digits)
        for gap in range(-settings.NEAR_SERIALS, settings.NEAR_SERIALS + 1):
            written = f"{number + gap:0{len(digits)}d}"
            if gap and number + gap >= 0 and len(written) == len(digits):
                wanted[one.make, f"{before}{written}{after}"].append((one, abs(gap)))
    if not wanted:
        return
    for other in _read(among("serial_search", {each for _, each in wanted}), viewer):
        for one, gap in wanted.get((other.make, other.serial_search), ()):
            why = message(
                "The serial numbers are %(gap)s apart and the make is the same.",
                gap=gap,
            )
            yield from _edge(one, other, LinkKind.NEAR_SERIAL, why)


def _near_places(own: Iterable[Beside], viewer: Actor) -> Iterator[Edge]:
    placed = [one for one in own if one.latitude is not None or one.place]
    if not placed:
        return
    for other in _read(reduce(or_, map(_around, placed)), viewer):
        for one in placed:
            days, km = (
                abs((one.recovered_on - other.recovered_on).days),
                _km(one, other),
            )
            if km is not None and km <= settings.NEAR_KM and days <= settings.NEAR_DAYS:
                why = _apart(days, round(km, 1))
                yield from _edge(one, other, LinkKind.NEAR_IN_TIME_AND_PLACE, why)


def _apart(days: int, km: float) -> Message:
    if days == 0:
        return message("On the same day, %(km)s km apart.", km=km)
    return counted(
        "%(n)s day and %(km)s km apart.",
        "%(n)s days and %(km)s km apart.",
        n=days,
        km=km,
    )


def _around(one: Beside) -> Q:
    """Give the condition of being near in time, and about near in place."""
    span = timedelta(days=settings.NEAR_DAYS)
    days = Q(recovered_on__range=(one.recovered_on - span, one.recovered_on + span))
    named = Q(place=one.place, region=one.region) if one.place else Q(pk__in=[])
    if one.latitude is None or one.longitude is None:
        return days & named
    north = settings.NEAR_KM / DEGREE_KM
    east = north / max(cos(radians(one.latitude)), 0.01)
    box = Q(
        latitude__range=(one.latitude - north, one.latitude + north),
        longitude__range=(one.longitude - east, one.longitude + east),
    )
    return days & (box | named)


def _km(one: Beside, other: Beside) -> float | None:
    """Give how far apart two places are; 0 where their names are the same."""
    if one.place and (one.place, one.region) == (other.place, other.region):
        return 0.0
    given = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in given:
        return None
    north, east, north_2, east_2 = (radians(each or 0.0) for each in given)
    half = sin((north_2 - north) / 2) ** 2
    half += cos(north) * cos(north_2) * sin((east_2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(half, 1.0)))


def _edge(one: Beside, other: Beside, kind: LinkKind, why: Message) -> Iterator[Edge]:
    if one.recovery_id != other.recovery_id:
        low, high = sorted((one.recovery_id, other.recovery_id))
        day = max(one.recovered_on, other.recovered_on)
        yield Edge(f"R{low}", f"R{high}", kind, is_computed=True, why=why, day=day)
