"""What the records say of the items of a case, and which charges they bear."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.conf import settings

from armstrace.investigations import crossings
from armstrace.investigations.crossings import Happening, Item
from armstrace.investigations.models import Case, CaseEntry, CaseRecovery
from armstrace.investigations.queries.entries import entries_of
from armstrace.records import jurisdiction
from armstrace.records.lookups import among
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    PartRecord,
    RecoveryRecord,
)
from armstrace.registry.models import LifeEvent, LossReport
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.investigations import EntryKind
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.profiles import Element, Offence
from armstrace.vocabulary.recoveries import PlaceKind, RecoveryKind

BORDERS = ("recovery_id", "place_kind", "country_of_manufacture", "import_country")
LIFE = ("arm_id", "kind", "happened_on", "country", "place")
# What a time line says of a recovery whose kind nobody decided.
HOW = {RecoveryKind.UNDECIDED.value: LifeEventKind.RECOVERED}


class TimeLane(Code):
    """What a row of the time line tells of."""

    ENTRY = "ENTRY", "events of the case"
    RECOVERY = "RECOVERY", "recoveries"
    ARM = "ARM", "lives of the registered arms"
    LOSS = "LOSS", "losses and thefts"


@dataclass(frozen=True, slots=True)
class TimeRow:
    lane: TimeLane
    when: DateSpan
    place: str
    # A code of what happened; None for an entry, which has its own words.
    what: Code | None = None
    # The recovered item that it is about; None for an entry.
    item: int | None = None
    # The entry of the case; None for what other records say.
    entry: CaseEntry | None = None


def timeline(case_id: int, *, viewer: Actor) -> list[TimeRow]:
    """Give the events of a case with those of its items and arms, the earliest first.

    Who sees a case sees what the records say of its arms, without their holders.
    """
    found = entries_of(case_id, viewer=viewer, kinds=(EntryKind.EVENT,))
    rows = [
        TimeRow(TimeLane.ENTRY, one.when, one.place, entry=one)
        for one in found
        if one.when is not None
    ]
    ids = _item_ids(case_id)
    rows += _recoveries(ids)
    arms = _arms(ids)
    rows += [
        TimeRow(TimeLane.ARM, DateSpan.of(one.on), one.place, one.kind, arms[arm])
        for arm, life in _lives(arms).items()
        for one in life
        if one.on is not None
    ]
    rows += _losses(arms)
    return sorted(rows, key=attrgetter("when"))


def border_facts(case_id: int, *, viewer: Actor) -> list[Item]:
    """Give the items of a case as far as borders go."""
    case = Case.objects.get_visible(case_id, viewer)
    ids = _item_ids(case.pk)
    arms = _arms(ids)
    lives = {arms[arm]: life for arm, life in _lives(arms).items()}
    rows = RecoveryRecord.objects.current().filter(among("recovery_id", ids))
    return [
        Item(f"R{key}", PlaceKind(kind), made_in, mark, tuple(lives.get(key, ())))
        for key, kind, made_in, mark in rows.order_by("recovery_id").values_list(
            *BORDERS
        )
    ]


def _item_ids(case_id: int) -> list[int]:
    held = CaseRecovery.objects.current().filter(case=case_id)
    return list(held.values_list("recovery_id", flat=True))


def _recoveries(ids: Collection[int]) -> list[TimeRow]:
    tables: tuple[Any, ...] = (RecoveryRecord, AmmunitionRecord, PartRecord)
    return [
        TimeRow(
            TimeLane.RECOVERY,
            row.recovered,
            row.place,
            HOW.get(row.recovery_kind) or RecoveryKind(row.recovery_kind),
            row.recovery_id,
        )
        for table in tables
        for row in table.objects.current().filter(among("recovery_id", ids))
    ]


def _arms(ids: Collection[int]) -> dict[int, int]:
    """Give the registered arms that items were judged to be, each with its item."""
    judged = CandidateJudgement.objects.same().filter(among("recovery_id", ids))
    return dict(judged.values_list("arm_id", "recovery_id"))


def _lives(arms: Collection[int]) -> dict[int, list[Happening]]:
    rows = LifeEvent.objects.current().filter(among("arm_id", arms))
    found: dict[int, list[Happening]] = defaultdict(list)
    ordered = rows.order_by("happened_on", "pk").values_list(*LIFE)
    for arm, kind, *happened in ordered:
        found[arm].append(Happening(LifeEventKind(kind), *happened))
    return dict(found)


def _losses(arms: dict[int, int]) -> list[TimeRow]:
    rows = LossReport.objects.current().filter(among("arm_id", arms))
    return [
        TimeRow(
            TimeLane.LOSS,
            when,
            row.place,
            LifeEventKind(row.loss_kind),
            arms[row.arm_id or 0],
        )
        for row in rows
        if (when := row.happened) is not None
    ]


@dataclass(frozen=True, slots=True)
class ElementRow:
    element: Element
    # Entries by number and items as R12; empty where it is missing.
    borne_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A charge to consider: a proposal, never a finding."""

    entry: CaseEntry
    # As the law of its day has it; None where the profile lost it.
    offence: Offence | None
    elements: tuple[ElementRow, ...]

    @property
    def missing(self) -> int:
        """Count the elements that nothing bears yet."""
        return sum(not row.borne_by for row in self.elements)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offence that the facts give reason to consider too."""

    offence: Offence
    because: tuple[Message, ...]


def charges_of(case_id: int, *, viewer: Actor) -> list[ChargeRow]:
    """Give the charges to consider of a case.

    Source:
        Firearms Protocol, art. 5; the offences and elements of the profile.
    """
    found = entries_of(case_id, viewer=viewer, kinds=(EntryKind.CHARGE,))
    return [_row(entry) for entry in found]


def suggestions(case_id: int, *, viewer: Actor) -> list[Suggestion]:
    """Give the offences to consider beside those of a case that crosses a border.

    Source:
        Firearms Protocol, art. 3 (e); UNODC guidelines on overshadowing offences.
    """
    found = charges_of(case_id, viewer=viewer)
    charged = {row.entry.offence for row in found}
    wanted = {
        row.offence.at_border: row.entry.happened_on
        for row in found
        if row.offence is not None and row.offence.at_border
    }
    missing = {code: on for code, on in wanted.items() if code not in charged and on}
    if not missing:
        return []
    because = crossings.crossings(
        border_facts(case_id, viewer=viewer), settings.HOME_COUNTRY
    )
    law = jurisdiction.profile()
    return [
        Suggestion(offence, because)
        for code, on in missing.items()
        for offence in law.offences_on(on)
        if offence.code == code and because
    ]


def _row(entry: CaseEntry) -> ChargeRow:
    law, on = jurisdiction.profile(), entry.happened_on
    if on is None:
        return ChargeRow(entry, None, ())
    named = (each for each in law.offences_on(on) if each.code == entry.offence)
    elements = law.elements_of(entry.offence, on)
    return ChargeRow(
        entry,
        next(named, None),
        tuple(
            ElementRow(each, tuple(entry.elements.get(each.code, ())))
            for each in elements
        ),
    )
