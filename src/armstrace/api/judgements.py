"""What people say of a recovered arm: which arm it is, and whether it came before."""

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from armstrace.api.errors import Sent, caller, how, now
from armstrace.api.routing import Area
from armstrace.api.shapes import RecoveryNumber, Ref, build, shown_from, stated_by
from armstrace.api.shapes import Seen as SeenKey
from armstrace.procedures.actions import following
from armstrace.recoveries import queries
from armstrace.recoveries.actions import judging
from armstrace.recoveries.queries.rows import Judged, PairJudged, Seen
from armstrace.tracing import queries as tracing
from armstrace.translation import translate

router = Area("judgements")
OF_THE_MODEL = ("probability", "model_version")


class RankedOut(Schema):
    """A registered arm that a recovered arm may be."""

    arm_id: str = Field(examples=["A12"])
    make: str
    model: str
    calibre: str
    serial_as_marked: str
    probability: float


@shown_from(Judged)
class JudgedOut(Schema):
    """What a person said of a candidate."""


@shown_from(PairJudged)
class PairJudgedOut(Schema):
    """What a person said of another recovery."""


@shown_from(Seen)
class SeenOut(Schema):
    """A recovery that may be of the same arm."""


class JudgementsOut(Schema):
    """The candidates of a recovered arm, and what people said of them."""

    candidates: list[RankedOut] = Field(description="The likeliest first.")
    probability_absent: float | None = Field(
        description="That it is none on record; null where nothing was compared."
    )
    model_version: str
    note: str
    judged: list[JudgedOut]
    pairs: list[PairJudgedOut]
    seen_before: list[SeenOut]


@stated_by(judging.StatedJudgement, without=OF_THE_MODEL)
class JudgementIn(Sent):
    """What a person says of a candidate."""

    seen: SeenKey = None


@router.writes("/arms", Ref)
def judge_arm(request: HttpRequest, body: JudgementIn) -> Ref:
    """Say that a recovered arm is, is not, or may be a registered arm."""
    stated = build(judging.StatedJudgement, body)
    by = caller(request)
    judging.judge_candidate(stated=stated, by=by, at=now())
    following.follow_procedure(recoveries=[stated.recovery_id], by=by, at=now())
    return Ref(id=f"R{stated.recovery_id}")


@stated_by(judging.StatedPairJudgement, without=OF_THE_MODEL)
class PairJudgementIn(Sent):
    """What a person says of two recoveries."""

    seen: SeenKey = None


@router.writes("/pairs", Ref)
def judge_pair(request: HttpRequest, body: PairJudgementIn) -> Ref:
    """Say that two recoveries are, are not, or may be of one arm."""
    stated = build(judging.StatedPairJudgement, body)
    judging.judge_pair(stated=stated, **how(request))
    return Ref(id=f"R{stated.recovery_id}")


@router.reads("/{recovery}", JudgementsOut)
def read_judgements(
    request: HttpRequest, recovery: RecoveryNumber
) -> dict[str, object]:
    """Rank the registered arms that a recovered arm may be; say what was judged."""
    by = caller(request)
    arm = queries.arm_detail(recovery, viewer=by)
    found = tracing.candidates_of(arm.record, viewer=by)
    return {
        "candidates": [
            {
                "arm_id": each.arm.reference,
                "make": each.arm.make,
                "model": each.arm.model,
                "calibre": each.arm.calibre,
                "serial_as_marked": each.arm.serial_as_marked,
                "probability": each.candidate.probability,
            }
            for each in found.shown
        ],
        "probability_absent": found.ranking.absence_stated,
        "model_version": found.ranking.model,
        "note": translate(found.ranking.note),
        "judged": arm.judgements,
        "pairs": arm.pairs,
        "seen_before": arm.seen,
    }
