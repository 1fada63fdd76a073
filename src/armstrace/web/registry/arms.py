"""One registered arm as its page shows it."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext

from armstrace.analysis.provenance import chain, events
from armstrace.registry import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web import chains, readings
from armstrace.web.tracing import pages

REFERENCE = re.compile(r"([ARar])([1-9][0-9]{0,17})")
PAGES = {"A": "arm", "R": "recovery"}
EXPORTED = (
    "number",
    "register_number",
    "type",
    "make",
    "model",
    "calibre",
    "serial_as_marked",
    "serial_status",
    "state",
    "state_since",
)


@dataclass(frozen=True, slots=True)
class LifeStop:
    """One event of an arm's life, for the timeline."""

    on: date | None
    what: str
    where: str
    who: str
    document: str
    alarm: bool


def reference_of(text: str) -> tuple[str, int] | None:
    """Give the page that a record's number names, None for anything else."""
    found = REFERENCE.fullmatch(text.strip())
    return (PAGES[found[1].upper()], int(found[2])) if found else None


def exported(row: queries.ArmRow) -> tuple[object, ...]:
    """Give a row of the exported list."""
    return (
        row.reference,
        row.source_number,
        row.arm_type.value,
        row.make,
        row.model,
        row.calibre,
        row.serial_as_marked,
        row.serial_status.value,
        row.state.value,
        row.state_since,
    )


def life_of(
    page: queries.ArmPage, *, viewer: Actor, at: datetime
) -> tuple[chains.ChainShown, dict[str, str]]:
    """Draw the life of an arm up to now.

    Returns:
        The chain, and names of holders that are no persons.
    """
    told = page.events
    numbers = {n for one in told for n in (one.holder_from, one.holder_to) if n}
    names = pages.bodies_named(numbers, viewer=viewer)
    life = chain.chain_of(
        told, recovered_on=at.date(), home_country=settings.HOME_COUNTRY
    )
    return chains.shown(life, chains.Telling(holders=names)), names


def stops(page: queries.ArmPage, names: dict[str, str]) -> tuple[LifeStop, ...]:
    """Give the life of an arm as a timeline, latest first."""
    return tuple(
        LifeStop(
            on=event.happened_on,
            what=gettext(event.kind.label),
            where=chains.where(event.place, event.region, event.country),
            who=_hands(event, names),
            document=event.document,
            alarm=event.kind in chains.ALARMS,
        )
        for event in reversed(events.in_order(page.events))
    )


def history(page: queries.ArmPage) -> tuple[readings.VersionShown, ...]:
    """Give the states of knowledge about an arm's marks, newest first."""
    return readings.history(
        [(v.known_at, v.source, v.reason, _values(v)) for v in page.versions]
    )


def _values(version: object) -> dict[str, object]:
    names = (
        *("type_as_written", "make_as_written", "model_as_written"),
        *("calibre_as_written", "serial_as_marked", "make", "model", "calibre"),
        *("serial_status", "import_country", "import_year", "year_of_manufacture"),
        "notes",
    )
    return {name: getattr(version, name) for name in names}


def _hands(event: events.Event, names: dict[str, str]) -> str:
    giver = names.get(event.holder_from, event.holder_from)
    taker = names.get(event.holder_to, event.holder_to)
    if giver and taker:
        return f"{giver} → {taker}"
    return taker or giver
