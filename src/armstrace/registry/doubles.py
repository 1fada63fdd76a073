"""Arms that were withdrawn, on record twice, and events that did not happen."""

from collections.abc import Collection

from armstrace.records.lookups import among
from armstrace.registry.models import EventWithdrawal, Withdrawal


def withdrawn_among(source: str, numbers: Collection[str]) -> frozenset[str]:
    """Give those numbers of a register whose arms were withdrawn."""
    rows = Withdrawal.objects.current().filter(
        among("arm__source_number", numbers), arm__source=source
    )
    return frozenset(rows.values_list("arm__source_number", flat=True))


def withdrawn_events(source: str, numbers: Collection[str]) -> frozenset[str]:
    """Give those numbers of a source whose events a person withdrew."""
    rows = EventWithdrawal.objects.current().filter(
        among("event__source_number", numbers), event__source=source
    )
    return frozenset(rows.values_list("event__source_number", flat=True))


def standing(arms: dict[str, int]) -> dict[str, int]:
    """Give for each number the arm that stands: for a double, the other one.

    What is told of a withdrawn arm happened to the arm that it is.

    Args:
        arms: Identity of each arm by its number.
    """
    stands = dict(arms)
    while True:
        rows = Withdrawal.objects.current().filter(among("arm_id", stands.values()))
        others = dict(rows.values_list("arm_id", "same_as_id"))
        if not others:
            return stands
        stands = {number: others.get(arm, arm) for number, arm in stands.items()}
