"""What can be asked of the ledger."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from armstrace.audit import blocks, bodies, ledger
from armstrace.audit.models import (
    Checkpoint,
    DigestBlock,
    LedgerEntry,
    LedgerHead,
    Verification,
)
from armstrace.audit.naming import entries_naming
from armstrace.audit.spans import EntrySpan
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry, for reading."""

    seq: int
    at: datetime
    act: str
    # Code of the kind of act.
    operation: str
    # Sign-in name.
    actor: str
    # Code of the agency acted for.
    agency: str
    # Code of the role acted in.
    role: str
    # Code of the purpose.
    purpose: str
    # (table, kind, count) of the records that it names.
    subjects: tuple[tuple[str, str, int], ...]
    codes: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter(EntrySpan):
    """What narrows a list of entries; empty means any."""

    # Such as ``registry.arm:12``: entries that name this record.
    record: str = ""
    # An ``Operation`` code.
    operation: str = ""
    # How the act begins, such as ``trace.``.
    act: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the ledger stands; None where there is no such thing yet."""

    size: int
    last_entry_at: datetime | None
    checkpoint_size: int | None
    checkpoint_at: datetime | None
    proved_at: datetime | None
    proved_findings: int | None
    # How many entries were written since the last proof began.
    unproved: int = 0


def entries(
    narrowed: EntryFilter, *, viewer: Actor, at: datetime, limit: int | None = 50
) -> list[EntryRow]:
    """Read the newest entries; the reading is an entry itself.

    Returns:
        Entries, newest first.

    Raises:
        InvalidInput: The record is not written as table:number.

    Source:
        Directive (EU) 2016/680, art. 25, para. 2: who uses the logs is known.
    """
    viewer.require("ledger.view")
    return _read(narrowed, Q(), viewer=viewer, at=at, limit=limit)


def acts_done(
    narrowed: EntryFilter,
    *,
    people: Iterable[str],
    viewer: Actor,
    at: datetime,
    limit: int | None = 50,
) -> list[EntryRow]:
    """Read what some people changed, newest first; the reading is an entry itself.

    Acts on cases are left out: some are of sealed cases, and each case tells its own.

    Args:
        narrowed: Which entries; its ``actor`` is left out.

    Source:
        Directive (EU) 2016/680, art. 25, para. 2 (self-monitoring).
    """
    viewer.require("ledger.acts")
    changed = Q(actor__in=list(people), operation=Operation.ALTER)
    by_all = replace(narrowed, actor="")
    changed &= ~Q(act__startswith="case.")
    return _read(by_all, changed, viewer=viewer, at=at, limit=limit)


def _read(
    narrowed: EntryFilter, also: Q, *, viewer: Actor, at: datetime, limit: int | None
) -> list[EntryRow]:
    with ledger.entry("ledger.read", by=viewer, at=at, op=Operation.CONSULT) as entry:
        wanted = LedgerEntry.objects.filter(_condition(narrowed), also)
        found = [_row(row) for row in wanted.order_by("-seq")[:limit]]
        entry.note(count=len(found))
    return found


def keys_named(
    seqs: Iterable[int], labels: Iterable[str], *, most: int, viewer: Actor
) -> dict[int, dict[str, list[int]]]:
    """Give the keys of the records that entries name, by entry and table."""
    viewer.require("ledger.acts")
    found: dict[int, dict[str, list[int]]] = {}
    rows = DigestBlock.objects.filter(seq__in=list(seqs), label__in=list(labels))
    for seq, label, packed in rows.order_by("part").values_list("seq", "label", "keys"):
        keys = found.setdefault(seq, {}).setdefault(label, [])
        keys.extend(blocks.unpack(packed)[: most - len(keys)].tolist())
    return found


def keys_noted(
    code: str, acts: Collection[str], label: str, *, viewer: Actor, since: datetime
) -> dict[int, str]:
    """Give the keys of records whose acts noted that something is so, and by whom.

    Args:
        code: Such as ``despite``.
        acts: Which acts; one on many records notes it of each of which it is so.
        since: The moment from which on.
    """
    rows = LedgerEntry.objects.filter(at__gte=since, act__in=acts)
    noted = rows.filter(body__contains=f'"{code}":true')
    found: dict[int, str] = {}
    actors: dict[int, str] = {}
    for seq, actor, body in noted.values_list("seq", "actor", "body"):
        told = bodies.told(body)
        if told.codes.get(code):
            actors[seq] = actor
        for table, key, codes in told.remarks:
            if table == label and codes.get(code):
                found[key] = actor
    named = keys_named(actors, [label], most=1, viewer=viewer)
    return found | {
        key: actors[seq] for seq, keys in named.items() for key in keys[label]
    }


def standing(*, viewer: Actor) -> Standing:
    """Tell how large the ledger is and when it was last signed and proved."""
    viewer.require("ledger.verify")
    head = LedgerHead.objects.filter(pk=ledger.HEAD).first()
    entry = LedgerEntry.objects.order_by("-seq").first()
    checkpoint = Checkpoint.objects.order_by("-size").first()
    proof = Verification.objects.order_by("-id").first()
    return Standing(
        size=head.size if head else 0,
        last_entry_at=entry.at if entry else None,
        checkpoint_size=checkpoint.size if checkpoint else None,
        checkpoint_at=checkpoint.at if checkpoint else None,
        proved_at=proof.at if proof else None,
        proved_findings=proof.findings if proof else None,
        unproved=(head.size if head else 0) - (proof.size if proof else 0),
    )


def _condition(narrowed: EntryFilter) -> Q:
    wanted = narrowed.condition()
    if narrowed.record:
        wanted &= Q(seq__in=_naming(narrowed.record))
    if narrowed.operation:
        wanted &= Q(operation=narrowed.operation)
    if narrowed.act:
        wanted &= Q(act__startswith=narrowed.act)
    return wanted


def _naming(record: str) -> list[int]:
    """Give the numbers of the entries that name a record."""
    label, _, number = record.rpartition(":")
    if not label or not number.isdecimal():
        msg = message(
            "Write a record as table:number (registry.arm:12), not “%(record)s”.",
            record=record,
        )
        raise InvalidInput(msg, field="record")
    return [*entries_naming(label.lower(), int(number))]


def _row(entry: LedgerEntry) -> EntryRow:
    told = bodies.told(entry.body)
    return fill(
        EntryRow,
        entry,
        agency=told.agency,
        role=told.role,
        purpose=told.purpose,
        subjects=told.subjects,
        codes=told.codes,
    )
