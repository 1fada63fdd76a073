"""Two recoveries side by side: what matching and what people say of them."""

from dataclasses import dataclass

from django.db.models import Q

from armstrace.analysis.matching.rank import Ranking
from armstrace.recoveries import comparing
from armstrace.recoveries.models import (
    MatchingResult,
    PairJudgement,
    RecoveryRecord,
    Resighting,
)
from armstrace.recoveries.queries.lists import recovery_row
from armstrace.recoveries.queries.matching_runs import Said, said_of
from armstrace.recoveries.queries.rows import RecoveryRow
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.tracing import Judgement


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a list said of a pair: that it is one arm, 0 to 1, by which rates."""

    probability: float
    model_version: str
    why: Message


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two recoveries side by side."""

    later: RecoveryRow
    earlier: RecoveryRow
    # What matching says of them now.
    compared: Ranking
    # What people said of them, the latest first.
    said: tuple[Said, ...]
    # What the list that led here said of them; None where it said nothing.
    proposed: Proposed | None

    @property
    def is_decided(self) -> bool:
        """Whether the latest word stands and was not taken back."""
        latest = self.said[:1]
        return any(one.judgement is not Judgement.WITHDRAWN for one in latest)


def pair(
    recovery_id: int, other_id: int, *, viewer: Actor, run_id: int | None = None
) -> PairPage:
    """Set two recoveries side by side.

    Args:
        run_id: The run whose list led here; None for the page of a recovery.
    """
    both = RecoveryRecord.objects.current().visible_to(viewer)
    both = both.filter(recovery_id__in=(recovery_id, other_id))
    ordered = list(
        both.select_related("recovery").order_by("recovered_on", "recovery_id")
    )
    if len(ordered) < 2:
        msg = message(
            "R%(recovery)s or R%(other)s is not on record here; check both.",
            recovery=recovery_id,
            other=other_id,
        )
        raise NotFound(msg)
    earlier, later = ordered
    said = PairJudgement.objects.filter(
        recovery_id=later.recovery_id, earlier_id=earlier.recovery_id
    )
    return PairPage(
        later=recovery_row(later),
        earlier=recovery_row(earlier),
        compared=comparing.compare_pair(later, earlier),
        said=tuple(said_of(row) for row in said.order_by("-pk")),
        proposed=_proposal((later.recovery_id, earlier.recovery_id), viewer, run_id),
    )


def _proposal(
    pair: tuple[int, int], viewer: Actor, run_id: int | None
) -> Proposed | None:
    """Give what a list says of a pair, from the record and never from an address."""
    two = Q(recovery_id__in=pair, earlier_id__in=pair)
    if run_id is None:
        seen = Resighting.objects.current().filter(two, probability__gte=0).first()
        if seen is None:
            return None
        return Proposed(seen.probability or 0, seen.model_version, seen.why)
    rows = MatchingResult.objects.visible_to(viewer).select_related("run")
    found = rows.filter(two, run_id=run_id).first()
    if found is None:
        return None
    return Proposed(found.probability, found.run.model_version, NOTHING)
