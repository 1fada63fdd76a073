"""Which version of a procedure is in use, and what another one would change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched

from django.conf import settings

from armstrace.analysis.procedures import checking, reading
from armstrace.analysis.procedures.procedure import Procedure
from armstrace.analysis.procedures.procedure import Step as Asked
from armstrace.audit import ledger
from armstrace.procedures import facts
from armstrace.procedures.models import Followed, ProcedureUse, ProcedureVersion, Step
from armstrace.records import lengths
from armstrace.records.lookups import among
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.procedures import StepStanding

LIMITS = lengths.limits(ProcedureVersion, {"name": "name", "version": "number"})


def in_use() -> ProcedureVersion | None:
    """Give the version in use; None before the first recovery was followed."""
    rows = ProcedureUse.objects.current().filter(country=settings.HOME_COUNTRY)
    use = rows.select_related("version").first()
    return use.version if use else None


def in_use_or_shipped(by: Actor, at: datetime) -> ProcedureVersion:
    """Give the version in use; the shipped one is put into use where none is."""
    found = in_use()
    if found is not None:
        return found
    with ledger.entry("procedure.shipped", by=by, at=at) as entry:
        version = keep(reading.load_shipped(), by, at, entry)
        put_into_use(version, by, at, entry)
    return version


def keep(
    values: reading.Plain, by: Actor, at: datetime, entry: ledger.Entry
) -> ProcedureVersion:
    """Keep a sound version; one that is on record with the same content is given.

    Raises:
        InvalidInput: It has a fault, or a text is too long.
    """
    procedure = checking.require_sound(values)
    lengths.require_fits(procedure, *LIMITS)
    version, is_new = ProcedureVersion.objects.get_or_create(
        code=procedure.code,
        number=procedure.version,
        defaults={
            "name": procedure.name,
            "valid_from": procedure.valid_from,
            "content": reading.plain(procedure),
            "kept_by": by.name,
            "known_at": at,
        },
    )
    if is_new:
        entry.about(version)
    else:
        entry.beside(ProcedureVersion, [version.pk])
    return version


def put_into_use(
    version: ProcedureVersion,
    by: Actor,
    at: datetime,
    entry: ledger.Entry,
    reason: str = "",
) -> ProcedureUse:
    """Make a version the one in use; the one before is withdrawn."""
    country = settings.HOME_COUNTRY
    for before in ProcedureUse.objects.current().filter(country=country):
        before.supersede(at)
        entry.about(before)
    use = ProcedureUse.objects.create(
        version=version,
        country=country,
        put_by=by.name,
        source=by.agency,
        reason=reason,
        known_at=at,
    )
    entry.about(use)
    return use


CHUNK = 2_000


@dataclass(slots=True)
class StepChange:
    """Open recoveries in which one step would change.

    Args:
        words: What the step asks.
        gained: They would gain it.
        days: It is open in them, with another number of working days.
        role: It is open in them, for another role.
        evidence: It is open in them, with other evidence required.
        dropped: It is open in them, and would no longer be asked.
    """

    words: str
    gained: int = 0
    days: int = 0
    role: int = 0
    evidence: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Gains:
    """What open recoveries would gain."""

    # Numbers of the recoveries that would gain steps.
    gained: list[int]
    # Open recoveries that would gain none.
    kept: int
    # Each step that would change, by its code.
    by_step: Mapping[str, StepChange]


@dataclass(slots=True)
class _Counting:
    """A proposed procedure, and what it would change so far."""

    procedure: Procedure
    versions: Mapping[int, ProcedureVersion]
    gained: list[int] = field(default_factory=list)
    by_step: dict[str, StepChange] = field(default_factory=dict)

    def add(self, pk: int, known: facts.Known, has: list[Step]) -> None:
        opened = {each.code: each for each in self.procedure.steps_for(known.facts)}
        new = opened.keys() - {row.code for row in has}
        for code in new:
            self._count(opened[code], "gained")
        if new:
            self.gained.append(pk)
        for row in has:
            if row.is_undone:
                before = self.versions[row.version_id].procedure.by_code[row.code]
                for name in _differs(before, opened.get(row.code)):
                    self._count(before, name)

    def _count(self, asked: Asked, name: str) -> None:
        one = self.by_step.setdefault(asked.code, StepChange(asked.words))
        setattr(one, name, getattr(one, name) + 1)


def _differs(before: Asked, now: Asked | None) -> Iterator[str]:
    """Name what is asked otherwise of a step that is open."""
    if now is None:
        yield "dropped"
        return
    for name in ("days", "role", "evidence"):
        if getattr(before, name) != getattr(now, name):
            yield name


def gains(procedure: Procedure) -> Gains:
    """Tell what each open recovery would gain from a procedure, and what differs.

    It has no viewer: only counts of it are shown.
    """
    rows = Followed.objects.filter(is_closed=False).order_by("recovery_id")
    rounds = dict(rows.values_list("recovery_id", "round"))
    counting = _Counting(procedure, ProcedureVersion.objects.in_bulk())
    for some in batched(rounds, CHUNK, strict=False):
        has: dict[int, list[Step]] = {}
        kept = Step.objects.current().filter(among("recovery_id", some))
        kept = kept.exclude(state=StepStanding.WITHDRAWN.value)
        for row in kept.only("recovery_id", "round", "code", "state", "version_id"):
            if row.round == rounds[row.recovery_id]:
                has.setdefault(row.recovery_id, []).append(row)
        for pk, known in facts.known_of(some).items():
            counting.add(pk, known, has.get(pk, []))
    found = counting.by_step
    order = [*(each.code for each in procedure.steps), *found]
    by_step = {code: found[code] for code in order if code in found}
    return Gains(counting.gained, len(rounds) - len(counting.gained), by_step)
