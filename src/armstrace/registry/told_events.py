"""An event on record that somebody changes: its arm locked, and what follows held."""

from dataclasses import dataclass
from typing import Any

from armstrace.analysis.provenance import steps, transitions
from armstrace.analysis.provenance.events import Event, in_order
from armstrace.analysis.provenance.state import NOTHING, after, fold_state
from armstrace.audit import declarations, ledger
from armstrace.certificates.models import Certificate
from armstrace.registry import arm_state, at_desk, fitted, rules
from armstrace.registry.models import (
    Arm,
    EventWithdrawal,
    LifeEvent,
    LossReport,
    no_such_event,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import NotFound


@dataclass(frozen=True, slots=True)
class OfLife:
    """An event of an arm's life, as a person saw it."""

    arm_id: int
    # The event as it is on record now.
    event_id: int
    # The newest event that the person saw; None asks for no check.
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An event on record, with the arm locked and its report of loss, if any."""

    taken: at_desk.AtDesk
    event: LifeEvent
    report: LossReport | None


def take_event(asked: OfLife, by: Actor) -> Told:
    """Lock an arm for a change of one of its events.

    Raises:
        NotFound: There is no such arm, or the arm no such event.
        RuleBroken: ``RG-01``, ``RG-05``, ``RG-12`` or ``RG-15``; ``RG-50``, a
            certificate says that it happened.
    """
    arm_id = asked.arm_id
    taken = at_desk.take_arm(arm_id, seen=asked.seen)
    found = LifeEvent.objects.current().filter(pk=asked.event_id, arm_id=arm_id)
    event = found.select_related("holder_from", "holder_to").first()
    if event is None:
        raise NotFound(no_such_event(taken.arm.reference))
    report = report_of(event)
    is_own = event.source == taken.arm.source or report is not None
    rules.CORRECTABLE.require((LifeEventKind(event.kind), is_own))
    _require_uncertified(event, by)
    return Told(taken, event, report)


def report_of(event: LifeEvent) -> LossReport | None:
    """Give the report of loss that tells of an event, if one does."""
    number = event.source_number.removeprefix("loss ")
    if number == event.source_number:
        return None
    reports = LossReport.objects.current().filter(
        arm_id=event.arm_id, source=event.source, source_number=number
    )
    return reports.select_related("arm", "holder").first()


def _require_uncertified(event: LifeEvent, by: Actor) -> None:
    """Refuse to change what a certificate says, unless somebody else ended that.

    Raises:
        RuleBroken: ``RG-50``.
    """
    asked = declarations.functions(lambda app: app.certified)
    for kind, subject in filter(None, (tell(event.source_number) for tell in asked)):
        rows = Certificate.objects.filter(kind=kind, subject=subject)
        last = rows.order_by("-pk").first()
        is_free = last is None or last.ended_by not in {"", by.name}
        rules.UNCERTIFIED.require((subject, is_free))


def withdraw_crossing(
    arm_id: int, moved: at_desk.Moved, reason: str, entry: ledger.Entry
) -> None:
    """Withdraw that an arm crossed the border; inside the entry of the act.

    Raises:
        RuleBroken: ``RG-05``, or ``RG-14``, something that follows needs it.
    """
    told = {"kind": moved.kind, "document": moved.consignment}
    rows = LifeEvent.objects.current().filter(arm_id=arm_id, **told)
    key = rows.order_by("-pk").values_list("pk", flat=True).first()
    if key is not None:
        withdraw(take_event(OfLife(arm_id, key), entry.by), reason, entry)


def withdraw(told: Told, reason: str, entry: ledger.Entry) -> None:
    """Withdraw an event with its report of loss; inside the entry of the act.

    Raises:
        RuleBroken: ``RG-14``, or ``RG-20``.
    """
    ended = told.event.supersede(entry.at)
    entry.about(told.event)
    if told.report is not None:
        told.report.supersede(entry.at)
        entry.about(told.report)
    fitted.put_back(told.event, ended, entry)
    withdrawal = EventWithdrawal.objects.create(
        event=told.event,
        decided_by=entry.by.name,
        reason=reason,
        source=entry.by.agency,
        known_at=ended,
    )
    entry.about(withdrawal)
    events = require_what_follows(told.taken, told.event.pk)
    arm = told.taken.arm.pk
    entry.about_keys(Arm, arm_state.rewrite({arm: fold_state(events)}))


def require_what_follows(taken: at_desk.AtDesk, event_id: int) -> list[Event]:
    """Refuse a life in which an event breaks a rule that it did not break before.

    Raises:
        RuleBroken: ``RG-14``.
    """
    facts = at_desk.facts_of(taken.record)
    events = arm_state.events_of([taken.arm.pk]).get(taken.arm.pk, [])
    before = _broken(list(taken.events), facts)
    known = {event.key for event in taken.events}
    for step, rule in _broken(events, facts).values():
        key = step.event.key if step.event.key in known else event_id
        if before.get(key, (step, None))[1] is not rule:
            why = rule.broken(step).message
            rules.STILL_FOLLOWS.require((step.event, why))
    return events


def _broken(events: list[Event], facts: steps.Facts) -> dict[int, Any]:
    """Give the first rule that each event breaks, by its key."""
    found, now = {}, NOTHING
    for event in in_order(events):
        step = steps.Step(now, event, facts)
        rule = transitions.broken(step)
        if rule is None and not rules.HELD_THEN.holds(step):
            rule = rules.HELD_THEN
        if rule is not None:
            found[event.key] = (step, rule)
        now = after(now, event)
    return found
