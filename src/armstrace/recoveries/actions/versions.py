"""A later judgement takes the place of the earlier one; both stay on record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.db.models import Model

from armstrace.audit.ledger import Entry
from armstrace.recoveries import rules
from armstrace.recoveries.models import CandidateJudgement, PairJudgement, Recovery
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.tracing import Judgement

LONGEST_MODEL: Mapping[type[Model], int] = {CandidateJudgement: 40, PairJudgement: 80}


class Stated(Protocol):
    """What a person says, and what the score was then."""

    @property
    def judgement(self) -> Judgement: ...
    @property
    def reason(self) -> str: ...
    @property
    def probability(self) -> float | None: ...
    @property
    def model_version(self) -> str: ...
    @property
    def seen(self) -> int | None: ...


def supersede[J: (CandidateJudgement, PairJudgement)](
    model: type[J],
    pair: Mapping[str, int],
    stated: Stated,
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
