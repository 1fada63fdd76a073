"""Matching: are its keys those of this release, do its probabilities hold."""

from collections.abc import Iterator
from datetime import datetime

from armstrace.accounts import actors
from armstrace.analysis.matching.calibration import FEWEST_CASES
from armstrace.checking.finding import Finding, fine, warning
from armstrace.recoveries import queries
from armstrace.registry import rekeying
from armstrace.vocabulary.matching import TuningKind

# Mean difference between stated and found that is still let pass.
MOST_DRIFT = 0.05


def findings(at: datetime) -> Iterator[Finding]:
    """Set what matching states beside what people decided, and look at its keys."""
    del at
    if rekeying.is_needed():
        sentence = "Some arms lack keys by which they are searched now."
        yield warning(
            "keys", sentence, "Run armstrace rekey; searches go on meanwhile."
        )
    viewer = actors.system_actor()
    monitor = queries.monitor(viewer=viewer)
    yield _drift(monitor)
    rates = monitor.model.partition("+c")[0]
    waiting = _waiting(queries.matching_tunings(viewer=viewer), rates)
    if waiting is not None:
        sentence = f"Tuning {waiting.id} was better in its replay and is not in use."
        advice = "Let a supervisor read it: Recoveries, Matching, Tuning of matching."
        yield warning("tuning", sentence, advice)


def _drift(monitor: queries.Monitor) -> Finding:
    cases, error = monitor.whole.cases, monitor.whole.error
    if cases < FEWEST_CASES:
        sentence = (
            f"{cases} candidates were decided with their probability; "
            f"{FEWEST_CASES} are needed to tell whether probabilities hold."
        )
        return fine("calibration", sentence)
    told = f"Over {cases:,} decided candidates, what was stated and what people found"
    if error > MOST_DRIFT:
        advice = "Run armstrace tune calibration, and read its replay."
        sentence = f"{told} differ by {error:.0%} on average."
        return warning("calibration", sentence, advice)
    return fine("calibration", f"{told} differ by {error:.1%} on average.")


def _waiting(found: list[queries.TuningCard], rates: str) -> queries.TuningCard | None:
    """Give the latest calibration for the rates, where it is better and not used."""
    fitted = (
        one
        for one in found
        if one.kind is TuningKind.CALIBRATION and one.based_on == rates
    )
    latest = next(fitted, None)
    if latest is None or latest.is_in_use or not latest.is_better:
        return None
    return latest
