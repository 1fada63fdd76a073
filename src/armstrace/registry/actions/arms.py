"""Put arms on the register, and correct what stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.analysis.marks import identify
from armstrace.audit import ledger
from armstrace.records import bulk
from armstrace.records.lookups import among
from armstrace.registry import keystore
from armstrace.registry.described import described_columns
from armstrace.registry.inputs import ArmInput
from armstrace.registry.models import Arm, ArmRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import (
    Recorded,
    RowOutcome,
)


@dataclass(frozen=True, slots=True)
class _OnRecord:
    arm_id: int
    record_id: int
    content_key: str


def register_arms(
    *,
    source: str,
    stated: Sequence[ArmInput],
    reason: str = "",
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Register arms as their register states them; a changed one is corrected.

    Args:
        source: The register; with the arm's number there it is the identity.
        stated: The arms; a number that comes twice keeps its last statement.
        reason: Why records are corrected, where they are.
        by: Who registers.
        at: When, with time zone.

    Returns:
        The fate of each, in the order given.

    Raises:
        NotPermitted: ``by`` may not record arms.

    Source:
        Firearms Protocol, art. 7; MOSAIC 05.30 (content of records).
    """
    by.require("registry.record")
    known = _on_record(source, [each.number for each in stated])
    fresh = {s.number: s for s in stated if s.number not in known}
    changed = {
        s.number: s
        for s in stated
        if s.number in known and known[s.number].content_key != s.content_key
    }
    with ledger.entry("arm.registered", by=by, at=at) as entry:
        arms = bulk.insert(Arm, [_arm(s, source, at) for s in fresh.values()])
        ids = dict(zip(fresh, arms, strict=True))
        ids |= {number: each.arm_id for number, each in known.items()}
        closed = [known[number].record_id for number in changed]
        ArmRecord.objects.filter(pk__in=closed).update(superseded_at=at)
        written = [
            *(_record(s, ids, source, "", s.known_at or at) for s in fresh.values()),
            *(_record(s, ids, source, reason, at) for s in changed.values()),
        ]
        entry.about_keys(Arm, arms)
        entry.about_keys(ArmRecord, closed)
        entry.about_keys(ArmRecord, bulk.insert(ArmRecord, written))
        entry.note(stated=len(stated), written=len(written))
        keystore.store(written, replaced=[ids[number] for number in changed])
    return [_fate(s, fresh, changed, ids) for s in stated]


def _on_record(source: str, numbers: list[str]) -> dict[str, _OnRecord]:
    # Not one join; see ``recoveries.actions.recording``.
    named = Arm.objects.filter(among("source_number", numbers), source=source)
    known = dict(named.values_list("pk", "source_number"))
    rows = ArmRecord.objects.current().filter(among("arm_id", known))
    return {
        known[arm]: _OnRecord(arm, pk, key)
        for arm, pk, key in rows.values_list("arm_id", "pk", "content_key")
    }


def _arm(stated: ArmInput, source: str, at: datetime) -> dict[str, Any]:
    return {
        "source": source,
        "source_number": stated.number,
        "known_at": stated.known_at or at,
    }


def _record(
    stated: ArmInput, ids: dict[str, int], source: str, reason: str, known_at: datetime
) -> dict[str, Any]:
    found = identify.identify(stated.description)
    columns = described_columns(stated.description, found)
    columns["year_of_manufacture"] = (
        stated.year_of_manufacture or columns["year_of_manufacture"]
    )
    columns["import_country"] = stated.import_country or columns["import_country"]
    columns["import_year"] = stated.import_year or columns["import_year"]
    return columns | {
        "arm_id": ids[stated.number],
        "known_at": known_at,
        "reason": reason,
        "source": source,
        "source_row": stated.source_row,
        "content_key": stated.content_key,
        "notes": stated.notes,
    }


def _fate(
    stated: ArmInput,
    fresh: dict[str, ArmInput],
    changed: dict[str, ArmInput],
    ids: dict[str, int],
) -> Recorded:
    arm_id = ids[stated.number]
    if stated.number in fresh:
        return Recorded(RowOutcome.NEW, arm_id)
    if stated.number in changed:
        return Recorded(RowOutcome.CORRECTED, arm_id)
    return Recorded(RowOutcome.UNCHANGED, arm_id)
