"""Record what happens to arms."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from armstrace.analysis.provenance import transitions
from armstrace.analysis.provenance.events import Event
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.registry import rules, standing
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, Mark
from armstrace.registry.stated import StatedEvent
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.outcomes import Recorded, RowFate


@dataclass(slots=True)
class _Lives:
    """The lives that a batch of statements touches, fetched once."""

    arms: dict[str, int]
    holders: dict[str, int]
    on_record: dict[str, LifeEvent]
    events: dict[int, list[Event]]
    marked: frozenset[int]
    years: dict[int, int | None]
    touched: set[int] = field(default_factory=set)


def record_events(
    *,
    source: str,
    stated: Sequence[StatedEvent],
    reason: str = "",
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Record events as stated; each must lawfully follow from the arm's life.

    Args:
        source: The register; arms and events carry its numbers.
        stated: Events; those of one arm in the order in which they happened.
        reason: Why records are corrected, where they are.
        by: Who records them.
        at: When, with time zone.

    Returns:
        The fate of each, in the order given; a refused one says which rule.

    Raises:
        NotPermitted: ``by`` may not record events.

    Source:
        Firearms Protocol, arts. 6-10; MOSAIC 05.30.
    """
    by.require("registry.event")
    lives = _lives(source, stated)
    with ledger.entry("arm.event_recorded", by=by, at=at) as entry:
        fates: list[Recorded] = []
        fresh: list[LifeEvent] = []
        closing: list[int] = []
        for each in stated:
            fate, event = _weigh(each, lives, source, at)
            fates.append(fate)
            if event is None:
                continue
            if fate.fate is RowFate.CORRECTED:
                old = lives.on_record[each.number]
                closing.append(old.pk)
                event.corrects, event.reason = old, reason
            fresh.append(event)
        if closing:
            LifeEvent.objects.filter(pk__in=closing).update(superseded_at=at)
            entry.about_all(LifeEvent.objects.filter(pk__in=closing))
        entry.about_all(LifeEvent.objects.bulk_create(fresh))
        entry.about_all(_rewrite_standings(lives, closing))
        entry.note(stated=len(stated), written=len(fresh))
    return fates


def _lives(source: str, stated: Sequence[StatedEvent]) -> _Lives:
    numbers = {each.arm_number for each in stated}
    arms = dict(
        Arm.objects.filter(source=source, source_number__in=numbers).values_list(
            "source_number", "pk"
        )
    )
    named = {n for each in stated for n in (each.holder_from, each.holder_to) if n}
    on_record = LifeEvent.objects.current().filter(
        source=source, source_number__in=[each.number for each in stated]
    )
    records = ArmRecord.objects.current().filter(arm_id__in=arms.values())
    facts = list(records.values_list("arm_id", "serial_status", "year_of_manufacture"))
    readable = {SerialStatus.COMPLETE, SerialStatus.RESTORED}
    further = Mark.objects.current().filter(arm_id__in=arms.values())
    return _Lives(
        arms=arms,
        holders=licensing.holder_ids(named),
        on_record={event.source_number: event for event in on_record},
        events=standing.events_of(arms.values()),
        marked=frozenset(
            {arm for arm, status, _ in facts if status in readable}
            | set(further.values_list("arm_id", flat=True))
        ),
        years={arm: year for arm, _, year in facts},
    )


def _weigh(
    stated: StatedEvent, lives: _Lives, source: str, at: datetime
) -> tuple[Recorded, LifeEvent | None]:
    """Decide what becomes of one statement; add it to the life it belongs to."""
    unknown = _unknown_reference(stated, lives)
    if unknown is not None:
        return unknown, None
    arm_id = lives.arms[stated.arm_number]
    old = lives.on_record.get(stated.number)
    if old is not None and old.content_key == stated.content_key:
        return Recorded(RowFate.UNCHANGED, arm_id), None
    life = lives.events.setdefault(arm_id, [])
    if old is not None:
        life[:] = [event for event in life if event.key != old.pk]
    try:
        _require_lawful(stated, arm_id, lives)
    except RuleBroken as error:
        fate = Recorded(RowFate.REFUSED, arm_id, str(error), error.rule, "event")
        return fate, None
    known_at = at if old is not None else stated.known_at or at
    life.append(_pure(stated, lives, known_at))
    lives.touched.add(arm_id)
    fate = RowFate.NEW if old is None else RowFate.CORRECTED
    return Recorded(fate, arm_id), _event(stated, lives, source, known_at)


def _unknown_reference(stated: StatedEvent, lives: _Lives) -> Recorded | None:
    if stated.arm_number not in lives.arms:
        sentence = (
            f"No arm has the number {stated.arm_number!r} in this register; "
            "load the arm first or correct the number."
        )
        return Recorded(RowFate.REFUSED, 0, sentence, "IN-01", "arm_number")
    for name, number in (
        ("holder_from", stated.holder_from),
        ("holder_to", stated.holder_to),
    ):
        if number and number not in lives.holders:
            sentence = (
                f"No holder has the number {number!r}; "
                "load the holder first or correct the number."
            )
            return Recorded(RowFate.REFUSED, 0, sentence, "IN-02", name)
    return None


def _require_lawful(stated: StatedEvent, arm_id: int, lives: _Lives) -> None:
    life = lives.events[arm_id]
    earlier = [e for e in life if _not_after(e, stated)]
    facts = transitions.Facts(
        is_marked=arm_id in lives.marked,
        year_of_manufacture=lives.years.get(arm_id),
    )
    rules.require_lawful_event(standing.standing_of(earlier), stated.kind, facts)


def _not_after(event: Event, stated: StatedEvent) -> bool:
    if event.happened_on is None or stated.happened_on is None:
        return True
    return event.happened_on <= stated.happened_on


def _pure(stated: StatedEvent, lives: _Lives, known_at: datetime) -> Event:
    return Event(
        key=-len(lives.events) - len(lives.events[lives.arms[stated.arm_number]]),
        kind=stated.kind,
        happened_on=stated.happened_on,
        known_at=known_at,
        holder_from=str(lives.holders.get(stated.holder_from, "")),
        holder_to=str(lives.holders.get(stated.holder_to, "")),
        holder_kind_from=None,
        holder_kind_to=None,
        place=stated.place,
        region=stated.region,
        country=stated.country,
        document=stated.document,
        source="",
    )


def _event(
    stated: StatedEvent, lives: _Lives, source: str, known_at: datetime
) -> LifeEvent:
    return LifeEvent(
        arm_id=lives.arms[stated.arm_number],
        source=source,
        source_number=stated.number,
        kind=stated.kind.value,
        happened_on=stated.happened_on,
        holder_from_id=lives.holders.get(stated.holder_from),
        holder_to_id=lives.holders.get(stated.holder_to),
        place=stated.place,
        region=stated.region,
        country=stated.country,
        document=stated.document,
        notes=stated.notes,
        content_key=stated.content_key,
        known_at=known_at,
    )


def _rewrite_standings(lives: _Lives, closed: list[int]) -> list[Arm]:
    gone = set(closed)
    standings = {
        arm: standing.standing_of(
            [event for event in lives.events[arm] if event.key not in gone]
        )
        for arm in lives.touched
    }
    return standing.rewrite(standings)
