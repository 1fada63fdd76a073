"""One arm as a clerk acts on it: locked, with where it stands and who saw what."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import TRADERS, State, fold_state
from armstrace.analysis.provenance.steps import Facts
from armstrace.audit import declarations, ledger
from armstrace.records.lookups import among, starts_with
from armstrace.records.submissions import Submission
from armstrace.registry import arm_state, doubles, rules
from armstrace.registry.arms_by_marks import READ_WHOLE
from armstrace.registry.described import bears_make
from armstrace.registry.event_statements import EventRecorder
from armstrace.registry.inputs import EventInput
from armstrace.registry.models import (
    Arm,
    ArmRecord,
    DescribedArm,
    LifeEvent,
    no_such_arm,
)
from armstrace.vocabulary import rows
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import (
    ArmBasis,
    ArmState,
    HolderKind,
    LifeEventKind,
    Passing,
)
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.outcomes import Recorded
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source

EVENT = "registry.event"
KEPT = Rule[Message | None](
    "RG-25",
    lambda told: told or NOTHING,
    Source("design", "an arm that is kept leaves from where it is kept"),
    lambda told: told is None,
)
"""The fact is why the arm leaves by another act alone."""
NOT_ABROAD = Rule[tuple[str, HolderKind | None]](
    "RG-46",
    lambda told: message(
        "Holder %(holder)s is abroad: an arm goes there in a consignment, under an "
        "authorisation to export; choose another holder.",
        holder=told[0],
    ),
    Source("protocol", "art. 10, para. 2"),
    lambda told: told[1] is not HolderKind.FOREIGN,
)
"""The facts are who would receive the arm, and of what kind that holder is."""


@dataclass(frozen=True, slots=True)
class AtDesk:
    """An arm with its life, while nobody else may change it."""

    # The arm, locked until the transaction ends.
    arm: Arm
    # What is known of its marks.
    record: ArmRecord
    events: Sequence[Event]
    now: State
    # How many events of it the desk has told; None where nobody has counted.
    told: int | None = None

    @property
    def last_day(self) -> date | None:
        """Give the last day on which something happened to the arm."""
        days = (event.happened_on for event in self.events)
        return max((day for day in days if day), default=None)

    @property
    def next_event(self) -> str:
        """Give the number of the next event that the desk records of the arm."""
        prefix = f"desk {self.arm.reference}-"
        if self.told is not None:
            return f"{prefix}{self.told + 1}"
        told = LifeEvent.objects.filter(starts_with("source_number", prefix))
        numbers = told.filter(source=self.arm.source).values("source_number")
        return f"{prefix}{numbers.distinct().count() + 1}"

    def event_numbered(self, number: str) -> LifeEvent:
        """Give an event of the arm that its register numbers."""
        told = LifeEvent.objects.current().filter(source=self.arm.source)
        return told.get(source_number=number)

    def state(
        self, kind: LifeEventKind, told: object = None, **more: object
    ) -> EventInput:
        """State an event of the arm, from the holder on record.

        Args:
            told: An act of the desk, of which the event has the day, place and papers.
            more: What the event has otherwise.
        """
        given: dict[str, object] = {
            "arm_number": self.arm.source_number,
            "holder_from": self.now.holder,
        }
        if "number" not in more:
            given["number"] = self.next_event
        return rows.fill(EventInput, told, kind=kind, **given | more)


def last_recoveries(taken: Iterable[AtDesk]) -> dict[int, tuple[str, date]]:
    """Give number and day of recoveries after which nothing happened to arms."""
    last_days = {each.arm.pk: each.last_day for each in taken}
    asked = declarations.functions(lambda app: app.recovered)
    return {
        arm: found
        for of_arms in asked
        for arm, found in of_arms(last_days.keys()).items()
        if (last_days[arm] or date.min) <= found[1]
    }


def require_not_kept(arm_id: int, kind: LifeEventKind) -> None:
    """Refuse that an arm leaves at the desk which leaves by another act alone.

    Raises:
        RuleBroken: ``RG-25``.
    """
    KEPT.require(why_kept([arm_id], kind).get(arm_id))


def why_kept(arm_ids: Collection[int], kind: LifeEventKind) -> dict[int, Message]:
    """Say of arms that leave by another act alone why they do."""
    asked = declarations.functions(lambda app: app.kept)
    told = [of_arms(arm_ids, kind) for of_arms in asked]
    return {arm: said for of_app in reversed(told) for arm, said in of_app.items()}


def take_arms(arm_ids: Collection[int]) -> dict[int, AtDesk]:
    """Lock arms for one act on each, where they stand on the register.

    Those that are withdrawn or joined are left out.
    """
    rows = Arm.objects.get_queryset().select_for_update().filter(among("pk", arm_ids))
    arms = {
        arm.pk: arm for arm in rows.exclude(basis=ArmBasis.WITHDRAWN).order_by("pk")
    }
    events = arm_state.events_of(arms)
    numbers = LifeEvent.objects.filter(
        among("arm_id", arms), source_number__startswith="desk A"
    )
    told: dict[int, set[str]] = defaultdict(set)
    for arm, number in numbers.values_list("arm_id", "source_number"):
        told[arm].add(number)
    records = ArmRecord.objects.current().filter(among("arm_id", arms))
    return {
        arm: AtDesk(
            arms[arm], record, events[arm], fold_state(events[arm]), len(told[arm])
        )
        for record in records
        for arm in [record.arm_id]
    }


def take_arm(
    arm_id: int, *, seen: int | None = None, happened_on: date | None = None
) -> AtDesk:
    """Lock an arm for an act, and refuse one that was decided on something older.

    The lock comes before anything is read, so that of two who act at once the
    second one meets what the first one recorded.

    Raises:
        RuleBroken: ``RG-01``, ``RG-02``, ``RG-05`` or ``RG-12``.
    """
    arm = lock_arm(arm_id)
    rules.NOT_WITHDRAWN.require(arm.basis)
    events = arm_state.events_of([arm_id]).get(arm_id, [])
    rules.SEEN.require((arm.reference, seen in {None, newest_event(events)}))
    record = ArmRecord.objects.current().filter(arm_id=arm_id).first()
    if record is None:
        raise rules.NOT_JOINED.broken(False)  # noqa: FBT003 - what the rule is about
    taken = AtDesk(arm, record, events, fold_state(events))
    rules.IN_ORDER.require((happened_on, taken.last_day))
    return taken


def find_giver(taken: AtDesk, named: str, kinds: Mapping[str, HolderKind]) -> str:
    """Give the number of who gives an arm; empty where nobody is known to.

    Args:
        named: Who is said to give it.
        kinds: What kind each of the holders is that are on record.

    Raises:
        RuleBroken: ``RG-45`` or ``IN-02``.
    """
    rules.GIVER_ON_RECORD.require((named, taken.now.holder))
    rules.KNOWN_HOLDER.require((named, kinds))
    return taken.now.holder or named


def require_taker(
    manner: Passing, hands: tuple[str, str], kinds: Mapping[str, HolderKind]
) -> HolderKind:
    """Give what kind of holder receives an arm; refuse one who cannot.

    Args:
        hands: Numbers of who gives it and of who receives it.
        kinds: What kind each of the holders is that are on record.

    Raises:
        InvalidInput: Nobody is named who receives it.
        RuleBroken: ``IN-02``, ``RG-03``, ``RG-04`` or ``RG-46``.
    """
    giver, taker = hands
    require_named(taker)
    rules.KNOWN_HOLDER.require((taker, kinds))
    kind = kinds[taker]
    NOT_ABROAD.require((taker, kind))
    told = rules.Hands(
        manner,
        giver,
        taker,
        is_to_trader=kind in TRADERS,
        is_to_state=kind is HolderKind.STATE_BODY,
    )
    rules.OTHER_HANDS.require(told)
    rules.FITTING_HANDS.require(told)
    return kind


def require_named(taker: str) -> None:
    """Refuse that an arm passes to nobody.

    Raises:
        InvalidInput: Nobody is named who receives it.
    """
    if not taker.strip():
        msg = message("Name the holder who receives the arm.")
        raise InvalidInput(msg, field="taker")


def require_possible(
    taken: AtDesk, stated: EventInput, *, by: Actor, at: datetime
) -> None:
    """Refuse an event that the life of the arm forbids; nothing is written.

    Raises:
        RuleBroken: A rule of the life cycle.
    """
    recorder = EventRecorder(
        Submission(taken.arm.source, by, at), facts_of(taken.record)
    )
    (foretold,) = recorder.foretell([stated])
    foretold.require_done()


def record_event(
    taken: AtDesk,
    stated: EventInput,
    entry: ledger.Entry,
    grant: str = EVENT,
) -> Recorded:
    """Record an event of an arm that is at the desk; inside the entry of the act.

    Args:
        grant: Line of the policy that opens the act.

    Raises:
        RuleBroken: A rule of the life cycle.
    """
    recorded = record_events([(taken, stated)], entry, grant)[taken.arm.pk]
    recorded.require_done()
    return recorded


def record_events(
    told: Collection[tuple[AtDesk, EventInput]], entry: ledger.Entry, grant: str
) -> dict[int, Recorded]:
    """Record an event of each of some arms; give the outcomes by the arm."""
    of_source: dict[str, dict[int, tuple[AtDesk, EventInput]]] = defaultdict(dict)
    for taken, stated in told:
        of_source[taken.arm.source][taken.arm.pk] = (taken, stated)
    found: dict[int, Recorded] = {}
    for source, pairs in of_source.items():
        facts = {arm: facts_of(taken.record) for arm, (taken, _) in pairs.items()}
        submission = Submission(source, entry.by, entry.at)
        recorder = EventRecorder(submission, facts, grant)
        outcomes = recorder.record([stated for _, stated in pairs.values()], entry)
        found |= zip(pairs, outcomes, strict=True)
    return found


def follow_disposal(
    arm_id: int, left: tuple[str, LifeEventKind, date], entry: ledger.Entry
) -> None:
    """Let the life of an arm tell how it left custody; inside the entry of the act.

    A clerk of the register withdraws the event where the disposal was not so.

    Args:
        left: The exhibit's number, such as E12, as the source of the event;
            ``DESTROYED``, or ``RETURNED`` to its holder on record; and the day.

    Raises:
        RuleBroken: ``RG-05`` or ``RG-12``; or the event cannot be true: ``LC-01``,
            ``LC-02``, ``LC-16`` or ``LC-17``.
    """
    exhibit, kind, day = left
    (standing,) = doubles.standing({exhibit: arm_id}).values()
    taken = take_arm(standing)
    if kind is LifeEventKind.RETURNED and taken.now.loss_is_open:
        kind = LifeEventKind.FOUND_AGAIN
    if kind is LifeEventKind.DESTROYED and taken.now.state is ArmState.DESTROYED:
        return
    number = f"disposal {exhibit}"
    said = {"happened_on": day, "document": exhibit, "holder_from": ""}
    stated = taken.state(kind, number=number, **said)
    # Of disposals the agency decides that keeps: what the desk knows of the arm, such
    # as marks that nobody recorded, holds none of them up.
    told = Submission(taken.arm.source, entry.by, entry.at)
    EventRecorder(told, grant="exhibit.keep").record_one(stated, entry)


@dataclass(frozen=True, slots=True)
class Moved:
    """How an arm left this State, or came to it, in a consignment."""

    # Number of the consignment, such as J12.
    consignment: str
    # ``EXPORTED`` or ``IMPORTED``.
    kind: LifeEventKind
    on: date
    country: str
    # Number of the holder who receives it here; empty where it leaves.
    holder: str = ""
    # Of the step among those of the consignment; one taken back is not told again.
    step: int = 1


def follow_consignment(arm_id: int, moved: Moved, entry: ledger.Entry) -> None:
    """Let the life of an arm tell how it crossed the border; inside the act's entry.

    The papers of the transfer were looked at before the goods left.

    Raises:
        RuleBroken: ``RG-02``, ``RG-05`` or ``RG-12``, or a rule of the life cycle.
    """
    taken = take_arm(arm_id, happened_on=moved.on)
    arm, kind = taken.arm, moved.kind.lower()
    stated = taken.state(
        moved.kind,
        number=f"{kind} {moved.consignment}-{moved.step} {arm.reference}",
        happened_on=moved.on,
        holder_to=moved.holder,
        country=moved.country,
        document=moved.consignment,
    )
    facts = replace(
        facts_of(taken.record), import_authorised=Known.YES, transits_consent=Known.YES
    )
    told = Submission(arm.source, entry.by, entry.at)
    EventRecorder(told, facts, "transfer.move").record_one(stated, entry)


def facts_of(record: DescribedArm) -> Facts:
    """Give what the record of an arm's marks tells beside its events."""
    is_named = bears_make(record.make, record.readings)
    is_marked = is_named and record.serial_status in READ_WHOLE
    return Facts(
        marked=Known.YES if is_marked else Known.UNKNOWN,
        year_of_manufacture=record.year_of_manufacture,
    )


def lock_arm(arm_id: int) -> Arm:
    """Give an arm that nobody else changes until the transaction ends."""
    # The arm and not its events: the event that a colleague is about to write has no
    # row yet that could be locked.
    arm = Arm.objects.get_queryset().select_for_update().filter(pk=arm_id).first()
    if arm is None:
        raise NotFound(no_such_arm(arm_id))
    return arm


def newest_event(events: Iterable[Event]) -> int:
    """Give the key of the newest event of an arm, 0 where there is none."""
    return max((event.key for event in events), default=0)
