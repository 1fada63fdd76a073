"""What `armstrace check` and the page of the system look at, in their order."""

from collections.abc import Callable, Iterator
from datetime import datetime

from armstrace.checking import (
    database,
    factors,
    ledger,
    matching,
    serving,
    surroundings,
)
from armstrace.checking.finding import Finding
from armstrace.vocabulary.actors import Actor

ALWAYS: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
    serving.findings,
    factors.findings,
    surroundings.findings,
    database.findings,
)


def all_findings(*, viewer: Actor, at: datetime) -> list[Finding]:
    """Look at everything; at records and ledger only where they can be read."""
    viewer.require("account.view")
    found = [finding for look in ALWAYS for finding in look(at)]
    if database.is_ready():
        looks = (factors.people, ledger.findings, matching.findings)
        found += [finding for look in looks for finding in look(at)]
    return found
