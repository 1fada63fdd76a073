"""The facts of recoveries that procedures ask, read for many at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from armstrace.analysis.procedures.procedure import RecoveryFacts
from armstrace.analysis.procedures.simulating import PastRecovery
from armstrace.ballistics.models import BallisticMark, Link
from armstrace.investigations.models import Case
from armstrace.investigations.queries.lists import cases_by_recovery
from armstrace.procedures.standing import Answer
from armstrace.records.lookups import among
from armstrace.recoveries.models import (
    CandidateJudgement,
    PairJudgement,
    RecoveryRecord,
    Resighting,
)
from armstrace.recoveries.queries.repeats import open_repeats
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.ballistics import LinkStanding
from armstrace.vocabulary.procedures import StepAnswer
from armstrace.vocabulary.tracing import (
    Judgement,
    RepeatKind,
    TraceOutcome,
    TraceStanding,
)

COLUMNS = (
    *("criminal_contexts", "recovery_kind", "legal_justification", "arm_type"),
    *("production_class", "modification", "serial_status", "place_kind"),
    *("region", "country"),
)
NOT_IDENTIFIABLE = (
    TraceOutcome.IDENTIFICATION_INSUFFICIENT.value,
    TraceOutcome.NOT_TRACEABLE_UNMARKED.value,
)
CHUNK = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(PastRecovery):
    """What stands on record of a recovered arm."""

    recovery_id: int
    # Its current version.
    record_id: int


def known_of(recovery_ids: Collection[int]) -> dict[int, Known]:
    """Give the facts of recovered arms, in a fixed number of queries.

    It has no viewer: what it gives is asked of a procedure and shown to nobody.

    Args:
        recovery_ids: The recoveries; parts and ammunition are left out.
    """
    rows = RecoveryRecord.objects.current().filter(among("recovery_id", recovery_ids))
    return {each.recovery_id: each for each in _known(rows)}


def stream(rows: QuerySet[RecoveryRecord]) -> Iterator[PastRecovery]:
    """Give past recoveries, oldest first, as a simulation takes them."""
    last = (date.min, 0)
    while True:
        later = Q(recovered_on__gt=last[0]) | Q(
            recovered_on=last[0], recovery_id__gt=last[1]
        )
        ordered = rows.filter(later).order_by("recovered_on", "recovery_id")
        some = list(_known(ordered[:CHUNK]))
        yield from some
        if len(some) < CHUNK:
            return
        last = (some[-1].begun_on, some[-1].recovery_id)


def answers_of(recovery_ids: Collection[int]) -> dict[int, dict[str, Answer]]:
    """Give what the records say of steps, by recovery and answer.

    Args:
        recovery_ids: The recoveries; those of which no record says anything are
            left out.

    Source:
        Background paper (2018), paras. 62-66; MOSAIC 05.31.
    """
    found: dict[int, dict[str, Answer]] = {}
    for recovery, answer, told in _answers(recovery_ids):
        found.setdefault(recovery, {}).setdefault(answer, told)
    return found


def _answers(ids: Collection[int]) -> Iterator[tuple[int, str, Answer]]:
    said = CandidateJudgement.objects.current().filter(among("recovery_id", ids))
    same = said.filter(judgement=Judgement.SAME.value)
    for pk, recovery, by, at in same.order_by("pk").values_list(
        "pk", "recovery_id", "judged_by", "known_at"
    ):
        told = Answer(f"recoveries.candidatejudgement:{pk}", by, at)
        yield recovery, StepAnswer.IDENTIFICATION, told
    decided = TraceDecision.objects.current()
    decided = decided.filter(among("trace__recovery_id", ids))
    columns = ("pk", "trace__recovery_id", "standing", "outcome", "arm_id")
    for pk, recovery, standing, outcome, arm, by, at in decided.values_list(
        *columns, "decided_by", "known_at"
    ):
        told = Answer(f"tracing.tracedecision:{pk}", by, at)
        yield recovery, StepAnswer.TRACE, told
        if standing != TraceStanding.OPEN.value:
            yield recovery, StepAnswer.ORIGIN, told
        if arm or outcome in NOT_IDENTIFIABLE:
            yield recovery, StepAnswer.IDENTIFICATION, told
    marks = BallisticMark.objects.filter(among("recovery_id", ids)).order_by("pk")
    for pk, recovery, by, at in marks.values_list(
        "pk", "recovery_id", "enrolled_by", "known_at"
    ):
        told = Answer(f"ballistics.ballisticmark:{pk}", by, at)
        yield recovery, StepAnswer.BALLISTICS, told
    yield from _cases(ids)


def _known(rows: QuerySet[RecoveryRecord]) -> Iterator[Known]:
    columns = ("pk", "recovery_id", "agency", "recovered_on", "case_number")
    read = list(rows.values(*columns, *COLUMNS))
    ids = [row["recovery_id"] for row in read]
    together = _together({row["case_number"] for row in read if row["case_number"]})
    repeated, linked = _repeats(ids), _links(ids)
    for row in read:
        case, pk = row["case_number"], row["recovery_id"]
        facts = RecoveryFacts(
            **{name: row[name] for name in COLUMNS if name != "criminal_contexts"},
            criminal_contexts=tuple(row["criminal_contexts"]),
            quantity=together.get((row["agency"], case), 1),
            is_repeat=pk in repeated,
            is_linked=pk in linked,
        )
        known = (facts, row["agency"], row["recovered_on"], case)
        yield Known(*known, recovery_id=pk, record_id=row["pk"])


def _together(numbers: Iterable[str]) -> Mapping[tuple[str, str], int]:
    """Count the arms of each case, by agency and number."""
    rows = RecoveryRecord.objects.current().filter(among("case_number", numbers))
    counted = rows.order_by().values_list("agency", "case_number")
    return {(a, c): n for a, c, n in counted.annotate(n=Count("pk"))}


def _repeats(ids: Collection[int]) -> set[int]:
    """Give those recovered before, as people found, or as proposed and undecided."""
    rows = (each.filter(among("recovery_id", ids)) for each in _repeat_rows())
    return {pk for some in rows for pk in some.values_list("recovery_id", flat=True)}


def _repeat_rows() -> tuple[QuerySet[Resighting], QuerySet[PairJudgement]]:
    same = PairJudgement.objects.current().filter(judgement=Judgement.SAME.value)
    return (
        open_repeats().filter(repeat=RepeatKind.RECOVERED_AGAIN.value),
        same.exclude(repeat=RepeatKind.ENTERED_TWICE.value),
    )


LINKED = ("first_recovery_id", "second_recovery_id")
FOUND_LATER = frozenset({"is_repeat", "is_linked"})
"""Facts that others find out of a recovery, while nobody acts on it."""


def found_later() -> Q:
    """Keep what others found to be recovered before, or linked by ballistics."""
    ids = [each.values("recovery_id") for each in _repeat_rows()]
    ids += [_standing_links().values(side) for side in LINKED]
    return reduce(or_, (Q(recovery_id__in=some) for some in ids))


def _standing_links() -> QuerySet[Link]:
    return Link.objects.current().filter(standing=LinkStanding.STANDS.value)


def _links(ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    for side in LINKED:
        rows = _standing_links().filter(among(side, ids))
        found.update(rows.values_list(side, flat=True))
    return found


def _cases(ids: Collection[int]) -> Iterator[tuple[int, str, Answer]]:
    """Tell that a case is open, never which: it may be sealed later."""
    named = cases_by_recovery(ids)
    opened = dict(
        Case.objects.filter(
            among("pk", {pk for some in named.values() for pk in some})
        ).values_list("pk", "known_at")
    )
    for recovery, cases in named.items():
        at = min(opened[each] for each in cases)
        yield recovery, StepAnswer.CASE, Answer("investigations.case", "", at)
