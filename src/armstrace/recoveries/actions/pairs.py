"""Say whether two recoveries are of one arm."""

from dataclasses import dataclass, replace
from datetime import datetime

from armstrace.audit import ledger
from armstrace.recoveries import rules
from armstrace.recoveries.actions import versions
from armstrace.recoveries.models import (
    PairJudgement,
    Recovery,
    RecoveryRecord,
    Resighting,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.tracing import Judgement, RepeatKind


@dataclass(frozen=True, slots=True)
class StatedPairJudgement:
    """What a person says of two recoveries, and what the score was then.

    Args:
        recovery_id: One of them.
        earlier_id: The other one; which was earlier is found out.
        repeat: Of the same arm, whether it was recovered again or entered twice.
        probability: By the list that led to them; None takes that of the proposal
            on record, if any.
        model_version: Version of the rates behind it.
        seen: Key of the judgement that stood when the person looked, 0 for none; a
            later one is not overwritten. None where nobody looked.
    """

    recovery_id: int
    earlier_id: int
    judgement: Judgement
    reason: str = ""
    repeat: RepeatKind = RepeatKind.RECOVERED_AGAIN
    probability: float | None = None
    model_version: str = ""
    seen: int | None = None


def judge_pair(
    *, stated: StatedPairJudgement, by: Actor, at: datetime
) -> PairJudgement:
    """Record that two recoveries are, are not, or may be of one arm.

    Of one item that was entered twice the later record stays; figures leave it out.
    A later judgement of the same pair supersedes this one, so it can be undone.

    Raises:
        RuleBroken: ``RC-02``, no reason is given; ``RC-03``, it is one record;
            ``RC-05``, nothing stands that could be taken back; ``RC-10``, somebody has
            judged since ``seen``.

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
    rules.REASONED_JUDGEMENT.require((stated.judgement, stated.reason))
    earlier, later = ordered
    if stated.probability is None:
        stated = _score(stated)
    with ledger.entry("recovery.pair_judged", by=by, at=at) as entry:
        entry.beside(Recovery, [earlier.recovery_id, later.recovery_id])
        pair = {"recovery_id": later.recovery_id, "earlier_id": earlier.recovery_id}
        is_same = stated.judgement is Judgement.SAME
        return versions.supersede(
            PairJudgement,
            pair,
            stated,
            by=by,
            at=at,
            entry=entry,
            repeat=stated.repeat.value if is_same else "",
        )


def _score(stated: StatedPairJudgement) -> StatedPairJudgement:
    """Add what the model proposed; nothing where it did not propose the two."""
    ids = (stated.recovery_id, stated.earlier_id)
    rows = Resighting.objects.current().filter(probability__gte=0)
    seen = rows.filter(recovery_id__in=ids, earlier_id__in=ids).first()
    if seen is None:
        return stated
    chance, model = seen.probability, seen.model_version
    return replace(stated, probability=chance, model_version=model)
