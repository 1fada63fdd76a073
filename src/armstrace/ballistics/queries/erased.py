"""The guided way from an arm without a readable serial number to an answer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from armstrace.analysis.ballistics import erased
from armstrace.analysis.ballistics.erased import (
    Evidence,
    JoinedList,
    Rest,
    Shot,
    Standing,
)
from armstrace.analysis.matching.rank import Ranking
from armstrace.ballistics.models import (
    BallisticMark,
    Comparison,
    Conclusion,
    SearchCandidate,
    SearchRun,
)
from armstrace.ballistics.queries import comparisons, links, marks
from armstrace.ballistics.queries.rows import ConclusionShown, LinkShown, MarkRow
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.registry.models import PopulationSnapshot
from armstrace.registry.queries.candidates import READABLE
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import (
    Blinded,
    ConclusionStanding,
    MarkOrigin,
    MarkType,
    StepState,
    Verdict,
)
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import Message, message

TOP = 10
STANDINGS = {
    Verdict.IDENTIFICATION: Standing.IDENTIFIED,
    Verdict.ELIMINATION: Standing.ELIMINATED,
}


class StepKind(Code):
    """The steps, in their order."""

    SERIAL = "SERIAL", "restore what can be read of the serial number"
    CLASS = "CLASS", "describe make, calibre and class characteristics"
    TEST_FIRE = "TEST_FIRE", "fire the arm and enrol the marks"
    SEARCH = "SEARCH", "search open cases and test fires"
    EXAMINE = "EXAMINE", "examine the candidates"


@dataclass(frozen=True, slots=True)
class Step:
    """One step with where it stands."""

    kind: StepKind
    state: StepState
    # What the records say of it, in a few words; "" says nothing yet.
    told: str = ""


@dataclass(frozen=True, slots=True)
class ErasedPath:
    """The way of one recovered arm."""

    recovery_id: int
    serial_status: SerialStatus
    # The steps in order.
    steps: tuple[Step, ...]
    marks: tuple[MarkRow, ...]
    # Registered arms by marks and shots together.
    joined: JoinedList
    # Scenes and arms that confirmed identifications tie to it.
    links: tuple[LinkShown, ...]


def path_of_erased_serial(
    record: RecoveryRecord, *, viewer: Actor
) -> ErasedPath | None:
    """Give the way of a recovered arm whose serial cannot be read, in few queries.

    Args:
        record: What a query let through of it.

    Returns:
        The way; None where the serial number was read in full.
    """
    if record.serial_status == SerialStatus.COMPLETE:
        return None
    recovery_id = record.recovery_id
    own = marks.marks_of_recoveries([recovery_id], viewer=viewer).get(recovery_id, ())
    ids = [row.mark_id for row in own]
    pairs = _pairs(ids, viewer)
    ranking = registry.searcher(viewer=viewer, top=TOP).run(registry.query_of(record))
    return ErasedPath(
        recovery_id=recovery_id,
        serial_status=SerialStatus(record.serial_status),
        steps=_steps(record, own),
        marks=own,
        joined=erased.join(
            _evidence(ranking, _shots(ids, viewer), pairs), _rest(ranking)
        ),
        links=links.links_of_recoveries([recovery_id], viewer=viewer).get(
            recovery_id, ()
        ),
    )


def _steps(record: RecoveryRecord, own: Sequence[MarkRow]) -> tuple[Step, ...]:
    """Tell the steps; a search counts where it sought a test fire of the arm."""
    status = SerialStatus(record.serial_status)
    is_read = status in READABLE and bool(record.serial_search)
    known = " ".join(filter(None, (record.make, record.model, record.calibre)))
    fired = [row for row in own if row.origin is MarkOrigin.TEST_FIRE]
    probes = [row.mark_id for row in fired]
    done = SearchRun.objects.filter(probe_id__in=probes, job__state=JobState.DONE.value)
    searched = list(done.order_by("-pk")[:20])
    return (
        Step(StepKind.SERIAL, _state(is_done=is_read), record.serial_as_marked),
        Step(StepKind.CLASS, _state(is_done=bool(known)), known),
        Step(
            StepKind.TEST_FIRE,
            _state(is_done=bool(fired)),
            ", ".join(row.reference for row in fired),
        ),
        Step(
            StepKind.SEARCH,
            _state(is_done=bool(searched), waits=not fired),
            ", ".join(run.reference for run in searched),
        ),
        _examination(searched),
    )


def _examination(searched: Sequence[SearchRun]) -> Step:
    """Tell how many compared candidates have a conclusion."""
    if not searched:
        return Step(StepKind.EXAMINE, StepState.WAITS)
    rows = SearchCandidate.objects.filter(run__in=searched, comparison__isnull=False)
    wanted = {
        (min(mark, probe), max(mark, probe))
        for mark, probe in rows.values_list("mark_id", "run__probe_id")
    }
    firsts = {pair[0] for pair in wanted}
    told = Conclusion.objects.current().filter(first_id__in=firsts)
    said = wanted & set(told.values_list("first_id", "second_id"))
    words = f"{len(said)} of {len(wanted)}"
    return Step(StepKind.EXAMINE, _state(is_done=said == wanted), words)


def _state(*, is_done: bool, waits: bool = False) -> StepState:
    if is_done:
        return StepState.DONE
    return StepState.WAITS if waits else StepState.OPEN


def _rest(ranking: Ranking) -> Rest:
    counted = PopulationSnapshot.objects.values_list("arms", flat=True).first() or 0
    unlisted = max(counted - len(ranking.candidates), 0)
    return Rest(ranking.probability_absent, ranking.probability_others, unlisted)


def _pairs(ids: list[int], viewer: Actor) -> dict[tuple[int, int], ConclusionShown]:
    """Give what was concluded about the marks and those of registered arms."""
    if not ids:  # as of nearly every arm
        return {}
    told = Conclusion.objects.current().filter(
        Q(first_id__in=ids, second__arm__isnull=False)
        | Q(second_id__in=ids, first__arm__isnull=False)
    )
    pairs = list(told.values_list("first_id", "second_id"))
    return comparisons.conclusions_of_pairs(pairs, viewer=viewer)


def _evidence(
    ranking: Ranking,
    shots: dict[int, list[Shot]],
    pairs: dict[tuple[int, int], ConclusionShown],
) -> dict[int, Evidence]:
    by_marks = {int(one.registry_id): one for one in ranking.candidates}
    said = _standings(pairs)
    found = {}
    for arm in by_marks.keys() | shots.keys() | said.keys():
        listed = by_marks.get(arm)
        found[arm] = Evidence(
            by_marks=listed.probability if listed else None,
            shots=tuple(shots.get(arm, ())),
            standing=said.get(arm, Standing.OPEN),
            marks_words=listed.explanation if listed else None,
        )
    return found


def _shots(ids: list[int], viewer: Actor) -> dict[int, list[Shot]]:
    """Give the latest comparison of each pair with a registered arm's mark."""
    if not ids:
        return {}
    rows = Comparison.objects.visible_to(viewer).filter(
        Q(first_id__in=ids, second__arm__isnull=False)
        | Q(second_id__in=ids, first__arm__isnull=False)
    )
    latest = {
        frozenset((row.first_id, row.second_id)): row
        for row in rows.select_related("first", "second")
        .defer("result", "parameters")
        .order_by("pk")
    }
    found = defaultdict(list)
    for row in latest.values():
        mine, theirs = row.first, row.second
        if row.first.arm_id is not None:
            mine, theirs = row.second, row.first
        found[theirs.arm_id].append(
            Shot(
                _pair_words(mine, theirs),
                row.congruent_cells,
                row.cells,
                row.log10_ratio,
            )
        )
    return {arm: shots for arm, shots in found.items() if arm is not None}


def _pair_words(mine: BallisticMark, theirs: BallisticMark) -> Message:
    return message(
        "%(kind)s %(mine)s with %(theirs)s",
        kind=MarkType(mine.mark_type),
        mine=mine.reference,
        theirs=theirs.reference,
    )


def _standings(
    pairs: dict[tuple[int, int], ConclusionShown],
) -> dict[int, Standing]:
    """Give what two examiners concluded, by registered arm; identified goes first."""
    arms = dict(
        BallisticMark.objects.filter(
            pk__in={mark for pair in pairs for mark in pair}, arm__isnull=False
        ).values_list("pk", "arm_id")
    )
    found: dict[int, Standing] = {}
    for pair, told in pairs.items():
        verdict = told.verdict
        standing = None if isinstance(verdict, Blinded) else STANDINGS.get(verdict)
        if standing is None or told.standing is not ConclusionStanding.CONFIRMED:
            continue
        for mark in pair:
            arm = arms.get(mark)
            if arm is not None:
                found[arm] = min(standing, found.get(arm, standing))
    return found
