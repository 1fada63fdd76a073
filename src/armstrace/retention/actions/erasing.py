"""Propose an erasure, decide on it as another person, repeat it after a restore."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from armstrace.accounts import independence
from armstrace.audit import ledger
from armstrace.records import lengths
from armstrace.retention import erasing, queries, rules
from armstrace.retention.models import ErasedRecord, Erasure
from armstrace.retention.periods import number_of
from armstrace.retention.queries import Ground, KeptRow
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.retention import ErasureState, KeptKind, KeptState


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of erasures that is kept beside the backups."""

    kind: KeptKind
    record_id: int
    begun_at: datetime
    erasure: str
    proposed_by: str
    decided_by: str


def propose_erasure(
    *, kind: KeptKind, keys: Sequence[int], reason: str, by: Actor, at: datetime
) -> Erasure:
    """Propose that records whose time is over are erased; nothing goes yet.

    Args:
        keys: Primary keys of the records, 1,000 at most.

    Raises:
        RuleBroken: ``ER-01``, no reason; ``ER-02``, some are not due; ``ER-03``,
            none or too many.

    Source:
        Firearms Protocol, art. 7; Directive (EU) 2016/680, art. 5.
    """
    by.require("retention.propose")
    lengths.require_reason(rules.REASONED, reason)
    rules.SOMETHING.require(len(keys))
    with ledger.entry("erasure.proposed", by=by, at=at) as entry:
        found = _rows(kind, keys, by, at)
        rules.DUE.require(_not_due(kind, keys, found))
        made = Erasure.objects.create(
            kind=kind, reason=reason.strip(), proposed_by=by.name, known_at=at
        )
        _name(made, found, entry)
    return made


def decide_erasure(
    *, erasure_id: int, is_agreed: bool, reason: str, by: Actor, at: datetime
) -> Erasure:
    """Carry out what another person proposed, or refuse it.

    What is no longer due, because something holds it since, does not go.

    Raises:
        RuleBroken: ``ER-01``, no reason; ``ER-04``, ``by`` proposed it; ``ER-05``,
            it is decided; ``AC-09``, the two are not independent.

    Source:
        Rule of this design (security.md, two people and a tombstone).
    """
    by.require("retention.decide")
    lengths.require_reason(rules.REASONED, reason)
    with transaction.atomic():
        rows = Erasure.objects.get_queryset().select_for_update()
        found = rows.get_visible(erasure_id, by)
        is_open = found.state == ErasureState.PROPOSED
        rules.UNDECIDED.require((found.reference, is_open))
        rules.ANOTHER_DECIDES.require((found.proposed_by, by.name))
        op = Operation.ERASE if is_agreed else Operation.ALTER
        with ledger.entry("erasure.decided", by=by, at=at, op=op) as entry:
            found.state = ErasureState.DONE if is_agreed else ErasureState.REFUSED
            found.decided_by, found.decided_at = by.name, at
            found.decided_why = reason.strip()
            found.save()
            entry.about(found, agreed=is_agreed)
            if is_agreed:
                independence.require(found.proposed_by, by.name, at)
                _carry_out(found, by, at, entry)
    return found


def repeat_erasures(*, listed: Iterable[Listed], by: Actor, at: datetime) -> int:
    """Carry out again, after a restore, what was erased since the backup.

    What is a tombstone already stays as it is, so that a list can be given twice.

    Args:
        listed: The list that was kept beside the backups.

    Returns:
        How many records went.

    Raises:
        RuleBroken: ``ER-09``, a number is another record's now; ``ER-10``, a legal
            hold keeps one. Nothing is erased.

    Source:
        Rule of this design (security.md, a restore brings nothing back).
    """
    by.require("retention.repeat")
    by_erasure: dict[tuple[str, ...], list[Listed]] = defaultdict(list)
    for each in listed:
        who = (each.erasure, each.proposed_by, each.decided_by)
        by_erasure[each.kind.value, *who].append(each)
    with transaction.atomic():
        return sum(
            _record(lines, by, at)
            for whole in by_erasure.values()
            for lines in batched(whole, rules.MOST, strict=False)
        )


def _record(lines: Sequence[Listed], by: Actor, at: datetime) -> int:
    kind, first = lines[0].kind, lines[0]
    known = {row.record_id: row for row in _rows(kind, _keys(lines), by, at)}
    stand = {key for key, row in known.items() if row.state is not KeptState.ERASED}
    going = [each for each in lines if each.record_id in stand]
    for each in going:
        is_same = known[each.record_id].begun_at == each.begun_at
        number = number_of(kind, each.record_id)
        rules.SAME_RECORD.require((number, is_same))
        is_free = known[each.record_id].state is not KeptState.HELD
        rules.FREE_TO_REPEAT.require((number, is_free))
    if not going:
        return 0
    with ledger.entry("erasure.repeated", by=by, at=at, op=Operation.ERASE) as entry:
        made = Erasure.objects.create(
            kind=kind,
            state=ErasureState.DONE,
            reason=f"{first.erasure}: {first.proposed_by}, {first.decided_by}"[:500],
            decided_by=by.name,  # whom the list names did nothing here
            decided_at=at,
            known_at=at,
        )
        _name(made, (known[each.record_id] for each in going), entry, erased_at=at)
        erasing.erase(kind, _keys(going), entry)
    return len(going)


def _name(
    made: Erasure,
    rows: Iterable[KeptRow],
    entry: ledger.Entry,
    erased_at: datetime | None = None,
) -> None:
    """Say which records an erasure is about."""
    named = ErasedRecord.objects.bulk_create(
        ErasedRecord(
            erasure=made,
            kind=made.kind,
            record_id=row.record_id,
            begun_at=row.begun_at,
            grounds=[_told(ground) for ground in row.grounds],
            erased_at=erased_at,
        )
        for row in rows
    )
    entry.about(made, kind=str(made.kind), records=len(named))
    entry.about_all(named)


def _keys(lines: Iterable[Listed]) -> list[int]:
    return [each.record_id for each in lines]


def _carry_out(found: Erasure, by: Actor, at: datetime, entry: ledger.Entry) -> None:
    kind = KeptKind(found.kind)
    named = list(found.records.order_by("record_id"))
    rows = _rows(kind, [each.record_id for each in named], by, at)
    due = {row.record_id for row in rows if row.state is KeptState.DUE}
    going = [each for each in named if each.record_id in due]
    for each in going:
        each.erased_at = at
    ErasedRecord.objects.bulk_update(going, ["erased_at"], batch_size=500)
    entry.about_all(going)
    entry.note(erased=len(going), kept=len(named) - len(going))
    erasing.erase(kind, [each.record_id for each in going], entry)


def _rows(
    kind: KeptKind, keys: Sequence[int], by: Actor, at: datetime
) -> list[KeptRow]:
    on = timezone.localdate(at)
    return queries.rows_named(kind, list(keys), viewer=by, on=on)


def _not_due(
    kind: KeptKind, keys: Sequence[int], found: Iterable[KeptRow]
) -> tuple[str, ...]:
    due = {row.record_id for row in found if row.state is KeptState.DUE}
    return tuple(number_of(kind, key) for key in keys if key not in due)


def _told(ground: Ground) -> dict[str, Any]:
    return {
        "record": ground.rule.record.value,
        "source": ground.rule.source,
        "years": ground.rule.years,
        "until": str(ground.until or ""),
    }
