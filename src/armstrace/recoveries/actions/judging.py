"""Say whether a recovered arm is a registered one, or two recoveries are of one arm.

A later judgement takes the place of the earlier one; both stay on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Model

from armstrace.audit import ledger
from armstrace.audit.ledger import Entry
from armstrace.recoveries import nameless, rules
from armstrace.recoveries.models import (
    CandidateJudgement,
    PairJudgement,
    Recovery,
    RecoveryRecord,
    Resighting,
)
from armstrace.registry import queries as registry
from armstrace.registry.models import Arm
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.tracing import Judgement, RepeatKind

TOP = 50
LONGEST_MODEL: Mapping[type[Model], int] = {CandidateJudgement: 40, PairJudgement: 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What a person had before them who judges.

    Args:
        probability: By the model. None has the model run for a candidate, and takes
            that of the proposal on record, if any, for two recoveries.
        model_version: Version of the rates behind it.
        seen: Key of the judgement that stood when the person looked, 0 for none; a
            later one is not overwritten. None where nobody looked.
    """

    probability: float | None = None
    model_version: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class StatedJudgement(Scored):
    """What a person says of a candidate, and what the score was then."""

    recovery_id: int
    arm_id: int
    judgement: Judgement
    reason: str = ""


def judge_candidate(
    *, stated: StatedJudgement, by: Actor, at: datetime
) -> CandidateJudgement:
    """Record that a recovered arm is, is not, or may be a registered arm.

    A later judgement of the same pair supersedes this one, so it can be undone.

    Raises:
        RuleBroken: ``RC-02``, no reason is given; ``RC-05``, nothing stands that
            could be taken back; ``RC-10``, somebody has judged since ``seen``;
            ``RC-13``, it is said to be another arm; ``CL-07``, the reason holds a
            telephone number of an arm that keeps no name.

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
    nameless.refuse_contact(stated.recovery_id, stated.reason)
    if stated.probability is None:
        stated = _score(stated, record, by)
    with ledger.entry("recovery.judged", by=by, at=at) as entry:
        entry.beside(Recovery, [stated.recovery_id])
        entry.beside(Arm, [stated.arm_id])
        pair = {"recovery_id": stated.recovery_id, "arm_id": stated.arm_id}
        made = _supersede(CandidateJudgement, pair, stated, by=by, at=at, entry=entry)
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


@dataclass(frozen=True, slots=True)
class StatedPairJudgement(Scored):
    """What a person says of two recoveries, and what the score was then.

    Args:
        recovery_id: One of them.
        earlier_id: The other one; which was earlier is found out.
        repeat: Of the same arm, whether it was recovered again or entered twice.
    """

    recovery_id: int
    earlier_id: int
    judgement: Judgement
    reason: str = ""
    repeat: RepeatKind = RepeatKind.RECOVERED_AGAIN


def judge_pair(
    *, stated: StatedPairJudgement, by: Actor, at: datetime
) -> PairJudgement:
    """Record that two recoveries are, are not, or may be of one arm.

    Of one item that was entered twice the later record stays; figures leave it out.
    A later judgement of the same pair supersedes this one, so it can be undone.

    Raises:
        RuleBroken: ``RC-02``, no reason is given; ``RC-03``, it is one record;
            ``RC-05``, nothing stands that could be taken back; ``RC-10``, somebody has
            judged since ``seen``; ``CL-07``, the reason holds a telephone number of
            an arm that keeps no name.

    Source:
        Statistics of the questionnaire, check 11; MOSAIC 05.31.
    """
    rules.TWO_RECOVERIES.require((stated.recovery_id, stated.earlier_id))
    both = RecoveryRecord.objects.current().filter(
        recovery_id__in=(stated.recovery_id, stated.earlier_id)
    )
    ordered = list(both.order_by("recovered_on", "recovery_id"))
    if len(ordered) < 2:
        msg = message(
            "R%(recovery)s or R%(other)s is not on record.",
            recovery=stated.recovery_id,
            other=stated.earlier_id,
        )
        raise NotFound(msg)
    for record in ordered:
        by.require("recovery.judge", agency=record.agency)
        nameless.refuse_contact(record.recovery_id, stated.reason)
    rules.REASONED_JUDGEMENT.require((stated.judgement, stated.reason))
    earlier, later = ordered
    if stated.probability is None:
        stated = _score_pair(stated)
    with ledger.entry("recovery.pair_judged", by=by, at=at) as entry:
        entry.beside(Recovery, [earlier.recovery_id, later.recovery_id])
        pair = {"recovery_id": later.recovery_id, "earlier_id": earlier.recovery_id}
        is_same = stated.judgement is Judgement.SAME
        return _supersede(
            PairJudgement,
            pair,
            stated,
            by=by,
            at=at,
            entry=entry,
            repeat=stated.repeat.value if is_same else "",
        )


def _score_pair(stated: StatedPairJudgement) -> StatedPairJudgement:
    """Add what the model proposed; nothing where it did not propose the two."""
    ids = (stated.recovery_id, stated.earlier_id)
    rows = Resighting.objects.current().filter(probability__gte=0)
    seen = rows.filter(recovery_id__in=ids, earlier_id__in=ids).first()
    if seen is None:
        return stated
    chance, model = seen.probability, seen.model_version
    return replace(stated, probability=chance, model_version=model)


def _supersede[J: (CandidateJudgement, PairJudgement)](
    model: type[J],
    pair: Mapping[str, int],
    stated: StatedJudgement | StatedPairJudgement,
    *,
    by: Actor,
    at: datetime,
    entry: Entry,
    **columns: str,
) -> J:
    """Close what was said of a pair, and keep what is said now.

    Raises:
        RuleBroken: ``RC-05``, nothing stands that could be taken back; ``RC-10``,
            somebody has judged since ``seen``.
    """
    if stated.probability is not None and not 0 <= stated.probability <= 1:
        msg = message(
            "A probability is a number from 0 to 1; correct it or leave it out."
        )
        raise InvalidInput(msg, field="probability")
    owner = Recovery.objects.select_for_update(no_key=True)
    owner.get(pk=pair["recovery_id"])  # of two at once the second sees the first
    old = model.objects.current().filter(**pair)
    closed = dict(old.values_list("pk", "judgement"))
    is_last = stated.seen in {None, next(iter(closed), 0)}
    rules.JUDGEMENT_SEEN.require((f"R{pair['recovery_id']}", is_last))
    standing = next(iter(closed.values()), None)
    rules.STANDING_DECISION.require((stated.judgement, standing))
    old.update(superseded_at=at)
    entry.about_keys(model, closed)
    made = model.objects.create(
        **pair,
        judgement=stated.judgement.value,
        reason=stated.reason,
        probability=stated.probability,
        model_version=stated.model_version[: LONGEST_MODEL[model]],
        judged_by=by.name,
        source=by.agency,
        known_at=at,
        **columns,
    )
    entry.about(made, judgement=stated.judgement.value)
    return made
