"""What may be recorded next of an arm, and why other acts may not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db.models import F, Q
from django.utils import timezone

from armstrace.analysis.provenance import passing, steps, transitions
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State, fold_state
from armstrace.audit import consultations, ledger
from armstrace.audit import queries as audit
from armstrace.licensing import queries as licensing
from armstrace.records.lookups import among, page_of
from armstrace.records.versions import VersionRecord
from armstrace.registry import at_desk, doubles, ending, licensed, marking, rules
from armstrace.registry.inputs import Happening
from armstrace.registry.models import Arm, LifeEvent, no_such_event
from armstrace.registry.queries.arms import ArmPage
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import (
    HAPPENINGS,
    IN_CUSTODY,
    LOSSES,
    MISSING,
    ArmBasis,
    ArmState,
    LifeEventKind,
    Passing,
)
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill

Kind = LifeEventKind
# How long a second person finds what passed with a reason.
SEEN_AGAIN = timedelta(days=90)
# What can only happen to an arm that somebody has.
AT_HAND = frozenset(
    {
        *(Kind.LOST, Kind.STOLEN, Kind.MARKED, Kind.PROOFED, Kind.PART_EXCHANGED),
        *(Kind.CONVERTED, Kind.DEACTIVATED, Kind.DESTROYED),
    }
)


@dataclass(frozen=True, slots=True)
class Amended:
    """An event as it was on record until a person corrected or withdrew it."""

    kind: LifeEventKind
    happened_on: date | None
    holder_from: str
    holder_to: str
    amended_at: datetime
    # Who decided so: a person, or the source that told it anew.
    by: str
    reason: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Act:
    """An act on an arm.

    Args:
        kind: The event that it records; for a passing on, ``TRANSFERRED``.
        refusal: Why it may not be done now; None where it may.
    """

    kind: LifeEventKind
    refusal: Message | None = None


def events_of_holder(
    holder_id: int, *, viewer: Actor, page: PageRequest
) -> Page[LifeEvent]:
    """Give the events by which arms came to a holder or left, the latest first.

    Raises:
        NotPermitted: The viewer may not see the register, or who holds an arm.
    """
    viewer.require("registry.view")
    viewer.require("holder.view")
    is_side = Q(holder_from_id=holder_id) | Q(holder_to_id=holder_id)
    rows = LifeEvent.objects.current().filter(is_side)
    # The few that were withdrawn are read once, and not the arm of every event.
    withdrawn = Arm.objects.filter(basis=ArmBasis.WITHDRAWN)
    rows = rows.exclude(arm__in=withdrawn.values("pk"))
    sides = rows.select_related("arm", "holder_from", "holder_to")
    latest = sides.order_by(F("happened_on").desc(nulls_last=True), "-pk")
    found = page_of(latest, page, asked=("events of", holder_id))
    consultations.show(apps.get_model("licensing", "Holder"), holder_id)
    consultations.show_all(Arm, [each.arm_id for each in found.rows])
    return found


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """What passed with a reason, and who recorded it."""

    event: LifeEvent
    recorded_by: str


def passings_with_reason(
    *, viewer: Actor, at: datetime, page: PageRequest
) -> Page[SeenAgain]:
    """Give one page of what passed with a reason in the last 90 days, newest first.

    It passed or was registered though something was missing that the law asks for,
    nothing told that it was let go, or on a day before a licence ended.
    """
    noted = audit.keys_noted(
        "despite",
        ("arm.passed", "arm.registered", "arm.event_corrected", "notice.given"),
        LifeEvent._meta.label_lower,  # noqa: SLF001 -- Django's documented API
        viewer=viewer,
        since=at - SEEN_AGAIN,
    )
    rows = LifeEvent.objects.filter(among("pk", noted)).order_by("-known_at", "-pk")
    found = page_of(rows.select_related("arm", "holder_from", "holder_to"), page)
    consultations.show_all(Arm, [each.arm_id for each in found.rows])
    return found.showing([SeenAgain(each, noted[each.pk]) for each in found.rows])


def events_with_amendments(arm_id: int, *, viewer: Actor) -> tuple[Amended, ...]:
    """Give the events of an arm that were corrected or withdrawn, the latest first."""
    viewer.require("registry.view")
    told = LifeEvent.objects.filter(arm_id=arm_id).order_by("-pk")
    found: list[Amended] = []
    later: dict[tuple[str, str], LifeEvent] = {}
    for event in told.select_related("holder_from", "holder_to").prefetch_related(
        "withdrawals"
    ):
        name = (event.source, event.source_number)
        now = later.get(name)
        withdrawn = [
            _amendment(event, one, one.decided_by, is_withdrawn=True)
            for one in event.withdrawals.all()
        ]
        found.extend(withdrawn)
        # What was withdrawn and told anew is no correction.
        if not withdrawn and event.superseded_at is not None and now is not None:
            who = now.corrected_by or now.source
            found.append(_amendment(event, now, who, is_withdrawn=False))
        later[name] = event
    return tuple(sorted(found, key=lambda each: each.amended_at, reverse=True))


def _amendment(
    event: LifeEvent, said: VersionRecord, by: str, *, is_withdrawn: bool
) -> Amended:
    giver, taker = event.holder_from, event.holder_to
    return fill(
        Amended,
        event,
        holder_from=giver.number if giver else "",
        holder_to=taker.number if taker else "",
        amended_at=said.known_at,
        by=by,
        reason=said.reason,
        is_withdrawn=is_withdrawn,
    )


def event_of(page: ArmPage, event_id: int, *, viewer: Actor) -> Event:
    """Give an event of an arm that a viewer may correct or withdraw.

    Raises:
        NotFound: There is none, or it is told by another record.
    """
    viewer.require("registry.event")
    for event in page.events:
        if event.key == event_id and may_amend(page, event, viewer=viewer):
            return event
    raise NotFound(no_such_event(page.row.reference))


def may_amend(page: ArmPage, event: Event, *, viewer: Actor) -> bool:
    """Tell whether a viewer may correct or withdraw an event of an arm."""
    if not viewer.may("registry.event") or page.withdrawal is not None:
        return False
    is_own = event.source == page.source or event.kind in LOSSES
    return is_own and event.kind not in rules.LINKED


def foretell(
    page: ArmPage, happening: Happening, *, viewer: Actor, at: datetime
) -> None:
    """Refuse what happened to an arm as the act would, before anything is written.

    Raises:
        RuleBroken: ``RG-02``, ``RG-25``, ``RG-47``, ``RG-48``, or a rule of the life
            cycle.
    """
    viewer.require("registry.event")
    taken = _taken(page, happening.happened_on)
    stated = ending.state(taken, happening)
    at_desk.require_possible(taken, stated, by=viewer, at=at)


def foretell_withdrawal(page: ArmPage, same_as: int, *, viewer: Actor) -> None:
    """Refuse to withdraw an arm for another as the act would, before it is done.

    Raises:
        RuleBroken: A rule of doubles, see ``doubles.require_double``.
    """
    viewer.require("registry.record")
    rows = Arm.objects.visible_to(viewer).in_bulk([page.row.arm_id, same_as])
    doubles.require_double(rows[page.row.arm_id], rows[same_as], viewer)


def note_extract(arm_id: int, *, viewer: Actor, at: datetime) -> None:
    """Write down that an extract of an arm was made, by whom and when."""
    viewer.require("registry.view")
    opened = f"{Arm._meta.label_lower}.{arm_id}".upper()  # noqa: SLF001 -- Django's documented API
    with ledger.entry("arm.extracted", by=viewer, at=at, op=Operation.CONSULT) as entry:
        entry.about_keys(Arm, [arm_id])
        entry.note(opened=opened)


def acts_on(page: ArmPage, *, viewer: Actor, at: datetime) -> tuple[Act, ...]:
    """Give the acts of a clerk on an arm: those that may follow, and why not.

    Args:
        viewer: Who acts; without the right to record events there are none.
    """
    if not viewer.may("registry.event") or page.withdrawal is not None:
        return ()
    now, here = fold_state(page.events), timezone.localtime(at)
    facts = at_desk.facts_of(page.record)

    def act(kind: LifeEventKind) -> Act:
        event = Event(0, kind, here.date(), here, holder_from=now.holder)
        broken = transitions.broken(steps.Step(now, event, facts))
        if broken is None:
            leaves = kind in {Kind.TRANSFERRED, Kind.DESTROYED}
            arm = page.row.arm_id
            kept = at_desk.why_kept([arm], kind) if leaves else {}
            return Act(kind, kept.get(arm))
        step = steps.Step(now, event, facts)
        return Act(kind, broken.broken(step).message)

    own = (Kind.MARKED, Kind.PART_EXCHANGED, Kind.DEACTIVATED)
    of_build = (Kind.CONVERTED,) if viewer.may("registry.record") else ()
    kinds = (Kind.TRANSFERRED, *HAPPENINGS, *own, *of_build)
    return tuple(act(kind) for kind in kinds if _is_at_issue(kind, now))


def _is_at_issue(kind: LifeEventKind, now: State) -> bool:
    """Tell whether an act is a question at all where the arm stands."""
    if kind is Kind.RETURNED:
        return now.state in IN_CUSTODY
    if kind is Kind.DEACTIVATED and now.state is ArmState.DEACTIVATED:
        return False
    if now.state in MISSING and kind in AT_HAND:
        # A lost arm may turn out to be stolen; a stolen one is not lost.
        return kind is Kind.STOLEN and now.state is ArmState.LOST
    if now.state is ArmState.EXPORTED and kind in AT_HAND:
        return False
    return kind is not Kind.LICENCE_LAPSED or bool(now.holder)


NOBODY_GIVES = message(
    "Nobody is on record as having the arm, so nobody is checked for a licence to give "
    "it; name who gives it, where that is known."
)


def _taken(page: ArmPage, on: date | None) -> at_desk.AtDesk:
    """Give an arm as an act of a day would take it, though nobody locks it."""
    now = fold_state(page.events)
    taken = at_desk.AtDesk(page.record.arm, page.record, page.events, now)
    rules.IN_ORDER.require((on, taken.last_day))
    return taken


def lacking_to_pass(
    page: ArmPage,
    hands: tuple[str, str],
    how: tuple[Passing, date],
    *,
    viewer: Actor,
    at: datetime,
) -> tuple[Message, ...]:
    """Say what is lacking for an arm to pass to somebody on a day.

    Args:
        hands: Numbers of the holders who are to give and to receive it; the first
            is empty where the register says it, or nobody does.
        how: In what way it is to pass, and on which day.

    Returns:
        That it was recovered and not let go, which marks and licences are missing,
        and that nobody is known to give it.

    Raises:
        RuleBroken: ``RG-02`` to ``RG-04``, ``RG-25``, ``RG-45``, ``IN-02``, ``MK-01``,
            or a rule of the life cycle, which no reason mends.
    """
    viewer.require("registry.event")
    (named, taker), (manner, on) = hands, how
    taken = _taken(page, on)
    kinds = licensing.holder_kinds([taken.now.holder, named, taker])
    giver = at_desk.find_giver(taken, named, kinds)
    kind = at_desk.require_taker(manner, (giver, taker), kinds)
    event = passing.event_of(manner, kinds.get(giver), kind)
    sides = {"holder_from": giver, "holder_to": taker}
    told = taken.state(event, happened_on=on, manner=manner, **sides)
    at_desk.require_not_kept(page.record.arm_id, told.kind)
    at_desk.require_possible(taken, told, by=viewer, at=at)
    lacks = marking.missing_marks(page.record.__dict__, told.kind, on=on)
    lacks += licensed.lacking(told, kinds, taken, timezone.localdate(at))
    lacks += () if giver else (NOBODY_GIVES,)
    recovered = at_desk.last_recoveries([taken]).get(page.row.arm_id)
    if recovered is None:
        return lacks
    return (licensed.LET_GO.broken((*recovered, "")).message, *lacks)
