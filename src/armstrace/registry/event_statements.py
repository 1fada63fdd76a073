"""How stated events become part of the lives of arms."""

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from django.utils import timezone

from armstrace.analysis.provenance import steps
from armstrace.analysis.provenance.events import Event, in_order
from armstrace.analysis.provenance.state import State, after, fold_state
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.records import jurisdiction
from armstrace.records.lengths import limits
from armstrace.records.lookups import among
from armstrace.records.on_record import OnRecord, Store
from armstrace.records.plans import Plan
from armstrace.records.statements import Columns, Held, Recorder
from armstrace.records.submissions import Submission
from armstrace.registry import arm_state, doubles, rules
from armstrace.registry.inputs import EventInput
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.outcomes import Recorded

# Keys of events in memory: later than any key of the database.
NOT_YET_SAVED = 2**62


@dataclass(slots=True)
class Life:
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
            if each.key != replaces and _is_not_after(each, event)
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


# What an event and its statement call alike.
SAID = ("happened_on", "place", "region", "country", "document", "notes", "manner")


@dataclass(slots=True)
class Lives:
    """The lives that statements touch, each read once."""

    # Identity of each arm by its number.
    arms: dict[str, int] = field(default_factory=dict)
    # Identity of each holder by its number.
    holders: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, HolderKind] = field(default_factory=dict)
    of: dict[int, Life] = field(default_factory=dict)
    # Arms whose life is told otherwise than it was read.
    touched: set[int] = field(default_factory=set)


def restate_event(event: LifeEvent) -> EventInput:
    """State an event as it is on record."""
    return EventInput(
        number=event.source_number,
        arm_number=event.arm.source_number,
        kind=LifeEventKind(event.kind),
        holder_from=event.holder_from.number if event.holder_from else "",
        holder_to=event.holder_to.number if event.holder_to else "",
        **{name: getattr(event, name) for name in SAID},
    )


class EventRecorder(Recorder[EventInput]):
    """Events; each must follow from the life that its arm has had.

    Args:
        facts: What the desk knows, of each arm or of all, for events that it records
            now; None for the history that a register tells, of which only the
            impossible is refused.
        grant: Line of the policy that opens the act that they follow from.
    """

    store: ClassVar = Store(tables=(LifeEvent,), owner="arm_id")
    grant = "registry.event"
    days = ("happened_on",)
    limits = (
        *limits(
            LifeEvent,
            {"number": "source_number"},
            {"number": "source_number"},
            of=EventInput,
        ),
        *limits(
            LifeEvent,
            {n: n for n in ("place", "region", "country", "document")},
            of=EventInput,
        ),
    )

    def __init__(
        self,
        submission: Submission,
        facts: Mapping[int, steps.Facts] | steps.Facts | None = None,
        grant: str = "registry.event",
    ) -> None:
        super().__init__(submission)
        self.facts, self.grant = facts, grant
        # Lives stay from one part of a file to the next, so that what was
        # foretold counts for what comes after it, as what was written does.
        self.lives = Lives()
        self.withdrawn: frozenset[str] = frozenset()
        self._keys = itertools.count(NOT_YET_SAVED)

    def prepare(
        self, stated: Collection[EventInput], known: Mapping[str, OnRecord]
    ) -> None:
        """Read the lives that the statements touch."""
        lives = self.lives
        told = {each.number for each in stated}
        self.withdrawn = doubles.withdrawn_events(self.submission.source, told)
        numbers = {each.arm_number for each in stated} - lives.arms.keys()
        found = Arm.objects.filter(
            among("source_number", numbers), source=self.submission.source
        )
        lives.arms |= doubles.standing(dict(found.values_list("source_number", "pk")))
        named = {n for each in stated for n in (each.holder_from, each.holder_to) if n}
        named -= lives.holders.keys()
        lives.holders |= licensing.holder_ids(named)
        lives.kinds |= licensing.holder_kinds(named)
        named_arms = {each.arm_number for each in stated} & lives.arms.keys()
        touchable = {lives.arms[number] for number in named_arms}
        touchable |= {was.owner for was in known.values()}
        unread = touchable - lives.of.keys()
        events = arm_state.events_of(unread)
        lives.of |= {arm: Life(events.get(arm, [])) for arm in unread}

    def held_to(self, stated: EventInput) -> Iterator[Held]:
        """Hold an event to an arm and holders that are on record."""
        lives = self.lives
        yield "number", rules.NOT_TOLD_AGAIN, (stated.number, self.withdrawn)
        yield "arm_number", rules.KNOWN_ARM, (stated.arm_number, lives.arms)
        for name in ("holder_from", "holder_to"):
            yield name, rules.KNOWN_HOLDER, (getattr(stated, name), lives.holders)

    def fit(self, stated: EventInput, was: OnRecord | None) -> Recorded | None:
        """Refuse an event that may not follow; add one that may to its life."""
        arm_id = self.lives.arms[stated.arm_number]
        life = self.lives.of[arm_id]
        event = self._event(stated, was)
        before = life.before(event, replaces=was.version if was else None)
        try:
            self._require_fit(arm_id, event, before)
        except RuleBroken as error:
            return Recorded.from_error(error, at=arm_id, field="event")
        if was is not None:
            self.lives.of[was.owner].drop(was.version)
            self.lives.touched.add(was.owner)
        life.add(event)
        self.lives.touched.add(arm_id)
        return None

    def write(self, plan: Plan[EventInput], entry: ledger.Entry) -> dict[str, int]:
        """Write events, and where their arms stand now."""
        self.replace(
            plan, entry, lambda each: (LifeEvent, self._record(each, plan.known))
        )
        touched = self.lives.touched
        standings = {arm: self.lives.of[arm].standing() for arm in touched}
        entry.about_keys(Arm, arm_state.rewrite(standings))
        return {each.number: self.lives.arms[each.arm_number] for each in plan.new}

    def _require_fit(self, arm_id: int, event: Event, before: State) -> None:
        facts = self.facts
        if facts is None:
            rules.require_possible_event(before, event)
        else:
            day = event.happened_on or timezone.localdate(event.known_at)
            last = jurisdiction.last_antique_year(day)
            own = facts if isinstance(facts, steps.Facts) else facts[arm_id]
            known = replace(own, last_antique_year=last)
            rules.require_lawful_event(before, event, known)

    def _event(self, stated: EventInput, was: OnRecord | None) -> Event:
        kinds, at = self.lives.kinds, self.submission.at
        return Event(
            key=next(self._keys),
            kind=stated.kind,
            happened_on=stated.happened_on,
            # The day on which it became known is that of this country.
            known_at=timezone.localtime(at if was else stated.known_at or at),
            holder_from=stated.holder_from,
            holder_to=stated.holder_to,
            holder_kind_from=kinds.get(stated.holder_from),
            holder_kind_to=kinds.get(stated.holder_to),
            place=stated.place,
            region=stated.region,
            country=stated.country,
            document=stated.document,
        )

    def _record(self, stated: EventInput, known: Mapping[str, OnRecord]) -> Columns:
        was = known.get(stated.number)
        return {
            "arm_id": self.lives.arms[stated.arm_number],
            "source_number": stated.number,
            "kind": stated.kind.value,
            "happened_on": stated.happened_on,
            "holder_from_id": self.lives.holders.get(stated.holder_from),
            "holder_to_id": self.lives.holders.get(stated.holder_to),
            "place": stated.place,
            "region": stated.region,
            "country": stated.country,
            "document": stated.document,
            "notes": stated.notes,
            "manner": stated.manner,
            "corrects_id": was.version if was is not None else None,
        }


def _is_not_after(event: Event, new: Event) -> bool:
    if event.happened_on is None or new.happened_on is None:
        return True
    return event.happened_on <= new.happened_on
