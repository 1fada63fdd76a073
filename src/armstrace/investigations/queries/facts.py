"""What the records say of the items of a case: their days, their arms, borders."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from armstrace.investigations.crossings import Happening, Item
from armstrace.investigations.models import Case, CaseEntry, CaseRecovery
from armstrace.investigations.queries.entries import entries_of
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
from armstrace.vocabulary.recoveries import PlaceKind, RecoveryKind

BORDERS = ("recovery_id", "place_kind", "country_of_manufacture", "import_country")
RECOVERED = ("recovery_id", "recovered_on", "recovered_until", "recovery_kind", "place")
LIFE = ("arm_id", "kind", "happened_on", "country", "place")
LOSS = ("arm_id", "loss_kind", "happened_on", "happened_until", "place")


class Lane(Code):
    """What a row of the time line tells of."""

    ENTRY = "ENTRY", "events of the case"
    RECOVERY = "RECOVERY", "recoveries"
    ARM = "ARM", "lives of the registered arms"
    LOSS = "LOSS", "losses and thefts"


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One row of the time line."""

    lane: Lane
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
        TimeRow(Lane.ENTRY, one.when, one.place, entry=one)
        for one in found
        if one.when is not None
    ]
    ids = _item_ids(case_id)
    rows += _recoveries(ids)
    arms = _arms(ids)
    rows += [
        TimeRow(Lane.ARM, DateSpan.of(one.on), one.place, one.kind, arms[arm])
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
            Lane.RECOVERY,
            DateSpan.of(row["recovered_on"], row["recovered_until"]),
            row["place"],
            _how(RecoveryKind(row["recovery_kind"])),
            row["recovery_id"],
        )
        for table in tables
        for row in table.objects.current()
        .filter(among("recovery_id", ids))
        .values(*RECOVERED)
    ]


def _how(kind: RecoveryKind) -> Code:
    return LifeEventKind.RECOVERED if kind is RecoveryKind.UNDECIDED else kind


def _arms(ids: Collection[int]) -> dict[int, int]:
    """Give the registered arms that items were judged to be, each with its item."""
    judged = CandidateJudgement.objects.same().filter(among("recovery_id", ids))
    return dict(judged.values_list("arm_id", "recovery_id"))


def _lives(arms: Collection[int]) -> dict[int, list[Happening]]:
    rows = LifeEvent.objects.current().filter(among("arm_id", arms))
    found: dict[int, list[Happening]] = defaultdict(list)
    for row in rows.order_by("happened_on", "pk").values(*LIFE):
        happened = (row["happened_on"], row["country"], row["place"])
        found[row["arm_id"]].append(Happening(LifeEventKind(row["kind"]), *happened))
    return dict(found)


def _losses(arms: dict[int, int]) -> list[TimeRow]:
    rows = LossReport.objects.current().filter(among("arm_id", arms))
    return [
        TimeRow(
            Lane.LOSS,
            DateSpan.of(row["happened_on"], row["happened_until"]),
            row["place"],
            LifeEventKind(row["loss_kind"]),
            arms[row["arm_id"]],
        )
        for row in rows.exclude(happened_on=None).values(*LOSS)
    ]
