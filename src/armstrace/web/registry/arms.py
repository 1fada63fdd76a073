"""One registered arm as its page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.analysis.provenance import chain, events, state
from armstrace.deactivations import queries as deactivations
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries
from armstrace.registry.categories import BUILD
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.web.ballistics import links
from armstrace.web.marks import readings
from armstrace.web.provenance import chains, holders
from armstrace.web.registry import act_forms

EXPORTED = {
    "number": "reference",
    "register_number": "source_number",
    "type": "arm_type",
    "make": "make",
    "model": "model",
    "calibre": "calibre",
    "serial_as_marked": "serial_as_marked",
    "serial_status": "serial_status",
    "state": "state",
    "state_since": "state_since",
}

# What the history of an arm tells.
TOLD = (
    *("type_as_written", "make_as_written", "model_as_written"),
    *("calibre_as_written", "serial_as_marked", "make", "model", "calibre"),
    *("serial_status", "import_country", "import_year", "year_of_manufacture"),
    *BUILD,
    "notes",
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
    manner: str = ""
    notes: str = ""
    # The event, where the reader may correct it; 0 where not.
    event_id: int = 0
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The day the arm came to stand as it does, its holder, and since when."""

    # Day of the last event that changed its state.
    changed_on: date | None
    # Number of the holder on record, empty where there is none.
    holder: str
    held_since: date | None


def page(
    arm_id: int, *, viewer: Actor, at: datetime, asking: holders.Asking | None = None
) -> dict[str, object]:
    """Gather what the page of an arm shows.

    Args:
        asking: The request to have the persons who held it named.
    """
    found = queries.arm_page(arm_id, viewer=viewer)
    now = standing(found)
    amended = queries.events_with_amendments(arm_id, viewer=viewer)
    told: list[events.Event | queries.Amended] = [*found.events, *amended]
    numbers = [n for one in told for n in (one.holder_from, one.holder_to)]
    held = holders.shown(numbers, viewer=viewer, asking=asking)
    return {
        "arm": found,
        "now": now,
        "category": found.category(at),
        "recovered": recoveries.sightings_of_arms([arm_id], viewer=viewer),
        "diversions": _diversions(arm_id, viewer),
        "pairs": queries.pairs_apart(viewer=viewer, arm_id=arm_id),
        "joins": queries.joins_of(arm_id, viewer=viewer),
        "fires_again": deactivations.found_again(arm_id, viewer=viewer),
        "may_decide": viewer.may("registry.event"),
        "holder": held.names.get(now.holder, now.holder),
        "readings": readings.shown(found.record),
        "build": tuple(_build(found.record)),
        "life": stops(found, held.names, viewer),
        "amended": [(each, _hands(each, held.names)) for each in amended],
        "chain": chain_of(found, held.names, timezone.localdate(at)),
        "holders": held,
        "holders_address": reverse("arm-holders", args=[arm_id]),
        "history": history(found),
        "ballistic": links.of_arm(arm_id, viewer=viewer),
    }


def _build(record: Any) -> Iterator[tuple[object, str]]:  # noqa: ANN401 - a version of an arm
    """Name what is known of the build of an arm, its measurements too."""
    for name in BUILD:
        if value := getattr(record, name):
            say = getattr(record, f"get_{name}_display", lambda value=value: value)
            yield act_forms.MarksForm.base_fields[name].label, gettext(str(say()))


def _diversions(arm_id: int, viewer: Actor) -> tuple[tracing.DivertedArm, ...]:
    if not viewer.may("trace.view"):
        return ()
    return tracing.diversions_of_arm(arm_id, viewer=viewer)


def standing(page: queries.ArmPage) -> Standing:
    """Say where an arm stands, with the days of its last changes."""
    now, changed = state.NOTHING, None
    for event in events.in_order(page.events):
        after = state.after(now, event)
        if after.state is not now.state:
            changed = event.happened_on
        now = after
    return Standing(changed, now.holder, now.since if now.holder else None)


def chain_of(
    page: queries.ArmPage, names: Mapping[str, str], today: date
) -> chains.ChainShown:
    """Draw the life of an arm up to a day."""
    life = chain.chain_of(
        page.events, recovered_on=today, home_country=settings.HOME_COUNTRY
    )
    return chains.shown(life.without_recovery(), chains.Telling(holders=names))


def stops(
    page: queries.ArmPage, names: Mapping[str, str], viewer: Actor
) -> tuple[LifeStop, ...]:
    """Give the life of an arm as a timeline, latest first."""
    return tuple(
        LifeStop(
            on=event.happened_on,
            what=gettext(event.kind.label),
            where=chains.where(event.place, event.region, event.country),
            who=_hands(event, names),
            document=event.document,
            alarm=event.kind in chains.ALARMS,
            manner=_manner(event),
            notes=event.notes,
            event_id=event.key if queries.may_amend(page, event, viewer=viewer) else 0,
            parts=tuple(
                _part(each) for each in page.exchanges if each.key == event.key
            ),
        )
        for event in reversed(events.in_order(page.events))
    )


def _manner(event: events.Event) -> str:
    """Say how an arm passed on, where what happened does not say it already."""
    if event.manner is None or event.kind is LifeEventKind.INHERITED:
        return ""
    return gettext(event.manner.label)


def _part(moved: queries.PartMoved) -> str:
    fitted = gettext("fitted") if moved.is_fitted else gettext("removed")
    return f"{gettext(moved.part_type.label)} {moved.serial_as_marked}: {fitted}"


def history(page: queries.ArmPage) -> tuple[readings.VersionShown, ...]:
    """Give the states of knowledge about an arm's marks, newest first."""
    return readings.history_of(page.versions, TOLD)


def _hands(event: events.Event | queries.Amended, names: Mapping[str, str]) -> str:
    giver = names.get(event.holder_from, event.holder_from)
    taker = names.get(event.holder_to, event.holder_to)
    if giver and taker:
        return f"{giver} → {taker}"
    return taker or giver
