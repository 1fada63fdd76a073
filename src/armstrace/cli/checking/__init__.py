"""What `armstrace check` looks at, in the order in which it tells it."""

from collections.abc import Callable, Iterator
from datetime import datetime

from armstrace.cli.checking import (
    calibration,
    database,
    derived,
    factors,
    ledger,
    serving,
    surroundings,
    techniques,
)
from armstrace.cli.checking.finding import Finding

ALWAYS: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
    serving.findings,
    factors.findings,
    surroundings.findings,
    database.findings,
)


def all_findings(at: datetime) -> list[Finding]:
    """Look at everything; at records and ledger only where they can be read."""
    found = [finding for look in ALWAYS for finding in look(at)]
    if database.is_ready():
        looks = (
            factors.people,
            ledger.findings,
            derived.findings,
            techniques.findings,
            calibration.findings,
        )
        found += [finding for look in looks for finding in look(at)]
    return found
