"""From a statement to the version row that keeps it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from armstrace.analysis.marks import identify
from armstrace.recoveries.models import AmmunitionRecord, PartRecord, RecoveryRecord
from armstrace.recoveries.stated import StatedRecovery
from armstrace.registry.described import described_columns
from armstrace.vocabulary.arms import ItemKind

TABLES: dict[ItemKind, Any] = {
    ItemKind.ARM: RecoveryRecord,
    ItemKind.AMMUNITION: AmmunitionRecord,
    ItemKind.PART: PartRecord,
}


def make_record(
    stated: StatedRecovery, recovery_id: int, *, source: str, reason: str, at: datetime
) -> dict[str, Any]:
    """Make the columns of a statement's version, to be inserted.

    Args:
        stated: What the source states.
        recovery_id: Identity of the recovery.
        source: Who states it.
        reason: Why it is corrected, where it is.
        at: When it became known.
    """
    columns = _circumstances(stated) | {
        "recovery_id": recovery_id,
        "source": source,
        "reason": reason,
        "known_at": at,
        "content_key": stated.content_key,
    }
    return columns | _PARTICULARS[stated.item_kind](stated)


def _circumstances(stated: StatedRecovery) -> dict[str, Any]:
    where = stated.where
    return {
        "recovery_kind": stated.recovery_kind.value,
        "recovered_on": stated.recovered_on,
        "agency": stated.agency,
        "case_number": stated.case_number,
        "place": where.place,
        "region": where.region,
        "country": where.country,
        "place_kind": where.kind.value,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "legal_justification": stated.legal_justification.value,
        "criminal_contexts": [each.value for each in stated.criminal_contexts],
        "offences_as_written": stated.offences,
        "seal_number": stated.seal_number,
        "custody_number": stated.custody_number,
        "notes": stated.notes,
        "source_row": stated.source_row,
    }


def _arm(stated: StatedRecovery) -> dict[str, Any]:
    found = identify.identify(stated.description)
    made = stated.production_class or found.production_class
    columns = described_columns(stated.description, found)
    year = stated.year_of_manufacture or columns["year_of_manufacture"]
    return columns | {
        "year_of_manufacture": year,
        "production_class": made.value,
        "modification": stated.modification.value,
        "taken_from": stated.taken_from,
        "taken_from_is_holder": stated.taken_from_is_holder.value,
    }


def _ammunition(stated: StatedRecovery) -> dict[str, Any]:
    description = stated.description
    found = identify.identify(description)
    return {
        "ammunition_kind": stated.ammunition_kind.value,
        "type_as_written": description.type[:120],
        "make_as_written": description.make[:200],
        "model_as_written": description.model[:200],
        "calibre_as_written": description.calibre[:120],
        "marks_as_written": description.serial[:400],
        "make": found.make[:120],
        "calibre": found.calibre[:80],
        "quantity": stated.quantity,
    }


def _part(stated: StatedRecovery) -> dict[str, Any]:
    return {
        "part_type": stated.part_type.value,
        "type_as_written": stated.description.type[:120],
        "make_as_written": stated.description.make[:200],
        "serial_as_marked": stated.description.serial[:400],
        "quantity": stated.quantity,
    }


_PARTICULARS: dict[ItemKind, Callable[[StatedRecovery], dict[str, Any]]] = {
    ItemKind.ARM: _arm,
    ItemKind.AMMUNITION: _ammunition,
    ItemKind.PART: _part,
}
