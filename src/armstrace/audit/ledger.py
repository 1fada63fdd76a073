"""Write acts into the ledger, in the transaction of the act itself.

    with ledger.entry("trace.opened", by=by, at=at) as entry:
        trace = Trace.objects.create(...)
        entry.about(trace, ground="DOMESTIC_HIT")

The block is one transaction and one entry. A block that ends without naming its
subject is an error, so a silent change cannot be written by accident. An action
that calls a lower one nests: each act is a leaf of its own, and all stand or
fall together.
"""

import re
import threading
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

import numpy as np
from django.db import models, transaction

from armstrace.audit import (
    append,
    blocks,
    canonical,
    keys,
    layouts,
    ledgered,
    merkle,
    states,
    unspoken,
)
from armstrace.audit.models import DigestBlock, Justification, LedgerEntry, RecordLayout
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ledger import BlockKind, Operation

ACT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
CODE = re.compile(r"[A-Z0-9_.-]{1,64}")
NAMES_ONLY = frozenset(
    {Operation.CONSULT, Operation.DISCLOSE, Operation.AUTH, Operation.REFUSE}
)
MAY_NAME_NOTHING = frozenset({Operation.CONSULT, Operation.AUTH, Operation.REFUSE})
HEAD = append.HEAD


class _Written(threading.local):
    """How many acts that change records this thread wrote."""

    changes = 0


WRITTEN = _Written()
PARTS_A_TABLE = 1_000_000
BLOCKS_AT_ONCE = 8

CodeValue = str | int | bool | date | None


class UnnamedSubject(Exception):
    """An act ended without saying which records it was about."""


class Entry:
    """An act being written down; its methods name what it was about."""

    def __init__(self, act: str, by: Actor, at: datetime, op: Operation) -> None:
        """Begin an entry; ``ledger.entry`` is how it is done."""
        self.act = act
        self.by = by
        self.at = at
        self.op = op
        self.codes: dict[str, CodeValue] = {}
        self.remarks: list[list[object]] = []
        self.subjects: dict[tuple[str, BlockKind], array[int]] = {}
        self.layouts: dict[str, layouts.Layout] = {}
        self.is_named = op in MAY_NAME_NOTHING
        self.reason = ""

    def about(self, record: models.Model, **codes: CodeValue) -> None:
        """Name a record that the act made or changed.

        Args:
            record: A saved business record; its state is read at the end.
            **codes: Codes, whole numbers, truths or dates that say more. Free
                text is refused: the ledger outlives the erasure of a person.

        Raises:
            ValueError: A value is free text, or this is no business record.
        """
        key = self._name(record, self._kind())
        if codes:
            checked = {name: _check(name, value) for name, value in codes.items()}
            label = ledgered.label_of(type(record))
            self.remarks.append([label, key, checked])

    def about_all(self, found: Iterable[models.Model]) -> None:
        """Name many records; they stream and only their keys are kept.

        Args:
            found: Saved business records, of one table or several. None at all
                is a statement too: the act changed nothing.
        """
        self.is_named = True
        kind = self._kind()
        for record in found:
            self._name(record, kind)

    def changed(self, record: models.Model) -> None:
        """Name a record that the act changed, where its operation names only."""
        self._name(record, BlockKind.STATE)

    def about_keys(self, model: type[models.Model], keys: Iterable[int]) -> None:
        """Name many records of one table by their primary keys."""
        self._keys(model, self._kind()).extend(keys)

    def beside(self, model: type[models.Model], keys: Iterable[int]) -> None:
        """Name records that the act is about and leaves as they are."""
        self._keys(model, BlockKind.SEEN).extend(keys)

    def restated(self, layout: layouts.Layout, keys: Iterable[int]) -> None:
        """Name records by the columns that their table has during a migration."""
        self.is_named = True
        self.layouts[layout.label] = layout
        subject = (layout.label, BlockKind.STATE)
        self.subjects.setdefault(subject, array("q")).extend(keys)

    def removed(self, found: Iterable[models.Model]) -> None:
        """Name records that the act takes away; call it before deleting."""
        for record in found:
            self._name(record, BlockKind.GONE)

    def note(self, **codes: CodeValue) -> None:
        """Add codes about the act as a whole.

        Raises:
            ValueError: A value is free text.
        """
        for name, value in codes.items():
            self.codes[name] = _check(name, value)

    def justify(self, reason: str) -> None:
        """Keep why a person looks: a keyed digest here, the words beside."""
        self.reason = reason
        if reason:
            self.codes["justification"] = keys.hidden(reason)

    def require_subject(self) -> None:
        """Refuse an act that named nothing.

        Raises:
            UnnamedSubject: Nothing was named, and the operation needs it.
        """
        if not self.is_named:
            msg = f"{self.act} ended without naming the records it was about"
            raise UnnamedSubject(msg)

    def _kind(self) -> BlockKind:
        return BlockKind.SEEN if self.op in NAMES_ONLY else BlockKind.STATE

    def _name(self, record: models.Model, kind: BlockKind) -> int:
        if record.pk is None:
            msg = f"{self.act} names a {type(record).__name__} that is not saved"
            raise ValueError(msg)
        self._keys(type(record), kind).append(record.pk)
        return int(record.pk)

    def _keys(self, model: type[models.Model], kind: BlockKind) -> "array[int]":
        if not ledgered.is_ledgered(model):
            msg = f"{model.__name__} is no business record (audit/records.py)"
            raise ValueError(msg)
        self.is_named = True
        return self.subjects.setdefault((ledgered.label_of(model), kind), array("q"))


@contextmanager
def entry(
    act: str, *, by: Actor, at: datetime, op: Operation = Operation.ALTER
) -> Iterator[Entry]:
    """Do an act in one transaction and write it into the ledger.

    Args:
        act: What was done, as ``word.verb`` (``trace.opened``).
        op: What kind of act it is; records named by a consultation, a
            disclosure or a sign-in count as seen, not as changed.

    Raises:
        UnnamedSubject: The block ended without naming a record.
        ValueError: The act is misnamed or the time has no zone.
    """
    if not ACT.fullmatch(act) or at.tzinfo is None:
        msg = f"an act is written word.verb, at a time with zone, not {act!r}, {at}"
        raise ValueError(msg)
    opened = Entry(act, by, at, op)
    with transaction.atomic():
        yield opened
        opened.require_subject()
        unspoken.refuse(opened.subjects, opened.reason, by, at)
        _write(opened)


def _write(act: Entry) -> None:
    """Append a leaf.

    The head's lock is the last one an act takes, and it lasts until commit:
    numbers have no gaps, and states are read after any act with a lower number.
    """
    WRITTEN.changes += act.op not in NAMES_ONLY
    size, packed = append.lock_head()
    named = sorted(subject for subject in act.subjects.items() if subject[1])
    kept = _Blocks(size)
    subjects = [
        _write_blocks(kept, table, subject, act.layouts)
        for table, subject in enumerate(named)
    ]
    kept.flush()
    body = canonical.text_of(_body(act, size, subjects))
    leaf = merkle.leaf_hash(canonical.utf8(body))
    append.move_head(size + 1, b"".join(merkle.append(peaks(packed), size, leaf)))
    if act.reason:
        append.insert(Justification, (size, act.reason))
    row = (size, act.at, act.act, act.op, act.by.name, body, leaf)
    append.insert(LedgerEntry, row)


def peaks(packed: object) -> merkle.Frontier:
    """Read the frontier that the head keeps."""
    whole, step = blocks.as_bytes(packed), merkle.HASH_BYTES
    return tuple(whole[i : i + step] for i in range(0, len(whole), step))


def _body(act: Entry, seq: int, subjects: list[dict[str, object]]) -> dict[str, object]:
    assumed = {"purpose_assumed": True} if act.by.is_purpose_assumed else {}
    return assumed | {
        "act": act.act,
        "actor": act.by.name,
        "agency": act.by.agency,
        "at": moment(act.at),
        "codes": act.codes,
        "operation": act.op.value,
        "purpose": act.by.purpose.value,
        "remarks": act.remarks,
        "role": act.by.role.value,
        "seq": seq,
        "subjects": subjects,
    }


def moment(at: datetime) -> str:
    """Write a time as entries do: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


class _Blocks:
    """The blocks of one entry, inserted some at a time."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self.rows: list[append.Values] = []

    def keep(self, block: blocks.Block, part: int) -> None:
        """Take a block."""
        row = (self.seq, part, block.label, block.kind, block.layout)
        reach = (int(block.keys[0]), int(block.keys[-1]))
        self.rows.append((*row, *reach, block.keys_to_store, block.states))
        if len(self.rows) >= BLOCKS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Insert what was taken."""
        append.insert(DigestBlock, *self.rows)
        self.rows = []


def _write_blocks(
    kept: _Blocks,
    table: int,
    subject: tuple[tuple[str, BlockKind], "array[int]"],
    given: Mapping[str, layouts.Layout],
) -> dict[str, object]:
    (label, kind), named = subject
    keys = np.unique(np.frombuffer(named, dtype=np.int64))
    layout = None
    if kind is BlockKind.STATE:
        layout = _kept_layout(given.get(label) or _layout_now(label))
    digests = []
    for part, run in enumerate(blocks.in_blocks(keys)):
        block = _block(label, kind, layout, run)
        digests.append(block.digest)
        kept.keep(block, table * PARTS_A_TABLE + part)
    return {
        "blocks": blocks.commitment(digests),
        "count": len(keys),
        "kind": kind.value,
        "layout": layout.key if layout else "",
        "table": label,
    }


def _block(
    label: str, kind: BlockKind, layout: layouts.Layout | None, keys: blocks.Keys
) -> blocks.Block:
    if layout is None:
        return blocks.Block(label, kind.value, "", keys)
    found, read = states.states_of(layout, keys)
    if len(found) != len(keys):
        absent = np.setdiff1d(keys, found)[0]
        msg = f"the act names {label} {absent}, which is not in the database"
        raise UnnamedSubject(msg)
    return blocks.Block(label, kind.value, layout.key, keys, read)


def _layout_now(label: str) -> layouts.Layout:
    model = ledgered.model_of(label)
    if model is None:
        msg = f"there is no model {label}"
        raise ValueError(msg)
    return layouts.layout_of(model)


def _kept_layout(layout: layouts.Layout) -> layouts.Layout:
    if not RecordLayout.objects.filter(pk=layout.key).exists():
        row = RecordLayout(key=layout.key, text=layout.text)
        # Two acts may meet a new layout at once; both rows would say the same.
        RecordLayout.objects.bulk_create([row], ignore_conflicts=True)
    return layout


def _check(name: str, value: CodeValue) -> str | int | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if not CODE.fullmatch(value):
        msg = f"{name} must be a code ([A-Z0-9_.-]), not free text"
        raise ValueError(msg)
    return str(value)
