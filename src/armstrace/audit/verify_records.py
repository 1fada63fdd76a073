"""Compare every live business record with the last state the ledger holds.

Tables are walked in windows of keys, so memory stays flat: in each window the
last state of every key is found with numpy and set against the live rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from armstrace.audit import blocks, layouts, ledgered, states
from armstrace.audit.blocks import Keys
from armstrace.audit.findings import Finding, Taker
from armstrace.audit.models import DigestBlock, LedgerEntry, RecordLayout
from armstrace.audit.verify_entries import Progress
from armstrace.vocabulary.ledger import BlockKind, FindingKind
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
WINDOW = 50_000
ROWS_AT_ONCE = 5000
BLOCKS_AT_ONCE = 50
Digests = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Held:
    """Blocks of one table, or the last states that they hold, key by key."""

    keys: Keys
    seqs: Keys
    # (keys, 4) the state of each, zeros where it is gone.
    digests: Digests
    # Number of each state's layout; -1 where it is gone.
    layouts: Keys

    def part(self, wanted: npt.NDArray[np.bool_]) -> "Held":
        """Keep some of the keys."""
        return Held(
            self.keys[wanted],
            self.seqs[wanted],
            self.digests[wanted],
            self.layouts[wanted],
        )


def prove_records(findings: Taker, progress: Progress) -> int:
    """Compare all business records; give how many live ones were compared.

    Args:
        findings: Takes each record that was edited, deleted or inserted behind
            the application.
    """
    count = 0
    for model in ledgered.business_models():
        layout = layouts.layout_of(model)
        for compared in prove_table(layout, findings):
            count += compared
            progress(layout.label, count)
    return count


def prove_table(layout: layouts.Layout, findings: Taker) -> Iterator[int]:
    """Compare the rows of one table; yield how many each window held.

    Args:
        findings: Takes each record that was altered.
    """
    table = _Table(layout, findings)
    if _is_readable(layout):
        yield from table.windows()
    else:
        table.find_unreadable()


class _Table:
    """The walk over one table."""

    def __init__(self, now: layouts.Layout, findings: Taker) -> None:
        self.now = now
        self.findings = findings
        self.numbers: dict[str, int] = {now.key: 0}
        self.known: dict[int, layouts.Layout | None] = {0: now}
        self.has_gone = False

    def find_unreadable(self) -> None:
        """Find fault with a table that is not there although states are held."""
        label = self.now.label
        if DigestBlock.objects.filter(label=label).exists():
            words = SAID.say("TABLE_LACKS_COLUMNS", table=label)
            self.findings.add(Finding(FindingKind.LAYOUT_GONE, words, table=label))

    def windows(self) -> Iterator[int]:
        """Compare window after window; yield the live records in each."""
        feed = self._feed()
        after: int | None = None
        while True:
            until = states.nth_key(self.now, after, WINDOW - 1)
            yield self._window(feed, after, until)
            if until is None:
                return
            after = until

    def _feed(self) -> "_Feed":
        found = DigestBlock.objects.filter(
            label=self.now.label, kind__in=[BlockKind.STATE, BlockKind.GONE]
        ).order_by("first_key", "id")
        rows = (self._held(row) for row in found.iterator(BLOCKS_AT_ONCE))
        return _Feed(held for held in rows if len(held.keys))

    def _held(self, row: DigestBlock) -> Held:
        keys = blocks.unpack(row.keys)
        size = len(keys)
        is_state = row.kind == BlockKind.STATE
        packed = (
            blocks.as_bytes(row.states)
            if is_state
            else bytes(blocks.STATE_BYTES * size)
        )
        digests = _digests(packed)
        number = self._number(row.layout) if is_state else -1
        usable = min(size, len(digests))
        return Held(
            keys[:usable],
            np.full(usable, row.seq, dtype=np.int64),
            digests[:usable],
            np.full(usable, number, dtype=np.int64),
        )

    def _number(self, key: str) -> int:
        """Number a layout; read it where it is an earlier one."""
        if key not in self.numbers:
            number = len(self.numbers)
            self.numbers[key] = number
            self.known[number] = self._earlier(key)
        return self.numbers[key]

    def _earlier(self, key: str) -> layouts.Layout | None:
        """Read an earlier layout; None where its columns are gone."""
        row = RecordLayout.objects.filter(pk=key).first()
        if row is None or layouts.key_of(row.text) != key:
            return None
        layout = layouts.read_layout(row.text)
        return layout if _is_readable(layout) else None

    def _find_gone(self) -> None:
        """Find fault, once, with last states that can be compared no more."""
        if self.has_gone:
            return
        self.has_gone = True
        words = SAID.say("COLUMNS_GONE", table=self.now.label)
        finding = Finding(FindingKind.LAYOUT_GONE, words, table=self.now.label)
        self.findings.add(finding)

    def _window(self, feed: "_Feed", after: int | None, until: int | None) -> int:
        last = _last_states(feed.until(until))
        present = last.part(last.layouts >= 0)
        live: list[Keys] = []
        for keys, packed in _live(self.now, after, until):
            live.append(keys)
            digests = _digests(packed)
            self._compare(present.part(present.layouts == 0), keys, digests)
        found = np.concatenate(live) if live else np.empty(0, dtype=np.int64)
        self._absent_and_added(last, present, found)
        self._compare_earlier(present, found)
        return len(found)

    def _compare(self, held: Held, keys: Keys, digests: Digests) -> None:
        """Find the records among some live ones that differ from their state."""
        shared = held.part(np.isin(held.keys, keys, assume_unique=True))
        places = np.searchsorted(keys, shared.keys)
        differs = (digests[places] != shared.digests).any(axis=1)
        for key, seq in zip(
            shared.keys[differs].tolist(), shared.seqs[differs].tolist(), strict=True
        ):
            self._find(FindingKind.RECORD_EDITED, key, seq)

    def _compare_earlier(self, present: Held, live: Keys) -> None:
        """Compare the rows whose last state was taken over earlier columns."""
        for number in sorted(set(present.layouts.tolist()) - {0}):
            layout = self.known[number]
            held = present.part(present.layouts == number)
            held = held.part(np.isin(held.keys, live))
            if layout is None:
                if len(held.keys):
                    self._find_gone()
                continue
            for run in blocks.in_blocks(held.keys):
                keys, packed = states.states_of(layout, run)
                self._compare(held, keys, _digests(packed))

    def _absent_and_added(self, last: Held, present: Held, live: Keys) -> None:
        absent = present.part(~np.isin(present.keys, live))
        for key, seq in zip(absent.keys.tolist(), absent.seqs.tolist(), strict=True):
            self._find(FindingKind.RECORD_DELETED, key, seq)
        removed = last.part(last.layouts < 0)
        seqs = dict(zip(removed.keys.tolist(), removed.seqs.tolist(), strict=True))
        for key in live[~np.isin(live, present.keys)].tolist():
            self._find(FindingKind.RECORD_INSERTED, key, seqs.get(key))

    def _find(self, kind: FindingKind, key: int, seq: int | None) -> None:
        told = {"record": f"{self.now.label} {key}", "kind": kind}
        words = (
            message("%(record)s: %(kind)s behind the application.", **told)
            if seq is None
            else SAID.say("ALTERED_BEHIND", entry=_entry(seq), **told)
        )
        self.findings.add(Finding(kind, words, seq, self.now.label, key))


class _Feed:
    """Blocks in the order of their first key, cut at each window's end."""

    def __init__(self, source: Iterator[Held]) -> None:
        self.source = source
        self.waiting: list[Held] = []
        self.next: Held | None = next(source, None)

    def until(self, end: int | None) -> list[Held]:
        """Give all that lies up to a key; keep what lies beyond."""
        while self.next is not None and (end is None or self.next.keys[0] <= end):
            self.waiting.append(self.next)
            self.next = next(self.source, None)
        if end is None:
            given, self.waiting = self.waiting, []
            return given
        given = [held.part(held.keys <= end) for held in self.waiting]
        beyond = [held.part(held.keys > end) for held in self.waiting]
        self.waiting = [held for held in beyond if len(held.keys)]
        return [held for held in given if len(held.keys)]


def _last_states(found: list[Held]) -> Held:
    """Give for each key the state of the highest entry, keys rising."""
    empty = np.empty(0, dtype=np.int64)
    if not found:
        return Held(empty, empty, np.empty((0, 4), dtype=np.uint64), empty)
    whole = Held(
        np.concatenate([held.keys for held in found]),
        np.concatenate([held.seqs for held in found]),
        np.concatenate([held.digests for held in found]),
        np.concatenate([held.layouts for held in found]),
    )
    order = np.lexsort((whole.seqs, whole.keys))
    keys = whole.keys[order]
    is_last = np.append(keys[1:] != keys[:-1], [True])
    places = order[is_last]
    return Held(
        whole.keys[places],
        whole.seqs[places],
        whole.digests[places],
        whole.layouts[places],
    )


def _digests(packed: bytes) -> Digests:
    """Read packed states; a cut-off rest is not one."""
    whole = len(packed) // blocks.STATE_BYTES * blocks.STATE_BYTES
    return np.frombuffer(packed[:whole], dtype=np.uint64).reshape(-1, 4)


def _live(
    layout: layouts.Layout, after: int | None, until: int | None
) -> Iterator[tuple[Keys, bytes]]:
    while True:
        keys, packed = states.states_between(layout, after, until, ROWS_AT_ONCE)
        if len(keys):
            yield keys, packed
        if len(keys) < ROWS_AT_ONCE:
            return
        after = int(keys[-1])


def _is_readable(layout: layouts.Layout) -> bool:
    wanted = {layout.key_column, *(name for name, _ in layout.columns)}
    return wanted <= states.columns_of(layout.table)


def _entry(seq: int) -> str:
    found = LedgerEntry.objects.filter(pk=seq).values_list("act", "at").first()
    if found is None:
        return str(seq)
    return f"{seq} ({found[0]}, {found[1]:%Y-%m-%d %H:%M})"
