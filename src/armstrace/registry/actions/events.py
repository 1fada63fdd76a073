"""Record what happens to arms."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from armstrace.analysis.provenance import steps
from armstrace.analysis.provenance.events import Event, in_order
from armstrace.analysis.provenance.state import State, after, fold_state
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.records import bulk, jurisdiction
from armstrace.records.lookups import among
from armstrace.registry import (
    arm_state,
    rules,
)
from armstrace.registry.inputs import EventInput
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.outcomes import (
    Recorded,
    RowOutcome,
)

NOT_YET_SAVED = 2**62
"""Keys of events in memory: later than any key of the database."""


@dataclass(slots=True)
class _Life:
    """The events of one arm, folded once as long as they come in order."""

    events: list[Event]
    now: State | None = None
    last: Event | None = None

    def standing(self) -> State:
        """Give where the arm stands after all its events."""
        if self.now is None:
            self.now = fold_state(self.events)
            self.last = next(reversed(in_order(self.events)), None)
        return self.now

    def before(self, event: Event, *, replaces: int | None) -> State:
        """Give where the arm stood when an event happened."""
        earlier = [
            each
            for each in self.events
            if each.key != replaces and _not_after(each, event)
        ]
        is_all = len(earlier) == len(self.events)
        return self.standing() if is_all else fold_state(earlier)

    def add(self, event: Event) -> None:
        """Add an event; one that comes last moves the fold on."""
        now = self.standing()
        is_last = self.last is None or in_order((self.last, event))[-1] is event
        self.events.append(event)
        self.now = after(now, event) if is_last else None
        self.last = event if is_last else None

    def drop(self, key: int) -> None:
        """Take away the event that a correction replaces."""
        self.events = [event for event in self.events if event.key != key]
        self.now = self.last = None


@dataclass(slots=True)
class _Lives:
    """The lives that a batch of statements touches, fetched once."""

    arms: dict[str, int]
    holders: dict[str, int]
    on_record: dict[str, LifeEvent]
    of: dict[int, _Life]
    facts: steps.Facts | None
    kinds: dict[str, HolderKind]
    touched: set[int] = field(default_factory=set)


def record_events(
    *,
    source: str,
    stated: Sequence[EventInput],
    facts: steps.Facts | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Record events as stated; each must lawfully follow from the arm's life.

    Args:
        source: The register; arms and events carry its numbers.
        stated: Events; those of one arm in the order in which they happened.
        facts: What the desk knows, for events that it records now; None for the
            history that a register tells, of which only the impossible is refused.
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
    lives = _lives(source, stated, facts)
    with ledger.entry("arm.event_recorded", by=by, at=at) as entry:
        fates: list[Recorded] = []
        fresh: list[dict[str, Any]] = []
        closing: list[int] = []
        for each in stated:
            fate, event = _weigh(each, lives, source, at)
            fates.append(fate)
            if event is None:
                continue
            if fate.fate is RowOutcome.CORRECTED:
                old = lives.on_record[each.number]
                closing.append(old.pk)
                event |= {"corrects_id": old.pk, "reason": reason}
            fresh.append(event)
        if closing:
            LifeEvent.objects.filter(pk__in=closing).update(superseded_at=at)
            entry.about_keys(LifeEvent, closing)
        entry.about_keys(LifeEvent, bulk.insert(LifeEvent, fresh))
        entry.about_keys(Arm, _rewrite_standings(lives))
        entry.note(stated=len(stated), written=len(fresh))
    return fates


def _lives(
    source: str, stated: Sequence[EventInput], facts: steps.Facts | None
) -> _Lives:
    numbers = {each.arm_number for each in stated}
    arms = dict(
        Arm.objects.filter(among("source_number", numbers), source=source).values_list(
            "source_number", "pk"
        )
    )
    named = {n for each in stated for n in (each.holder_from, each.holder_to) if n}
    found = LifeEvent.objects.current().filter(
        among("source_number", [each.number for each in stated]), source=source
    )
    on_record = {event.source_number: event for event in found}
    touchable = {*arms.values(), *(event.arm_id for event in on_record.values())}
    holders = licensing.holder_ids(named)
    events = arm_state.events_of(touchable)
    return _Lives(
        arms=arms,
        holders=holders,
        on_record=on_record,
        of={arm: _Life(events.get(arm, [])) for arm in touchable},
        facts=facts,
        kinds=licensing.holder_kinds(named),
    )


def _weigh(
    stated: EventInput, lives: _Lives, source: str, at: datetime
) -> tuple[Recorded, dict[str, Any] | None]:
    """Decide what becomes of one statement; add it to the life it belongs to."""
    unknown = _unknown_reference(stated, lives)
    if unknown is not None:
        return unknown, None
    arm_id = lives.arms[stated.arm_number]
    old = lives.on_record.get(stated.number)
    if old is not None and old.content_key == stated.content_key:
        return Recorded(RowOutcome.UNCHANGED, arm_id), None
    life = lives.of[arm_id]
    known_at = at if old is not None else stated.known_at or at
    event = _pure(stated, lives, known_at)
    before = life.before(event, replaces=old.pk if old else None)
    try:
        _require_fit(event, before, lives.facts)
    except RuleBroken as error:
        fate = Recorded(RowOutcome.REFUSED, arm_id, str(error), error.rule, "event")
        return fate, None
    if old is not None:
        lives.of[old.arm_id].drop(old.pk)
        lives.touched.add(old.arm_id)
    life.add(event)
    lives.touched.add(arm_id)
    became = RowOutcome.NEW if old is None else RowOutcome.CORRECTED
    return Recorded(became, arm_id), _event(stated, lives, source, known_at)


def _unknown_reference(stated: EventInput, lives: _Lives) -> Recorded | None:
    if stated.arm_number not in lives.arms:
        sentence = (
            f"No arm has the number {stated.arm_number!r} in this register; "
            "load the arm first or correct the number."
        )
        return Recorded(RowOutcome.REFUSED, 0, sentence, "IN-01", "arm_number")
    for name, number in (
        ("holder_from", stated.holder_from),
        ("holder_to", stated.holder_to),
    ):
        if number and number not in lives.holders:
            sentence = (
                f"No holder has the number {number!r}; "
                "load the holder first or correct the number."
            )
            return Recorded(RowOutcome.REFUSED, 0, sentence, "IN-02", name)
    return None


def _require_fit(event: Event, before: State, facts: steps.Facts | None) -> None:
    if facts is None:
        rules.require_possible_event(before, event)
    else:
        day = event.happened_on or event.known_at.date()
        last = jurisdiction.last_antique_year(day)
        known = replace(facts, last_antique_year=last)
        rules.require_lawful_event(before, event, known)


def _not_after(event: Event, new: Event) -> bool:
    if event.happened_on is None or new.happened_on is None:
        return True
    return event.happened_on <= new.happened_on


def _pure(stated: EventInput, lives: _Lives, known_at: datetime) -> Event:
    life = lives.of[lives.arms[stated.arm_number]]
    return Event(
        key=NOT_YET_SAVED + len(life.events),
        kind=stated.kind,
        happened_on=stated.happened_on,
        known_at=known_at,
        holder_from=stated.holder_from,
        holder_to=stated.holder_to,
        holder_kind_from=lives.kinds.get(stated.holder_from),
        holder_kind_to=lives.kinds.get(stated.holder_to),
        place=stated.place,
        region=stated.region,
        country=stated.country,
        document=stated.document,
    )


def _event(
    stated: EventInput, lives: _Lives, source: str, known_at: datetime
) -> dict[str, Any]:
    return {
        "arm_id": lives.arms[stated.arm_number],
        "source": source,
        "source_number": stated.number,
        "kind": stated.kind.value,
        "happened_on": stated.happened_on,
        "holder_from_id": lives.holders.get(stated.holder_from),
        "holder_to_id": lives.holders.get(stated.holder_to),
        "place": stated.place,
        "region": stated.region,
        "country": stated.country,
        "document": stated.document,
        "notes": stated.notes,
        "content_key": stated.content_key,
        "known_at": known_at,
    }


def _rewrite_standings(lives: _Lives) -> list[int]:
    return arm_state.rewrite({arm: lives.of[arm].standing() for arm in lives.touched})
