"""What can be done with holders and their licences."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from armstrace.audit import ledger
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder, HolderRecord, Licence
from armstrace.records import bulk
from armstrace.records.lookups import among
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import (
    Recorded,
    RowOutcome,
)


def record_holders(
    *,
    source: str,
    stated: Sequence[HolderInput],
    reason: str = "",
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Record holders as stated; a changed one becomes a correction.

    Args:
        source: Who states it: a register, a file, a clerk's agency.
        stated: The holders; a number that comes twice keeps its last statement.
        reason: Why records are corrected, where they are.
        by: Who records them.
        at: When, with time zone.

    Returns:
        The fate of each, in the order given.

    Raises:
        NotPermitted: ``by`` may not record holders.

    Source:
        Firearms Protocol, art. 7 (records that make tracing possible).
    """
    by.require("holder.record")
    with ledger.entry("holder.recorded", by=by, at=at) as entry:
        known = _current_records([each.number for each in stated])
        fresh = {s.number: s for s in stated if s.number not in known}
        changed = {
            s.number: s
            for s in stated
            if s.number in known and known[s.number].content_key != s.content_key
        }
        holders = bulk.insert(
            Holder,
            [
                {"number": s.number, "known_at": s.known_at or at}
                for s in fresh.values()
            ],
        )
        ids = dict(zip(fresh, holders, strict=True))
        ids |= {number: record.holder_id for number, record in known.items()}
        closed = [known[number].pk for number in changed]
        HolderRecord.objects.filter(pk__in=closed).update(superseded_at=at)
        written = [*fresh.values(), *changed.values()]
        records = [
            _record(s, ids[s.number], source, reason, s.known_at or at)
            if s.number in fresh
            else _record(s, ids[s.number], source, reason, at)
            for s in written
        ]
        entry.about_keys(Holder, holders)
        entry.about_keys(HolderRecord, closed)
        entry.about_keys(HolderRecord, bulk.insert(HolderRecord, records))
        entry.about_keys(Licence, _record_licences(written, ids, source, at))
        entry.note(stated=len(stated), written=len(written))
    return [_fate(s, fresh, changed, ids) for s in stated]


def _current_records(numbers: list[str]) -> dict[str, HolderRecord]:
    records = HolderRecord.objects.current().filter(among("holder__number", numbers))
    return {record.holder.number: record for record in records.select_related("holder")}


def _record(
    stated: HolderInput, holder_id: int, source: str, reason: str, known_at: datetime
) -> dict[str, Any]:
    return {
        "holder_id": holder_id,
        "name": stated.name,
        "kind": stated.kind.value,
        "place": stated.place,
        "region": stated.region,
        "country": stated.country,
        "content_key": stated.content_key,
        "source": source,
        "reason": reason,
        "known_at": known_at,
    }


def _record_licences(
    written: list[HolderInput], ids: dict[str, int], source: str, at: datetime
) -> list[int]:
    stated = {s.licence_number: s for s in written if s.licence_number}
    old = Licence.objects.current().filter(number__in=stated)
    closed_ids = list(old.values_list("pk", flat=True))
    old.update(superseded_at=at)
    rows = [
        {
            "holder_id": ids[s.number],
            "number": number,
            "licence_type": s.licence_type,
            "valid_from": s.valid_from,
            "valid_until": s.valid_until,
            "source": source,
            "known_at": at if closed_ids else (s.known_at or at),
        }
        for number, s in stated.items()
    ]
    return [*closed_ids, *bulk.insert(Licence, rows)]


def _fate(
    stated: HolderInput,
    fresh: dict[str, HolderInput],
    changed: dict[str, HolderInput],
    ids: dict[str, int],
) -> Recorded:
    holder_id = ids[stated.number]
    if stated.number in fresh:
        return Recorded(RowOutcome.NEW, holder_id)
    if stated.number in changed:
        return Recorded(RowOutcome.CORRECTED, holder_id)
    return Recorded(RowOutcome.UNCHANGED, holder_id)
