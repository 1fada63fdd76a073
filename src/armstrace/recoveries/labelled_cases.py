"""What people decided on candidates, as cases that matching can be measured by."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.entries import Pair, are_usable
from armstrace.analysis.matching.rank import Ranker, Ranking
from armstrace.analysis.matching.tuning import DecidedCase
from armstrace.records.lookups import among
from armstrace.recoveries.models import (
    CandidateJudgement,
    PairJudgement,
    RecoveryRecord,
    Resighting,
)
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.tracing import Judgement

TOP = 50
CHUNK = 500
MOST_CASES = 20_000
PAIRED = ("recovery_id", "earlier_id")
DECIDED = (Judgement.SAME.value, Judgement.DIFFERENT.value)


@dataclass(frozen=True, slots=True)
class Replayed:
    """Decided recoveries, ranked anew."""

    # One for each decision on an arm that was ranked at all.
    cases: list[DecidedCase]
    # Recoveries of which an arm was found to be the same.
    same: int
    # Of those, how many have it in the first place.
    first: int

    @property
    def recall(self) -> float | None:
        """The share of found arms in the first place; None where there are none."""
        return self.first / self.same if self.same else None


def replay(ranker: Ranker, *, viewer: Actor) -> Replayed:
    """Rank the decided recoveries anew, as their marks stand now.

    Args:
        ranker: Without calibration, so that what is stated can be calibrated.
    """
    rows = CandidateJudgement.objects.current().filter(judgement__in=DECIDED)
    decided: dict[int, dict[int, bool]] = {}
    latest = rows.order_by("-pk").values_list("recovery_id", "arm_id", "judgement")
    for recovery_id, arm_id, judgement in latest[:MOST_CASES]:
        found = decided.setdefault(recovery_id, {})
        found[arm_id] = judgement == Judgement.SAME.value
    cases: list[DecidedCase] = []
    same = first = 0
    for recovery_id, ranking in _rank(sorted(decided), ranker, viewer):
        verdicts = decided[recovery_id]
        cases += _cases(ranking, verdicts)
        if any(verdicts.values()):
            same += 1
            best = ranking.candidates[:1]
            first += any(verdicts.get(int(each.registry_id)) for each in best)
    return Replayed(cases, same, first)


def cases_without_label(most: int) -> list[Query]:
    """Give readings of recoveries with a serial, evenly spread over all of them."""
    rows = RecoveryRecord.objects.current().exclude(serial_search="")
    keys = list(rows.order_by("recovery_id").values_list("pk", flat=True))
    chosen = keys[:: max(1, -(-len(keys) // most))]
    found = RecoveryRecord.objects.filter(pk__in=chosen).order_by("recovery_id")
    return [registry.query_of(record) for record in found]


def pairs_entered() -> list[Pair]:
    """Give whole numbers that two people entered for one arm, each entry once.

    A pair is one that a person found to be the same arm, or that stands proposed;
    what a person found to be different is none.
    """
    said = dict[tuple[int, int], float]()
    proposed = Resighting.objects.current().exclude(probability=None)
    for later, earlier, stated in proposed.values_list(*PAIRED, "probability"):
        said[later, earlier] = float(stated or 0.0)
    judged = PairJudgement.objects.current().filter(judgement__in=DECIDED)
    for later, earlier, judgement in judged.values_list(*PAIRED, "judgement"):
        said[later, earlier] = float(judgement == Judgement.SAME.value)
    likeliest: dict[int, tuple[float, int]] = {}
    for (later, earlier), probability in said.items():
        known = likeliest.get(later, (0.0, 0))
        likeliest[later] = max(known, (probability, earlier))
    latest = sorted(likeliest)[-MOST_CASES:]
    marks = _whole_numbers({*latest, *(likeliest[pk][1] for pk in latest)})
    return [
        Pair(marks[later], marks[earlier], probability)
        for later in latest
        for probability, earlier in (likeliest[later],)
        if probability
        and later in marks
        and earlier in marks
        and are_usable(marks[later], marks[earlier])
    ]


def _whole_numbers(ids: AbstractSet[int]) -> dict[int, str]:
    rows = RecoveryRecord.objects.current().filter(
        among("recovery_id", ids), serial_status=SerialStatus.COMPLETE.value
    )
    return dict(rows.values_list("recovery_id", "serial_search"))


def _rank(
    ids: Sequence[int], ranker: Ranker, viewer: Actor
) -> Iterator[tuple[int, Ranking]]:
    for start in range(0, len(ids), CHUNK):
        rows = RecoveryRecord.objects.current().filter(
            recovery_id__in=ids[start : start + CHUNK]
        )
        records = list(rows.order_by("recovery_id"))
        asked = [registry.query_of(record) for record in records]
        rankings = registry.rankings(asked, viewer=viewer, top=TOP, ranker=ranker)
        for record, ranking in zip(records, rankings, strict=True):
            yield record.recovery_id, ranking


def _cases(ranking: Ranking, verdicts: dict[int, bool]) -> Iterator[DecidedCase]:
    for one in ranking.candidates:
        is_same = verdicts.get(int(one.registry_id))
        if is_same is not None:
            yield DecidedCase(
                one.probability, is_same, ranking.query.make, len(ranking.query.serial)
            )
