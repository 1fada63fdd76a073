"""Builders for the tests of the ledger: actors, records, raw changes."""

from datetime import UTC, datetime

from armstrace.audit import ledger
from armstrace.licensing.models import Holder, HolderRecord
from armstrace.vocabulary.actors import Actor, Purpose, Role, Scope

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def clerk(**grants: Scope) -> Actor:
    return Actor("clerk", "REG", Role.REGISTRAR, Purpose.REGISTRATION, grants)


def holder(number: str = "H-1", at: datetime = NOON) -> Holder:
    """Record one holder the way an action does."""
    with ledger.entry("holder.recorded", by=clerk(), at=at) as entry:
        made = Holder.objects.create(number=number, known_at=at)
        entry.about(made)
    return made


def holders(count: int, at: datetime = NOON) -> list[HolderRecord]:
    """Record many holders in one bulk act."""
    with ledger.entry("holders.recorded", by=clerk(), at=at) as entry:
        rows = [Holder(number=f"B-{n}", known_at=at) for n in range(count)]
        made = Holder.objects.bulk_create(rows, batch_size=2000)
        known = [
            HolderRecord(
                holder=one, name=f"Name {one.number}", kind="PERSON", known_at=at
            )
            for one in made
        ]
        described = HolderRecord.objects.bulk_create(known, batch_size=2000)
        entry.about_all(made)
        entry.about_all(described)
    return described
