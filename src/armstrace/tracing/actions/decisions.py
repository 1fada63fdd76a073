"""Decide on traces: open, except, confirm, close."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.recoveries.actions import judging
from armstrace.recoveries.fields import country_code
from armstrace.recoveries.models import CandidateJudgement, Recovery, RecoveryRecord
from armstrace.registry.models import Arm
from armstrace.tracing import checking, rules
from armstrace.tracing.inputs import DecisionInput
from armstrace.tracing.models import Trace, TraceDecision
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmBasis, ItemKind
from armstrace.vocabulary.errors import NotFound, RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.tracing import (
    Establishment,
    Judgement,
    TraceOutcome,
    TraceStanding,
)

NEEDED = {
    TraceStanding.OPEN: "trace.open",
    TraceStanding.EXCEPTED: "trace.except",
    TraceStanding.CLOSED: "trace.close",
}


def decide_traces(
    *, stated: Sequence[DecisionInput], by: Actor, at: datetime
) -> list[TraceDecision]:
    """Record decisions on traces; each supersedes the one before it.

    Args:
        stated: The decisions, at most one for a recovery.

    Returns:
        The decisions as recorded, in the order given.

    Raises:
        NotPermitted: ``by`` may not decide so, or not for that agency.
        RuleBroken: ``TD-01`` the item is not an arm; ``TD-02`` to ``TD-05``
            the decision does not say what it must; ``TD-08`` somebody has decided
            since ``seen``; ``TD-09`` the national register that is the basis has no
            record of the arm; ``TD-11`` to ``TD-13`` it contradicts the records.
        InvalidInput: It names a country or a holder that is not there.

    Source:
        MOSAIC 05.31; background paper (2018), paras. 64-66, 80.
    """
    for each in stated:
        rules.require_sound_decision(each)
    _require_grants(stated, by)
    _require_arms([each.recovery_id for each in stated])
    _require_registers(stated)
    holders = licensing.holder_ids(
        {
            each.diversion.holder_number
            for each in stated
            if each.diversion.holder_number
        }
    )
    checking.require_possible(stated, holders, at)
    with ledger.entry("trace.decided", by=by, at=at) as entry:
        traces = _traces(stated, at)
        made = [trace for trace, is_new in traces.values() if is_new]
        entry.about_all(made)
        old = {
            decision.trace_id: decision
            for decision in TraceDecision.objects.current().filter(
                trace__in=[trace for trace, _ in traces.values()]
            )
        }
        _require_seen(stated, traces, old)
        known = [_known_at(e, old.get(traces[e.recovery_id][0].pk), at) for e in stated]
        entry.about_all(_close(stated, traces, old, known))
        decisions = TraceDecision.objects.bulk_create(
            _decision(
                each,
                trace=traces[each.recovery_id][0],
                holder_id=holders.get(each.diversion.holder_number),
                by=by,
                at=when,
            )
            for each, when in zip(stated, known, strict=True)
        )
        for decision in decisions:
            entry.about(
                decision, standing=decision.standing, outcome=decision.outcome or None
            )
        _say_same(stated, by, at)
    return decisions


def _say_same(stated: Sequence[DecisionInput], by: Actor, at: datetime) -> None:
    """Record that the arm confirmed on is the recovered one, where nobody said so.

    A decision that was known earlier is told once more: it judges nothing now.
    """
    confirmed = [
        each
        for each in stated
        if each.outcome is TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED
        and each.known_at is None
    ]
    said = CandidateJudgement.objects.same().filter(
        recovery_id__in=[each.recovery_id for each in confirmed]
    )
    same = set(said.values_list("recovery_id", flat=True))
    for each in confirmed:
        if each.arm_id is not None and each.recovery_id not in same:
            judgement = judging.StatedJudgement(
                each.recovery_id, each.arm_id, Judgement.SAME, each.reason
            )
            judging.judge_candidate(stated=judgement, by=by, at=at)


def _require_registers(stated: Sequence[DecisionInput]) -> None:
    """Refuse the national register as the basis where it has no record of the arm."""
    arms = [
        each.arm_id
        for each in stated
        if each.arm_id is not None and each.established is Establishment.OWN_REGISTER
    ]
    reported = Arm.objects.filter(pk__in=arms, basis=ArmBasis.LOSS_REPORT)
    absent = frozenset(reported.values_list("pk", flat=True))
    for arm_id in arms:
        rules.ON_REGISTER.require((arm_id, absent))


def _require_grants(stated: Sequence[DecisionInput], by: Actor) -> None:
    rows = RecoveryRecord.objects.current().filter(
        recovery_id__in=[each.recovery_id for each in stated]
    )
    agencies = dict(rows.values_list("recovery_id", "agency"))
    for each in stated:
        agency = agencies.get(each.recovery_id)
        by.require(NEEDED[each.standing], agency=agency)
        if each.outcome is TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED:
            by.require("trace.confirm", agency=agency)


def _require_arms(recovery_ids: list[int]) -> None:
    kinds = dict(
        Recovery.objects.filter(pk__in=recovery_ids).values_list("pk", "item_kind")
    )
    for recovery_id in recovery_ids:
        if recovery_id not in kinds:
            msg = message(
                "There is no recovery R%(recovery)s here; check the number.",
                recovery=recovery_id,
            )
            raise NotFound(msg)
        if kinds[recovery_id] != ItemKind.ARM:
            msg = message(
                "R%(recovery)s is not an arm; only arms are traced.",
                recovery=recovery_id,
            )
            raise RuleBroken("TD-01", msg, source=Source("mosaic-05.31"))


def _traces(
    stated: Sequence[DecisionInput], at: datetime
) -> dict[int, tuple[Trace, bool]]:
    """Give the trace of each recovery, and whether it was made now."""
    wanted = {each.recovery_id: each for each in stated}
    # Locked in the order of their keys: two who decide on the same traces at once,
    # each in an order of their own, would else wait for each other for ever.
    locked = Trace.objects.filter(recovery_id__in=wanted).order_by("pk")
    found = {trace.recovery_id: (trace, False) for trace in locked.select_for_update()}
    made = Trace.objects.bulk_create(
        Trace(recovery_id=recovery_id, known_at=each.known_at or at)
        for recovery_id, each in wanted.items()
        if recovery_id not in found
    )
    return found | {trace.recovery_id: (trace, True) for trace in made}


def _require_seen(
    stated: Sequence[DecisionInput],
    traces: dict[int, tuple[Trace, bool]],
    old: dict[int, TraceDecision],
) -> None:
    for each in stated:
        last = old.get(traces[each.recovery_id][0].pk)
        is_last = each.seen in {None, last.pk if last else 0}
        rules.SEEN.require((f"R{each.recovery_id}", is_last))


def _known_at(
    stated: DecisionInput, old: TraceDecision | None, at: datetime
) -> datetime:
    """Give when a decision became known: never before the one it supersedes."""
    when = stated.known_at or at
    return when if old is None else max(when, old.known_at)


def _close(
    stated: Sequence[DecisionInput],
    traces: dict[int, tuple[Trace, bool]],
    old: dict[int, TraceDecision],
    known: list[datetime],
) -> list[TraceDecision]:
    closed = []
    for each, when in zip(stated, known, strict=True):
        decision = old.get(traces[each.recovery_id][0].pk)
        if decision is not None:
            decision.superseded_at = when
            closed.append(decision)
    TraceDecision.objects.bulk_update(closed, ["superseded_at"])
    return closed


def _decision(
    stated: DecisionInput,
    *,
    trace: Trace,
    holder_id: int | None,
    by: Actor,
    at: datetime,
) -> TraceDecision:
    diversion = stated.diversion
    identified = stated.outcome is TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED
    return TraceDecision(
        trace=trace,
        standing=stated.standing.value,
        ground=stated.ground.value if stated.ground else "",
        exception=stated.exception.value if stated.exception else "",
        outcome=stated.outcome.value if stated.outcome else "",
        established=stated.established.value,
        arm_id=stated.arm_id,
        decided_on=stated.decided_on,
        decided_by=by.name,
        reason=stated.reason,
        source=by.agency,
        known_at=at,
        diversion_kind=diversion.kind.value if identified else "",
        diversion_on=diversion.on,
        diversion_earliest_on=diversion.earliest_on,
        diversion_latest_on=diversion.latest_on,
        diversion_place=diversion.place,
        diversion_region=diversion.region,
        diversion_country=country_code(diversion.country),
        last_lawful_holder_id=holder_id,
    )
