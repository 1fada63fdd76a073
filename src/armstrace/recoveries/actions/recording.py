"""Record what was seized, found or surrendered, and correct it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.audit import ledger
from armstrace.records import bulk
from armstrace.records.lookups import among
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import Recovery
from armstrace.recoveries.records import TABLES, make_record
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.outcomes import (
    Recorded,
    RowOutcome,
)


@dataclass(frozen=True, slots=True)
class _OnRecord:
    recovery_id: int
    item_kind: ItemKind
    record_id: int
    content_key: str
    agency: str


def record_recoveries(
    *,
    source: str,
    stated: Sequence[RecoveryInput],
    reason: str = "",
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Record recovered items as stated; a changed one becomes a correction.

    Args:
        source: Who states them; with the number there it is the identity.
        stated: The items; a number that comes twice keeps its last statement.
        reason: Why records are corrected, where they are.
        by: Who records them.
        at: When, with time zone.

    Returns:
        The fate of each, in the order given. An item that changes its kind
        (arm, part, ammunition) is refused: that is another item.

    Raises:
        NotPermitted: ``by`` may not record recoveries of that agency.

    Source:
        Background paper (2018), para. 36; SDG 16.4.2 metadata.
    """
    for agency in {each.agency for each in stated}:
        by.require("recovery.record", agency=agency)
    known = _on_record(source, [each.number for each in stated])
    fresh = {s.number: s for s in stated if s.number not in known}
    changed = {
        s.number: s
        for s in stated
        if s.number in known
        and known[s.number].content_key != s.content_key
        and known[s.number].item_kind is s.item_kind
    }
    for each in changed.values():
        by.require("recovery.correct", agency=known[each.number].agency)
    with ledger.entry("recovery.recorded", by=by, at=at) as entry:
        made = bulk.insert(Recovery, [_item(s, source, at) for s in fresh.values()])
        entry.about_keys(Recovery, made)
        ids = dict(zip(fresh, made, strict=True))
        ids |= {number: each.recovery_id for number, each in known.items()}
        _close([known[number] for number in changed], entry, at)
        rows = _rows(fresh, changed, ids, (source, reason, at))
        for kind, records in rows.items():
            table = TABLES[kind]
            entry.about_keys(table, bulk.insert(table, records))
        entry.note(stated=len(stated), written=len(fresh) + len(changed))
    return [_fate(s, fresh, changed, known, ids) for s in stated]


def _on_record(source: str, numbers: list[str]) -> dict[str, _OnRecord]:
    # Not one join: while a first load runs, PostgreSQL takes the tables for empty
    # and would read all of the one for each row of the other.
    named = Recovery.objects.filter(among("source_number", numbers), source=source)
    known = dict(named.values_list("pk", "source_number"))
    found: dict[str, _OnRecord] = {}
    for kind, table in TABLES.items():
        rows = table.objects.current().filter(among("recovery_id", known))
        for recovery_id, *told in rows.values_list(
            "recovery_id", "pk", "content_key", "agency"
        ):
            found[known[recovery_id]] = _OnRecord(recovery_id, kind, *told)
    return found


def _item(stated: RecoveryInput, source: str, at: datetime) -> dict[str, Any]:
    return {
        "source": source,
        "source_number": stated.number,
        "item_kind": stated.item_kind.value,
        "known_at": stated.known_at or at,
    }


def _close(records: list[_OnRecord], entry: ledger.Entry, at: datetime) -> None:
    pks: dict[ItemKind, list[int]] = defaultdict(list)
    for each in records:
        pks[each.item_kind].append(each.record_id)
    for kind, ids in pks.items():
        table = TABLES[kind]
        table.objects.filter(pk__in=ids).update(superseded_at=at)
        entry.about_keys(table, ids)


def _rows(
    fresh: dict[str, RecoveryInput],
    changed: dict[str, RecoveryInput],
    ids: dict[str, int],
    told: tuple[str, str, datetime],
) -> dict[ItemKind, list[dict[str, Any]]]:
    source, reason, at = told
    rows: dict[ItemKind, list[dict[str, Any]]] = defaultdict(list)
    for number, s in fresh.items():
        known_at = s.known_at or at
        rows[s.item_kind].append(
            make_record(s, ids[number], source=source, reason="", at=known_at)
        )
    for number, s in changed.items():
        rows[s.item_kind].append(
            make_record(s, ids[number], source=source, reason=reason, at=at)
        )
    return rows


def _fate(
    stated: RecoveryInput,
    fresh: dict[str, RecoveryInput],
    changed: dict[str, RecoveryInput],
    known: dict[str, _OnRecord],
    ids: dict[str, int],
) -> Recorded:
    recovery_id = ids[stated.number]
    if stated.number in fresh:
        return Recorded(RowOutcome.NEW, recovery_id)
    if stated.number in changed:
        return Recorded(RowOutcome.CORRECTED, recovery_id)
    if known[stated.number].item_kind is not stated.item_kind:
        was = known[stated.number].item_kind.label
        sentence = (
            f"Number {stated.number} is on record as {was}; "
            f"an item stated as {stated.item_kind.label} needs a number of its own."
        )
        return Recorded(RowOutcome.REFUSED, recovery_id, sentence, "RC-01", "item_kind")
    return Recorded(RowOutcome.UNCHANGED, recovery_id)
