"""The frequencies of the register, by which matching weighs agreement."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from armstrace.analysis.matching.cards import Card
from armstrace.analysis.matching.population import Counts, Population
from armstrace.registry.models import ArmRecord, PopulationSnapshot

GROWTH = 1.2
"""How much the register may grow before its frequencies are counted again."""

CARD_COLUMNS = (
    "arm_id",
    "arm_type",
    "make",
    "model",
    "calibre",
    "serial_search",
    "country_of_manufacture",
    "import_country",
)


def card_of(row: Sequence[Any]) -> Card:
    """Make the card that matching compares from the columns ``CARD_COLUMNS``."""
    arm, arm_type, *others = row
    return Card(str(arm), "" if arm_type == "UNKNOWN" else arm_type, *others)


def recount() -> PopulationSnapshot:
    """Count the register and keep the counts: derived, so no ledger entry."""
    counts = Counts()
    rows = ArmRecord.objects.current().values_list(*CARD_COLUMNS)
    arms = 0
    for row in rows.iterator(chunk_size=10_000):
        counts.add(card_of(row))
        arms += 1
    snapshot, _ = PopulationSnapshot.objects.update_or_create(
        pk=1,
        defaults={
            "arms": arms,
            "last_record": last_record(),
            "counts": counts.to_json(),
        },
    )
    return snapshot


def last_record() -> int:
    """Give the key of the newest record of the register, 0 where it is empty."""
    newest = ArmRecord.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def population() -> Population:
    """Give the register's frequencies; they are counted anew as it grows."""
    kept = PopulationSnapshot.objects.filter(pk=1).values_list("last_record", flat=True)
    counted_to = kept.first()
    if counted_to is None or last_record() > counted_to * GROWTH + 100:
        counted_to = recount().last_record
    return _population(counted_to)


@lru_cache(maxsize=1)
def _population(counted_to: int) -> Population:
    snapshot = PopulationSnapshot.objects.get(pk=1, last_record=counted_to)
    return Population(Counts.from_json(snapshot.counts))
