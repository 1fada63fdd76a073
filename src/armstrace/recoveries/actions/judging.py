"""Say whether a recovered arm is a registered one."""

from dataclasses import dataclass, replace
from datetime import datetime

from armstrace.audit import ledger
from armstrace.recoveries import rules
from armstrace.recoveries.actions import versions
from armstrace.recoveries.models import CandidateJudgement, Recovery, RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.registry.models import Arm
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.tracing import Judgement

TOP = 50


@dataclass(frozen=True, slots=True)
class StatedJudgement:
    """What a person says of a candidate, and what the score was then.

    Args:
        probability: By the model; None has the model run at the time.
        model_version: Version of the rates behind it.
        seen: Key of the judgement that stood when the person looked, 0 for none; a
            later one is not overwritten. None where nobody looked.
    """

    recovery_id: int
    arm_id: int
    judgement: Judgement
    reason: str = ""
    probability: float | None = None
    model_version: str = ""
    seen: int | None = None


def judge_candidate(
    *, stated: StatedJudgement, by: Actor, at: datetime
) -> CandidateJudgement:
    """Record that a recovered arm is, is not, or may be a registered arm.

    A later judgement of the same pair supersedes this one, so it can be undone.

    Raises:
        RuleBroken: ``RC-02``, no reason is given; ``RC-05``, nothing stands that
            could be taken back; ``RC-10``, somebody has judged since ``seen``;
            ``RC-13``, it is said to be another arm.

    Source:
        Background paper (2018), para. 80; rule of this design.
    """
    record = (
        RecoveryRecord.objects.current().filter(recovery_id=stated.recovery_id).first()
    )
    if record is None or not Arm.objects.filter(pk=stated.arm_id).exists():
        msg = message(
            "R%(recovery)s or A%(arm)s is not on record; check both.",
            recovery=stated.recovery_id,
            arm=stated.arm_id,
        )
        raise NotFound(msg)
    by.require("recovery.judge", agency=record.agency)
    rules.REASONED_JUDGEMENT.require((stated.judgement, stated.reason))
    if stated.probability is None:
        stated = _score(stated, record, by)
    with ledger.entry("recovery.judged", by=by, at=at) as entry:
        entry.beside(Recovery, [stated.recovery_id])
        entry.beside(Arm, [stated.arm_id])
        pair = {"recovery_id": stated.recovery_id, "arm_id": stated.arm_id}
        made = versions.supersede(
            CandidateJudgement, pair, stated, by=by, at=at, entry=entry
        )
        if stated.judgement is Judgement.SAME:
            _require_one(stated)
    return made


def _score(
    stated: StatedJudgement, record: RecoveryRecord, by: Actor
) -> StatedJudgement:
    """Add what the model says now; nothing where it does not rank the arm."""
    if not by.may("registry.view"):
        return stated
    found = registry.searcher(viewer=by, top=TOP).run(registry.query_of(record))
    for one in found.candidates:
        if one.registry_id == str(stated.arm_id):
            chance = round(one.probability, 6)
            return replace(stated, probability=chance, model_version=found.model)
    return stated


def _require_one(stated: StatedJudgement) -> None:
    """Refuse a second arm; whoever judged at once had to wait for the recovery."""
    said = CandidateJudgement.objects.same().filter(recovery_id=stated.recovery_id)
    other = said.exclude(arm_id=stated.arm_id).values_list("arm_id", flat=True).first()
    facts = (f"R{stated.recovery_id}", f"A{other}", other is None)
    rules.ONE_SAME.require(facts)
