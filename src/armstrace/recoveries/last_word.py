"""What a source itself stated last of an arm, beside what stands since."""

from dataclasses import dataclass, replace
from typing import Any

from armstrace.records import lengths
from armstrace.recoveries import fields
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import RecoveryRecord
from armstrace.recoveries.records import input_of


@dataclass(frozen=True, slots=True)
class Sent:
    """What a source sends of a recovered arm."""

    source: str
    # All of it, for an arm that is not on record yet.
    whole: RecoveryInput
    changes: Changes


@dataclass(frozen=True, slots=True)
class Compared:
    """A message set against the record, field by field."""

    said: RecoveryInput
    known: RecoveryInput
    # What the source stated before.
    told: RecoveryInput

    @property
    def fresh(self) -> dict[str, Any]:
        """Give the fields in which the source says something else than before."""
        before, now = fields.values_of(self.told), fields.values_of(self.said)
        return {name: now[name] for name in now if now[name] != before[name]}

    @property
    def is_contested(self) -> bool:
        """Tell whether it contradicts a field that a person has corrected."""
        told, stands = fields.values_of(self.told), fields.values_of(self.known)
        return any(
            stands[name] not in (told[name], value)
            for name, value in self.fresh.items()
        )

    @property
    def with_corrections(self) -> RecoveryInput:
        """Put what is fresh beside what people have corrected."""
        return change(self.known, fields.changes_of(self.fresh))


def current_of(source: str, number: str) -> RecoveryRecord | None:
    """Give what is on record of the arm that a source calls by a number."""
    if lengths.UNSTORABLE.search(number):
        return None  # PostgreSQL would fail; recording refuses it by name.
    rows = RecoveryRecord.objects.current().select_related("recovery")
    return rows.filter(recovery__source=source, recovery__source_number=number).first()


def compare(now: RecoveryRecord, changes: Changes) -> Compared:
    """Set what a source sends against the record."""
    told = input_of(_last_word(now))
    return Compared(change(told, changes), input_of(now), told)


def change(known: RecoveryInput, changes: Changes) -> RecoveryInput:
    """Give a statement with some of its fields changed."""
    kind = changes.stated.get("recovery_kind", known.recovery_kind)
    if kind is not known.recovery_kind:
        # The reason was that of the kind before.
        known = replace(known, kind_reason="")
    return replace(
        known,
        description=replace(known.description, **changes.description),
        where=replace(known.where, **changes.where),
        **changes.stated,
    )


def _last_word(now: RecoveryRecord) -> RecoveryRecord:
    """Give the version that holds what the source itself stated last."""
    if not now.stated_key:
        return now
    own = RecoveryRecord.objects.filter(recovery=now.recovery_id).order_by("-pk")
    own = own.select_related("recovery")
    said = own.filter(content_key=now.stated_key).first()
    return said or own.filter(stated_key="").first() or now
