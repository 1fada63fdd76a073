"""What past analysts decided, and the truth that results are scored against.

Traces of the last year are mostly open. Older ones are closed for four in
five; some were never begun.
"""

from datetime import date
from typing import NamedTuple

from armstrace.analysis.synthetic import draws, geography
from armstrace.analysis.synthetic.cases import Case, PlannedMarking
from armstrace.analysis.synthetic.plants import Told
from armstrace.analysis.synthetic.slots import Category, Story
from armstrace.vocabulary.tracing import (
    Establishment,
    FirstHop,
    TraceException,
    TraceOutcome,
    TraceStanding,
    TracingCell,
)

_STREAM = 51
_ANALYSTS = ("hub.analyst.1", "hub.analyst.2", "hub.analyst.3")
_UNMARKED_CELLS = {
    PlannedMarking.ILLICIT: TracingCell.NI,
    PlannedMarking.ERASED: TracingCell.NE,
    PlannedMarking.UNMARKED: TracingCell.NX,
    PlannedMarking.NOT_STATED: TracingCell.K,
}
_DEAD_ENDS = (
    TraceOutcome.RECORDS_UNAVAILABLE,
    TraceOutcome.RECORDS_DESTROYED_OR_EXPIRED,
    TraceOutcome.SERIAL_NOT_IN_RANGE,
    TraceOutcome.IDENTIFICATION_INSUFFICIENT,
)
_DEAD_ENDS_ABROAD = (*_DEAD_ENDS, TraceOutcome.REFUSED, TraceOutcome.NO_RESPONSE)


class Verdict(NamedTuple):
    """Where the trace of a recovered arm stands at the end of the records."""

    cell: TracingCell
    # Open, excepted or closed; None where no trace was begun.
    standing: TraceStanding | None = None
    outcome: TraceOutcome | None = None
    established: Establishment = Establishment.NOT_ESTABLISHED
    exception: TraceException | None = None
    # The State that answered, empty where none did.
    country: str = ""


def verdict_of(case: Case, seed: int, last_day: int) -> Verdict:
    """Say where a recovered arm's trace stands."""
    if case.slot.plot is not None and case.slot.plot.told is Told.CLEAR:
        return Verdict(TracingCell.NO)
    d = draws.row(seed, _STREAM, case.slot.number, lanes=8)
    age = last_day - case.known
    if case.marking is not PlannedMarking.UNIQUE:
        return _verdict_without_marks(case, d, age)
    if d[0] < _share_decided(age):
        return _verdict_at_home(case, d)
    if d[1] < (0.72 if age < 365 else 0.3):
        return Verdict(TracingCell.PE, TraceStanding.OPEN)
    return _verdict_not_begun(case, d)


def _verdict_not_begun(case: Case, d: list[float]) -> Verdict:
    if d[2] >= 0.15:
        return Verdict(TracingCell.NO)
    why = TraceException.WAIVED
    if case.model is not None and case.model.last_year < 1946:
        why = TraceException.MANUFACTURED_BEFORE_1946
    return Verdict(TracingCell.NO, TraceStanding.EXCEPTED, exception=why)


def decision_row(case: Case, seed: int, last_day: int) -> dict[str, str] | None:
    """Write what the analysts decided on a recovery.

    Returns:
        The row, None where no trace was begun.
    """
    verdict = verdict_of(case, seed, last_day)
    if verdict.standing is None:
        return None
    d = draws.row(seed, _STREAM + 1, case.slot.number, lanes=4)
    opened = min(last_day, case.known + 1 + int(d[0] * 25))
    decided = min(last_day, opened + 3 + int(d[1] ** 2 * 210))
    if verdict.standing is TraceStanding.OPEN:
        decided = opened
    return {
        "source_number": case.source_number,
        "opened_on": date.fromordinal(opened).isoformat(),
        "decided_on": date.fromordinal(decided).isoformat(),
        "standing": verdict.standing,
        "outcome": verdict.outcome or "",
        "exception": verdict.exception or "",
        "established": verdict.established,
        "answered_by_country": verdict.country,
        "decided_by": _ANALYSTS[int(d[2] * len(_ANALYSTS))],
        "reason": _reason(verdict),
        **_diversion(case, verdict),
    }


def truth_row(case: Case, seed: int, last_day: int) -> dict[str, str]:
    """Write the truth of a recovery."""
    truth, plan = case.truth, case.plan
    hop, country = first_hop_of(case)
    arm = f"A{plan.arm:09d}" if plan else ""
    ammunition = case.slot.category is Category.AMMUNITION
    verdict = None if ammunition else verdict_of(case, seed, last_day)
    return {
        "source_number": case.source_number,
        "item_kind": "AMMUNITION" if ammunition else "ARM",
        "arm_number": arm,
        "last_lawful_holder": truth.holder,
        "diversion_kind": truth.kind if plan or truth.kind != "UNKNOWN" else "UNKNOWN",
        "diversion_place": truth.place,
        "diversion_region": truth.region,
        "diversion_country": truth.country,
        "diversion_on": date.fromordinal(truth.day).isoformat() if truth.day else "",
        "story": case.story or "",
        "marking": "" if ammunition else case.marking,
        "mark_errors": ";".join(case.written.errors),
        "first_hop": "" if ammunition else hop,
        "first_hop_country": "" if ammunition else country,
        "tracing_cell": verdict.cell if verdict else "",
    }


def first_hop_of(case: Case) -> tuple[FirstHop, str]:
    """Say whom a perfect analyst would ask first about a recovered arm."""
    home, made = geography.HOME, case.model.country if case.model else ""
    if case.plan is not None and case.marking is PlannedMarking.UNIQUE:
        return FirstHop.OWN_REGISTRY, home
    if case.model is None or not (case.written.make or case.written.country):
        return FirstHop.IDENTIFICATION_INSUFFICIENT, ""
    mark = case.import_mark if case.written.import_mark else ""
    if mark:
        return (FirstHop.OWN_MARK if mark == home else FirstHop.IMPORT_STATE), mark
    own = made == home
    return (FirstHop.OWN_MANUFACTURE if own else FirstHop.MANUFACTURE_STATE), made


def _share_decided(age: int) -> float:
    if age > 365:
        return 0.8
    return 0.34 if age > 180 else 0.1


def _verdict_without_marks(case: Case, d: list[float], age: int) -> Verdict:
    cell = _UNMARKED_CELLS[case.marking]
    if case.marking is PlannedMarking.ILLICIT and age > 200 and d[3] < 0.3:
        return _found(cell, Establishment.AUTHORITY)
    if d[0] < _share_decided(age) * 0.6:
        return Verdict(cell, TraceStanding.CLOSED, TraceOutcome.NOT_TRACEABLE_UNMARKED)
    return Verdict(cell)


def _verdict_at_home(case: Case, d: list[float]) -> Verdict:
    if case.story is Story.LAWFUL:
        return Verdict(TracingCell.LO, TraceStanding.CLOSED, TraceOutcome.NO_DIVERSION)
    if case.plan is None or case.story is Story.EXPORTED:
        return _verdict_from_abroad(case, d)
    if d[3] < 0.8:
        return _found(TracingCell.IN, Establishment.OWN_REGISTER)
    return _otherwise(d, 0.86, _DEAD_ENDS)


def _verdict_from_abroad(case: Case, d: list[float]) -> Verdict:
    if d[3] < 0.5:
        country = case.truth.country
        return _found(TracingCell.IF, Establishment.FOREIGN_REGISTER, country)
    return _otherwise(d, 0.65, _DEAD_ENDS_ABROAD)


def _otherwise(
    d: list[float], found_below: float, dead_ends: tuple[TraceOutcome, ...]
) -> Verdict:
    if d[3] < found_below:
        return _found(TracingCell.OD, Establishment.AUTHORITY)
    outcome = dead_ends[int(d[4] * len(dead_ends))]
    return Verdict(TracingCell.AT, TraceStanding.CLOSED, outcome)


def _found(cell: TracingCell, established: Establishment, country: str = "") -> Verdict:
    outcome = TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED
    closed = TraceStanding.CLOSED
    return Verdict(cell, closed, outcome, established, country=country)


_NOT_TRACED = {
    TraceException.WAIVED: "The heirs handed it in, and the owner is known.",
    TraceException.MANUFACTURED_BEFORE_1946: "An arm of a war whose papers are lost.",
}


def _reason(verdict: Verdict) -> str:
    if verdict.standing is TraceStanding.OPEN:
        return "Trace opened."
    if verdict.exception is not None:
        return _NOT_TRACED[verdict.exception]
    outcome = verdict.outcome.label if verdict.outcome else ""
    return f"{outcome[:1].upper()}{outcome[1:]}."


def _diversion(case: Case, verdict: Verdict) -> dict[str, str]:
    found = verdict.outcome is TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED
    lawful = verdict.outcome is TraceOutcome.NO_DIVERSION
    truth = case.truth
    own = case.plan is not None and (found or lawful)
    kind = truth.kind if truth.kind != "UNKNOWN" else "DEALER"
    return {
        "arm_number": f"A{case.plan.arm:09d}" if own and case.plan else "",
        "last_lawful_holder": truth.holder if own else "",
        "diversion_kind": kind if found else "",
        "diversion_place": truth.place if found else "",
        "diversion_region": truth.region if found else "",
        "diversion_country": (truth.country or geography.HOME) if found else "",
        "diversion_on": (
            date.fromordinal(truth.day).isoformat() if found and truth.day else ""
        ),
    }
