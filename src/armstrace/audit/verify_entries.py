"""Prove the entries: bodies, numbers, blocks, head and checkpoints."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from armstrace.audit import blocks, bodies, canonical, layouts, ledger, merkle
from armstrace.audit.findings import Finding, Findings
from armstrace.audit.models import DigestBlock, LedgerEntry, LedgerHead, RecordLayout
from armstrace.vocabulary.ledger import FindingKind
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
AT_ONCE = 2000
BLOCKS_AT_ONCE = 50
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """A stored entry."""

    seq: int
    at: datetime | None
    act: str
    operation: str
    actor: str
    body: str
    leaf: bytes


@dataclass(frozen=True, slots=True)
class StoredBlock:
    """A stored block with the columns that are searched by."""

    seq: int
    part: int
    first_key: int
    last_key: int
    block: blocks.Block


def prove_entries(
    roots: dict[int, bytes], findings: Findings, progress: Progress
) -> tuple[int, bytes]:
    """Read the whole ledger once and check that it is whole and unchanged.

    Args:
        roots: Roots that were signed, by size; each is compared as it is passed.
        progress: Told after every few thousand entries.

    Returns:
        Number of entries and the root over them.
    """
    frontier: merkle.Frontier = ()
    held = _blocks_by_entry(findings)
    expected, agreed, leaves = 0, 0, 0
    _compare(roots, 0, frontier, (agreed, findings))
    for row in _rows():
        if row.seq != expected:
            findings.add(_gap(expected, row.seq))
        subjects = _prove_row(row, findings)
        _prove_blocks(row.seq, subjects, held(row.seq), findings)
        leaf = merkle.leaf_hash(canonical.utf8(row.body))
        frontier = merkle.append(frontier, leaves, leaf)
        expected, leaves = row.seq + 1, leaves + 1
        agreed = _compare(roots, expected, frontier, (agreed, findings))
        if expected % AT_ONCE == 0:
            progress("entries", expected)
    held(None)
    _prove_layouts(findings)
    _prove_end(expected, frontier, roots, findings)
    return expected, merkle.root_of(frontier)


def _rows() -> Iterator[Row]:
    names = ("seq", "at", "act", "operation", "actor", "body", "leaf")
    found = LedgerEntry.objects.order_by("seq").values_list(*names)
    for seq, at, act, operation, actor, body, leaf in found.iterator(AT_ONCE):
        yield Row(seq, at, act, operation, actor, str(body), blocks.as_bytes(leaf))


def _prove_row(row: Row, findings: Findings) -> list[dict[str, object]]:
    """Compare a row with its leaf and its body; give the body's subjects."""
    body = bodies.members(row.body)
    stated = {
        "seq": row.seq,
        "act": row.act,
        "operation": row.operation,
        "actor": row.actor,
        "at": ledger.moment(row.at) if row.at else None,
    }
    is_leaf = merkle.leaf_hash(canonical.utf8(row.body)) == row.leaf
    if not is_leaf or any(body.get(name) != value for name, value in stated.items()):
        words = SAID.say("ENTRY_CHANGED", seq=row.seq, act=row.act)
        findings.add(Finding(FindingKind.ENTRY_CHANGED, words, row.seq))
    subjects = body.get("subjects")
    named = subjects if isinstance(subjects, list) else []
    return [each if isinstance(each, dict) else {} for each in named]


def _blocks_by_entry(
    findings: Findings,
) -> Callable[[int | None], list[StoredBlock]]:
    """Give a function that takes the blocks of one entry after another.

    Entries are asked for in rising order; blocks of entries that are skipped
    have no entry, and None drains the rest.
    """
    groups = itertools.groupby(_read_blocks(), key=lambda stored: stored.seq)
    waiting: list[tuple[int, list[StoredBlock]]] = []

    def advance() -> bool:
        for seq, group in groups:
            waiting.append((seq, list(group)))
            return True
        return False

    def take(seq: int | None) -> list[StoredBlock]:
        while waiting or advance():
            found, group = waiting[0]
            if seq is not None and found > seq:
                return []
            waiting.pop()
            if found == seq:
                return group
            words = SAID.say("NO_ENTRY_OF_DIGESTS", seq=found)
            findings.add(Finding(FindingKind.BLOCK_CHANGED, words, found))
        return []

    return take


def _read_blocks() -> Iterator[StoredBlock]:
    found = DigestBlock.objects.order_by("seq", "part")
    for row in found.iterator(BLOCKS_AT_ONCE):
        keys, states = blocks.unpack(row.keys), blocks.as_bytes(row.states)
        block = blocks.Block(row.label, row.kind, row.layout, keys, states)
        yield StoredBlock(row.seq, row.part, row.first_key, row.last_key, block)


def _prove_blocks(
    seq: int,
    subjects: list[dict[str, object]],
    stored: list[StoredBlock],
    findings: Findings,
) -> None:
    by_table: dict[int, list[StoredBlock]] = {}
    for each in stored:
        by_table.setdefault(each.part // ledger.PARTS_A_TABLE, []).append(each)
    for table, subject in enumerate(subjects):
        first = table * ledger.PARTS_A_TABLE
        if not _is_committed(subject, by_table.pop(table, []), first):
            words = SAID.say(
                "DIGESTS_CHANGED", table=str(subject.get("table")), seq=seq
            )
            findings.add(Finding(FindingKind.BLOCK_CHANGED, words, seq))
    if by_table:
        words = SAID.say("DIGESTS_UNNAMED", seq=seq)
        findings.add(Finding(FindingKind.BLOCK_CHANGED, words, seq))


def _is_committed(
    subject: dict[str, object], stored: list[StoredBlock], first: int
) -> bool:
    whole = [each.block for each in stored]
    columns = all(
        each.part == part
        and len(each.block.keys) > 0
        and each.first_key == int(each.block.keys[0])
        and each.last_key == int(each.block.keys[-1])
        for part, each in enumerate(stored, start=first)
    )
    named = all(
        (block.label, block.kind, block.layout)
        == (subject.get("table"), subject.get("kind"), subject.get("layout"))
        for block in whole
    )
    count = sum(len(block.keys) for block in whole)
    digest = blocks.commitment([block.digest for block in whole])
    right = count == subject.get("count") and digest == subject.get("blocks")
    return columns and named and right


def _compare(
    roots: dict[int, bytes],
    size: int,
    frontier: merkle.Frontier,
    state: tuple[int, Findings],
) -> int:
    """Compare with a signed root of this size; give the last size that agreed."""
    agreed, findings = state
    if size not in roots:
        return agreed
    if roots[size] == merkle.root_of(frontier):
        return size
    words = SAID.say("CHECKPOINT_UNFIT", size=size, first=agreed, last=size - 1)
    findings.add(Finding(FindingKind.CHECKPOINT_BROKEN, words, max(size - 1, 0)))
    return agreed


def _gap(expected: int, found: int) -> Finding:
    last = found - 1
    words = (
        message("Entry %(seq)s is missing.", seq=expected)
        if last == expected
        else SAID.say("ENTRIES_MISSING", first=expected, last=last)
    )
    return Finding(FindingKind.ENTRY_MISSING, words, expected)


def _prove_layouts(findings: Findings) -> None:
    for row in RecordLayout.objects.order_by("key"):
        if layouts.key_of(row.text) != row.key:
            words = SAID.say("COLUMNS_CHANGED", key=row.key[:12])
            findings.add(Finding(FindingKind.BLOCK_CHANGED, words))


def _prove_end(
    size: int, frontier: merkle.Frontier, roots: dict[int, bytes], findings: Findings
) -> None:
    head = LedgerHead.objects.filter(pk=ledger.HEAD).first()
    stated = (head.size, ledger.peaks(head.frontier)) if head else (0, ())
    if stated != (size, frontier):
        words = SAID.say("HEAD_DIFFERS", stated=stated[0], size=size)
        findings.add(Finding(FindingKind.HEAD_WRONG, words))
    for lost in sorted(signed for signed in roots if signed > size):
        words = SAID.say("ENTRIES_LOST", signed=lost, left=size)
        findings.add(Finding(FindingKind.CHECKPOINT_BROKEN, words, size))
