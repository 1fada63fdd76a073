"""The work list of one person: counts, the next in each queue, small trends.

An area puts its work here by a module ``today.py`` in its folder of ``web``, with
any of ``acts(viewer)``, ``tasks(viewer, today)``, ``queues(viewer, today)``,
``sheets(viewer, at)`` and ``trends(viewer)``. Where some of its tasks fall due within
the day and without an act, it says ``BY_THE_MINUTE``.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from armstrace.audit import stamps
from armstrace.audit.declarations import apps_declared
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import COUNTED
from armstrace.web.drawing import trend

FIGURES_LAST = 5
"""Minutes for which figures of years and months stand on the page as they are."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is begun here, not waited for."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of work: how much of it waits, and where it is done."""

    meaning: str
    count: int
    is_more: bool
    what: str
    act: str
    address: str
    # How much of it is overdue, in words; empty for none.
    late: str = ""
    late_address: str = ""
    # With which other counts it is counted too; empty for none.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """The next few of a kind of work."""

    name: str
    rows: tuple[Any, ...]
    address: str
    # What is said where there are none.
    empty: str
    # The words of a link to its list where there are none.
    way_on: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    name: str
    chart: trend.Chart
    rows: tuple[tuple[int, str], ...]
    address: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of the page that an area draws itself."""

    # Finds what it shows under ``shown``.
    template: str
    shown: object


def acts(viewer: Actor) -> tuple[Act, ...]:
    """Give what this person may begin."""
    return tuple(each for area in _areas("acts") for each in area.acts(viewer))


def tasks(viewer: Actor, today: date) -> tuple[Task, ...]:
    """Count what waits for this person, anew where an act may have changed it."""
    minute = timezone.now().replace(second=0, microsecond=0)
    who = _who(viewer)
    return tuple(
        one
        for area in _areas("tasks")
        for one in stamps.kept(
            ("tasks", area.__name__, who, today),
            partial(area.tasks, viewer, today),
            until=minute if hasattr(area, "BY_THE_MINUTE") else None,
        )
    )


def queues(viewer: Actor, today: date) -> str:
    """Show the next few records of each kind of work."""

    def made() -> str:
        areas = _areas("queues")
        found = tuple(one for area in areas for one in area.queues(viewer, today))
        return render_to_string("today/queues.html", {"queues": found})

    return stamps.kept(("queues", _who(viewer), today), made)


def figures(viewer: Actor, at: datetime) -> str:
    """Show what areas draw, of figures ``FIGURES_LAST`` minutes old at most."""

    def made() -> str:
        sheets = [one for area in _areas("sheets") for one in area.sheets(viewer, at)]
        trends = [one for area in _areas("trends") for one in area.trends(viewer)]
        shown = {"sheets": sheets, "trends": trends}
        return render_to_string("today/figures.html", shown)

    with stamps.good_throughout(_span(at)):
        return stamps.kept(("drawn", _who(viewer), timezone.localdate(at)), made)


def _who(viewer: Actor) -> tuple[Hashable, ...]:
    """Give what a part of the page depends on but the records."""
    return viewer.name, viewer.agency, viewer.role, viewer.purpose, get_language()


def _span(at: datetime) -> datetime:
    begun = at.minute - at.minute % FIGURES_LAST
    return at.replace(minute=begun, second=0, microsecond=0)


def task(counted: tuple[str, int], what: str, act: str, address: str) -> Task:
    """Say how much of a kind of work waits; none is a thing done."""
    meaning, count = counted
    drawn = meaning if count else "confirmed"
    return Task(drawn, count, count >= COUNTED, what, act, address)


@cache
def _areas(asked: str) -> tuple[ModuleType, ...]:
    """Give the modules that say such a thing, in the order of the navigation."""
    return tuple(each for each in _modules() if hasattr(each, asked))


def _modules() -> Iterator[ModuleType]:
    placed = [(app.area, app.label) for app in apps_declared() if app.area is not None]
    for area, label in sorted(placed, key=lambda each: each[0].place):
        for name in dict.fromkeys((label, area.url_name)):
            folder = f"armstrace.web.{name}"
            if find_spec(folder) and find_spec(f"{folder}.today"):
                yield import_module(f"{folder}.today")
