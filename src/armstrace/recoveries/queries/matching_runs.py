"""Runs of matching, what they found, and pairs of recoveries side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from armstrace.analysis.matching import explaining
from armstrace.jobs.queries import JobRow
from armstrace.records.lookups import page_of
from armstrace.recoveries import comparing
from armstrace.recoveries.models import (
    CandidateJudgement,
    MatchingResult,
    MatchingRun,
    PairJudgement,
    RecoveryRecord,
)
from armstrace.recoveries.queries.lists import recovery_row
from armstrace.recoveries.queries.rows import RecoveryRow
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.matching import MatchAgainst, MatchQuestion
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.tracing import Judgement, RepeatKind

EXPORTED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class RunCard:
    """One run of matching with its counts.

    Args:
        recoveries: To be matched.
        done: Matched so far.
        compared: Of those, how many said enough to be compared.
        likely: Of those, how many have a candidate of .90 or more.
    """

    id: int
    against: MatchAgainst
    year: int | None
    job: JobRow
    begun_at: datetime
    begun_by: str
    model_version: str
    recoveries: int
    done: int
    compared: int
    likely: int


@dataclass(frozen=True, slots=True)
class ResultFilter:
    """What narrows the results of a run; empty means any."""

    question: MatchQuestion | None = None
    # Least probability of the best candidate, 0 to 1.
    least: float = 0.0
    undecided: bool = False
    # Only arms reported lost or stolen.
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A person's word on a pair.

    Args:
        repeat: Of two recoveries of one arm, of which kind they are.
    """

    judgement: Judgement
    repeat: RepeatKind | None
    reason: str
    judged_by: str
    at: datetime

    @property
    def verdict(self) -> Code:
        """What was said, in one word: of the same arm, which kind of repeat."""
        return self.repeat or self.judgement


@dataclass(frozen=True, slots=True)
class FoundRow:
    """What a run found for one recovery and one question.

    Args:
        recovery: The recovery as it stands now.
        arm: The likeliest registered arm, if any.
        earlier: The likeliest earlier recovery, if any.
        is_stale: Whether what was compared has changed since.
        said: What a person said of it since.
    """

    question: MatchQuestion
    recovery: RecoveryRow
    arm: registry.ArmRow | None
    earlier: RecoveryRow | None
    probability: float
    probability_sibling: float
    probability_absent: float | None
    is_reported: bool
    in_one_procedure: bool
    why: Message
    note: Message
    is_stale: bool
    said: Said | None


def matching_runs(*, viewer: Actor, page: PageRequest) -> Page[RunCard]:
    """Give one page of the runs of matching, the latest first."""
    viewer.require("matching.view")
    runs = MatchingRun.objects.select_related("job").order_by("-pk")
    found = page_of(runs, page, changes=("job__heartbeat_at",))
    return found.showing([_card(run) for run in found.rows])


def matching_run(run_id: int, *, viewer: Actor) -> RunCard:
    """Give one run of matching."""
    return _card(matching_run_record(run_id, viewer=viewer))


def matching_run_record(run_id: int, *, viewer: Actor) -> MatchingRun:
    """Give the record of a run, to be worked through."""
    viewer.require("matching.view")
    run = MatchingRun.objects.select_related("job").filter(pk=run_id).first()
    if run is None:
        msg = message(
            "There is no run %(run)s; the list shows those that exist.", run=run_id
        )
        raise NotFound(msg)
    return run


def found_rows(
    run_id: int, where: ResultFilter, *, viewer: Actor, page: PageRequest
) -> Page[FoundRow]:
    """Give one page of what a run found, the likeliest first."""
    run = matching_run_record(run_id, viewer=viewer)
    changes = ("run__job__heartbeat_at",)
    found = page_of(_results(run_id, where), page, changes=changes)
    rows = _shown(run, found.rows, viewer)
    return found.showing(rows)


def every_found_row(
    run_id: int, where: ResultFilter, *, viewer: Actor
) -> Iterator[FoundRow]:
    """Give all that a run found, to be handed over as a file."""
    run = matching_run_record(run_id, viewer=viewer)
    rows = _results(run_id, where).iterator(chunk_size=EXPORTED_AT_ONCE)
    chunk: list[MatchingResult] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == EXPORTED_AT_ONCE:
            yield from _shown(run, chunk, viewer)
            chunk = []
    yield from _shown(run, chunk, viewer)


def _results(run_id: int, where: ResultFilter) -> QuerySet[MatchingResult]:
    rows = MatchingResult.objects.filter(run_id=run_id)
    if where.question is not None:
        rows = rows.filter(question=where.question.value)
    if where.least > 0:
        rows = rows.filter(probability__gte=where.least)
    if where.reported:
        rows = rows.filter(is_reported=True)
    if where.undecided:
        of_arms = _standing(CandidateJudgement).filter(
            recovery_id=OuterRef("recovery_id"), arm_id=OuterRef("arm_id")
        )
        of_pairs = _standing(PairJudgement).filter(
            recovery_id=OuterRef("recovery_id"), earlier_id=OuterRef("earlier_id")
        )
        rows = rows.filter(~Exists(of_arms), ~Exists(of_pairs))
        rows = rows.exclude(Q(arm=None) & Q(earlier=None))
    return rows.order_by("-probability", "recovery_id", "question")


def _shown(
    run: MatchingRun, found: Sequence[MatchingResult], viewer: Actor
) -> list[FoundRow]:
    """Set what was found beside what is known now, in a fixed number of queries."""
    named = {row.recovery_id for row in found}
    named |= {row.earlier_id for row in found if row.earlier_id}
    records = {
        record.recovery_id: record
        for record in RecoveryRecord.objects.current()
        .filter(recovery_id__in=named)
        .select_related("recovery")
    }
    arms = registry.arms_by_id(
        [row.arm_id for row in found if row.arm_id], viewer=viewer
    )
    said = _words(found)
    return [
        _found(run, row, records, arms, said)
        for row in found
        if row.recovery_id in records
    ]


def _found(
    run: MatchingRun,
    row: MatchingResult,
    records: dict[int, RecoveryRecord],
    arms: dict[int, registry.ArmRow],
    said: dict[tuple[int, str, int], Said],
) -> FoundRow:
    record = records[row.recovery_id]
    earlier = records.get(row.earlier_id or 0)
    best: dict[str, Any] = row.candidates[0] if row.candidates else {}
    found = row.arm_id or row.earlier_id or 0
    return fill(
        FoundRow,
        row,
        recovery=recovery_row(record),
        arm=arms.get(row.arm_id or 0),
        earlier=recovery_row(earlier) if earlier else None,
        in_one_procedure=bool(best.get("in_one_procedure")),
        why=_explanation(best),
        is_stale=row.inputs != comparing.inputs_of(record, run.model_version),
        said=said.get((row.recovery_id, row.question, found)),
    )


def _explanation(kept: dict[str, Any]) -> Message:
    """Say why a candidate is likely; earlier versions kept it as prose."""
    if "evidence" not in kept:
        return Message(str(kept.get("why", "")))
    evidence = map(explaining.read_evidence, kept["evidence"])
    return explaining.explanation(Message(kept["taken_as"]), evidence)


def _words(found: Iterable[MatchingResult]) -> dict[tuple[int, str, int], Said]:
    ids = {row.recovery_id for row in found}
    words: dict[tuple[int, str, int], Said] = {}
    of_arms = _standing(CandidateJudgement).filter(recovery_id__in=ids)
    for one in of_arms:
        words[one.recovery_id, MatchQuestion.REGISTRY.value, one.arm_id] = said_of(one)
    of_pairs = _standing(PairJudgement).filter(recovery_id__in=ids)
    for each in of_pairs:
        key = (each.recovery_id, MatchQuestion.RECOVERIES.value, each.earlier_id)
        words[key] = said_of(each)
    return words


def _standing[J: (CandidateJudgement, PairJudgement)](model: type[J]) -> QuerySet[J]:
    """Give the decisions that stand; what was taken back is undecided again."""
    rows: QuerySet[J] = model.objects.current()
    return rows.exclude(judgement=Judgement.WITHDRAWN.value)


def said_of(row: CandidateJudgement | PairJudgement) -> Said:
    """Give what a person said in one row."""
    kind = row.repeat if isinstance(row, PairJudgement) else ""
    return Said(
        Judgement(row.judgement),
        RepeatKind(kind) if kind else None,
        row.reason,
        row.judged_by,
        row.known_at,
    )


def _card(run: MatchingRun) -> RunCard:
    return fill(RunCard, run, job=JobRow.of(run.job))
