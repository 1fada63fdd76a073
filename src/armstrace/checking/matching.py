"""Matching: do its keys fit this release and the register, do its chances hold."""

from collections.abc import Iterator
from datetime import datetime

from armstrace.accounts import actors
from armstrace.analysis.matching.calibration import FEWEST_CASES
from armstrace.checking.finding import Finding, found
from armstrace.recoveries import queries
from armstrace.registry import derived, rekeying
from armstrace.vocabulary.matching import TuningKind

# Mean difference between stated and found that is still let pass.
MOST_DRIFT = 0.05


def findings(at: datetime) -> Iterator[Finding]:
    """Look at the keys, and set what was stated beside what people decided."""
    yield from derivations(at)
    if rekeying.is_needed():
        yield found("keys", "earlier")
    viewer = actors.system_actor()
    monitor = queries.monitor(viewer=viewer)
    yield _drift(monitor)
    rates = monitor.model.partition("+c")[0]
    waiting = _waiting(queries.matching_tunings(viewer=viewer), rates)
    if waiting is not None:
        yield found("tuning", "waiting", tuning=waiting.id)


def derivations(_at: datetime) -> Iterator[Finding]:
    """Set keys and frequencies of matching beside a sample of the register."""
    told = derived.sample()
    lost, is_counted = told.without_keys, told.is_sum_right and not told.uncounted
    if lost:
        how_many = {"arms": told.arms, "lost": len(lost)}
        yield found("derived keys", "lost", first=lost[0], **how_many)
    if not is_counted:
        yield found("frequencies", "other")
    if is_counted and not lost:
        yield found("derived keys", "fit", arms=told.arms)


def _drift(monitor: queries.Monitor) -> Finding:
    cases, error = monitor.whole.cases, monitor.whole.error
    if cases < FEWEST_CASES:
        return found("calibration", "few", cases=cases, needed=FEWEST_CASES)
    case = "far" if error > MOST_DRIFT else "near"
    return found("calibration", case, cases=cases, share=round(100 * error, 1))


def _waiting(
    several: list[queries.TuningCard], rates: str
) -> queries.TuningCard | None:
    """Give the latest calibration for the rates, where it is better and not used."""
    fitted = (
        one
        for one in several
        if one.kind is TuningKind.CALIBRATION and one.based_on == rates
    )
    latest = next(fitted, None)
    if latest is None or latest.is_in_use or not latest.is_better:
        return None
    return latest
