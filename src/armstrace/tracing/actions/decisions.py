"""Decide on traces: open, except, confirm, close."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.recoveries.actions import judging
from armstrace.recoveries.fields import country_code
from armstrace.recoveries.models import (
    CandidateJudgement,
    Recovery,
    RecoveryRecord,
    no_such_recovery,
)
from armstrace.registry.models import Arm
from armstrace.tracing import checking, rules
from armstrace.tracing.inputs import POINT, DecisionInput
from armstrace.tracing.models import Trace, TraceDecision
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmBasis, ItemKind
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.rules import require_all
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
        RuleBroken: ``TD-01`` the item is not an arm; ``TD-02`` to ``TD-05``
            the decision does not say what it must; ``TD-08`` somebody has decided
            since ``seen``; ``TD-09`` the national register that is the basis has no
            record of the arm; ``TD-11`` to ``TD-14`` it contradicts the records;
            ``TD-19`` no other State was asked that ended so; ``TD-20`` it still has
            time to answer.
        InvalidInput: It names a country or a holder that is not there.

    Source:
        MOSAIC 05.31; background paper (2018), paras. 64-66, 80.
    """
    for each in stated:
        require_all(rules.OF_DECISION, each)
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
    checking.require_possible(stated, holders, by, at)
    with ledger.entry("trace.decided", by=by, at=at) as entry:
        traces = _traces(stated, at, entry)
        decisions = TraceDecision.objects.bulk_create(
            _decision(each, traces[each.recovery_id], holders, by, when)
            for each, when in _supersede(stated, entry)
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
            raise NotFound(no_such_recovery(recovery_id))
        is_arm = kinds[recovery_id] == ItemKind.ARM
        rules.IS_ARM.require((str(recovery_id), is_arm))


def _traces(
    stated: Sequence[DecisionInput], at: datetime, entry: ledger.Entry
) -> dict[int, Trace]:
    """Give the trace of each recovery; one that has none gets it now."""
    wanted = {each.recovery_id: each for each in stated}
    # Locked in the order of their keys: two who decide on the same traces at once,
    # each in an order of their own, would else wait for each other for ever.
    locked = Trace.objects.filter(recovery_id__in=wanted).order_by("pk")
    found = {trace.recovery_id: trace for trace in locked.select_for_update()}
    made = Trace.objects.bulk_create(
        Trace(recovery_id=recovery_id, known_at=each.known_at or at)
        for recovery_id, each in wanted.items()
        if recovery_id not in found
    )
    entry.about_all(made)
    return found | {trace.recovery_id: trace for trace in made}


def _supersede(
    stated: Sequence[DecisionInput], entry: ledger.Entry
) -> list[tuple[DecisionInput, datetime]]:
    """End the decisions that stand; give when each that follows became known.

    That is never before the one that it supersedes.
    """
    rows = TraceDecision.objects.current().select_related("trace")
    wanted = [each.recovery_id for each in stated]
    old = {
        row.trace.recovery_id: row for row in rows.filter(trace__recovery__in=wanted)
    }
    followed = []
    for each in stated:
        last, when = old.get(each.recovery_id), each.known_at or entry.at
        is_last = each.seen in {None, last.pk if last else 0}
        rules.SEEN.require((f"R{each.recovery_id}", is_last))
        if last is not None:
            when = last.superseded_at = max(when, last.known_at)
        followed.append((each, when))
    TraceDecision.objects.bulk_update(old.values(), ["superseded_at"])
    entry.about_all(old.values())
    return followed


def _decision(
    stated: DecisionInput,
    trace: Trace,
    holders: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> TraceDecision:
    point = {f"diversion_{name}": getattr(stated.diversion, name) for name in POINT}
    point["diversion_country"] = country_code(stated.diversion.country)
    if stated.outcome is not TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED:
        point["diversion_kind"] = ""
    return TraceDecision(
        trace=trace,
        standing=stated.standing,
        ground=stated.ground or "",
        exception=stated.exception or "",
        outcome=stated.outcome or "",
        established=stated.established,
        arm_id=stated.arm_id,
        decided_on=stated.decided_on,
        decided_by=by.name,
        reason=stated.reason,
        source=by.agency,
        known_at=at,
        last_lawful_holder_id=holders.get(stated.diversion.holder_number),
        **point,
    )
