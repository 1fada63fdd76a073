"""The frequencies of the register, by which matching weighs agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Subquery

from armstrace.analysis.matching.cards import Card
from armstrace.analysis.matching.population import Counts, Population
from armstrace.registry.models import ArmRecord, PopulationSnapshot

# How much the register may grow before its frequencies are counted again.
GROWTH = 1.2

CARD_COLUMNS = (
    "arm_id", "arm_type", "make", "model", "calibre", "serial_search",
    "country_of_manufacture", "import_country",
)  # fmt: skip


def card_of(row: Sequence[Any]) -> Card:
    """Make the card that matching compares from the columns ``CARD_COLUMNS``."""
    arm, arm_type, *others = row
    return Card(str(arm), "" if arm_type == "UNKNOWN" else arm_type, *others)


@dataclass(frozen=True, slots=True)
class Counted:
    """Described arms whose frequencies are kept."""

    # Key of the row that keeps their counts.
    snapshot: int
    table: Any
    # The column that names the identity.
    owner: str

    def last_record(self) -> int:
        """Give the key of the newest version, 0 where there is none."""
        newest = self.table.objects.order_by("-pk").values_list("pk", flat=True)
        return newest.first() or 0


REGISTER = Counted(1, ArmRecord, "arm_id")


def recount(of: Counted = REGISTER) -> PopulationSnapshot:
    """Count described arms and keep the counts: derived, so no ledger entry."""
    counts = Counts()
    rows = of.table.objects.current().values_list(of.owner, *CARD_COLUMNS[1:])
    arms = 0
    for row in rows.iterator(chunk_size=10_000):
        counts.add(card_of(row))
        arms += 1
    snapshot, _ = PopulationSnapshot.objects.update_or_create(
        pk=of.snapshot,
        defaults={
            "arms": arms,
            "last_record": of.last_record(),
            "counts": counts.to_json(),
        },
    )
    return snapshot


def last_record() -> int:
    """Give the key of the newest record of the register, 0 where it is empty."""
    return REGISTER.last_record()


def population(of: Counted = REGISTER) -> Population:
    """Give the frequencies of described arms; they are counted anew as these grow."""
    newest = of.table.objects.order_by("-pk").values("pk")[:1]
    kept = PopulationSnapshot.objects.filter(pk=of.snapshot)
    told = kept.values_list("last_record", Subquery(newest)).first()
    counted_to, last = told or (None, None)
    if counted_to is None or (last or 0) > counted_to * GROWTH + 100:
        counted_to = recount(of).last_record
    return _population(of.snapshot, counted_to)


@lru_cache(maxsize=2)
def _population(snapshot: int, counted_to: int) -> Population:
    kept = PopulationSnapshot.objects.get(pk=snapshot, last_record=counted_to)
    return Population(Counts.from_json(kept.counts))
