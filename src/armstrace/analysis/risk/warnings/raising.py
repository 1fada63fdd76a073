"""Work out all warnings, and keep those that were not raised before."""

from collections.abc import Iterable, Mapping
from datetime import date

from armstrace.analysis.risk.warnings import (
    chains,
    changes,
    losses,
    serials,
    shipments,
    short_time,
    sources,
)
from armstrace.analysis.risk.warnings.facts import Alarm, Budget, Facts, quiet

METHODS = (sources, chains, serials, short_time, changes, losses, shipments)


def alarms(facts: Facts, budget: Budget) -> list[Alarm]:
    """Give all that there is to warn of, the least likely by chance first."""
    found = [alarm for method in METHODS for alarm in method.alarms(facts, budget)]
    return sorted(found, key=lambda alarm: (alarm.chance, alarm.key))


def keep_new(
    found: Iterable[Alarm], raised: Mapping[str, date], on: date
) -> list[Alarm]:
    """Keep the warnings whose subject was not warned of within its quiet days.

    Args:
        found: Warnings, the most striking first.
        raised: The last day on which each key was raised.
    """
    kept: dict[str, Alarm] = {}
    for alarm in found:
        last = raised.get(alarm.key)
        if alarm.key not in kept and (last is None or on - last > quiet(alarm.kind)):
            kept[alarm.key] = alarm
    return list(kept.values())
