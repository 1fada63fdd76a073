"""Decide, before anything is written, what is to become of each row."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from armstrace.intake import population, stating
from armstrace.intake.fields import IntakeKind, identity_field
from armstrace.intake.mapping import Mapped, Mapping
from armstrace.intake.outcomes import Outcome, Reason, Trouble
from armstrace.intake.stating import Setting, Stated
from armstrace.intake.tables.rows import Row
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.recoveries import Population

CHUNK_ROWS = 1000
CONTENT_KEY = "key "
SHORT_BITS = 64


@dataclass(slots=True)
class PlannedRow:
    """A row and what is to become of it.

    Args:
        number: Its number in the file.
        identity: Its identity at its source; empty for a row that says nothing.
        outcome: None while the records have the last word.
        stated: What is to be recorded.
        mapped: The row as canonical fields.
        troubles: Why it is held.
        population: What it is counted as; None where it is no recovered item.
    """

    number: int
    identity: str = ""
    outcome: Outcome | None = None
    stated: Stated | None = None
    mapped: Mapped | None = None
    troubles: list[Trouble] = field(default_factory=list)
    population: Population | None = None


@dataclass(slots=True)
class Seen:
    """The identities that have come by, so that doubles are noticed.

    A load may bring millions: of each identity two whole numbers are kept, its
    hash, and its row with a part of the content's.
    """

    rows: dict[int, int] = field(default_factory=dict)
    without_number: dict[int, int] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)

    def ordinal(self, key: bytes) -> int:
        """Count how often a content without a number has come by."""
        short = int.from_bytes(key[:8])
        count = self.without_number.get(short, 0) + 1
        self.without_number[short] = count
        return count

    def of_kind(self, number: str, item_kind: str) -> str:
        """Give the identity of an item: its number, and its kind after the first.

        A number may stand once on an arm and once on its cartridges.
        """
        if not item_kind:
            return number
        key = int.from_bytes(hashlib.blake2b(number.encode(), digest_size=8).digest())
        first = self.kinds.setdefault(key, item_kind)
        return number if first == item_kind else f"{number} {item_kind}"

    def earlier(self, identity: str, content: bytes, row: int) -> tuple[int, bool]:
        """Remember an identity; give the earlier row that had it, 0 if none.

        Returns:
            The earlier row's number, and whether it said the same.
        """
        key = int.from_bytes(hashlib.blake2b(identity.encode(), digest_size=8).digest())
        short = int.from_bytes(content[:8])
        before, content_before = divmod(
            self.rows.setdefault(key, row << SHORT_BITS | short), 1 << SHORT_BITS
        )
        if before == row:
            return 0, False
        return before, content_before == short


MappedRow = Mapped | Row


def map_rows(rows: Iterable[Row], mapping: Mapping) -> Iterator[MappedRow]:
    """Map the rows of a table; blank rows and headings pass as they are."""
    for row in rows:
        if not row.damage and (row.is_blank or mapping.is_headings(row)):
            yield row
        else:
            yield mapping.map(row)


def rows_of_dicts(rows: Iterable[dict[str, str]]) -> Iterator[MappedRow]:
    """Take rows that are canonical fields already, numbered from 1."""
    for number, values in enumerate(rows, 1):
        yield Mapped(number, dict(values), [], ())


def plan(
    row: MappedRow, setting: Setting, seen: Seen, told: Callable[[Message], None]
) -> PlannedRow:
    """Plan what is to become of one row.

    Args:
        row: The row, mapped; or as it stood where it is blank or headings.
        setting: What holds for all rows.
        seen: The identities that have come by; this one is added.
        told: Takes a remark on the file as a whole.
    """
    if isinstance(row, Row):
        outcome = Outcome.BLANK if row.is_blank else Outcome.HEADINGS
        return PlannedRow(row.number, outcome=outcome)
    content = _content(row.values)
    identity = _identity(row, setting.kind, content, seen, told)
    planned = PlannedRow(row.number, identity, mapped=row)
    planned.population = population.of_row(row.values, setting.kind)
    earlier, is_same = seen.earlier(identity, content, row.number)
    if earlier and is_same:
        planned.outcome = Outcome.REPEATED
        return planned
    if row.troubles:
        planned.troubles = row.troubles
    elif earlier:
        planned.troubles = [_duplicate(identity, earlier, setting.kind)]
    else:
        planned.stated, planned.troubles = stating.state(
            row.values, identity, row.number, setting
        )
    if planned.troubles:
        planned.outcome = Outcome.HELD
    return planned


def remember(
    row: MappedRow, setting: Setting, seen: Seen, told: Callable[[Message], None]
) -> None:
    """Remember a row whose fate is written already, as ``plan`` would."""
    if isinstance(row, Row):
        return
    content = _content(row.values)
    identity = _identity(row, setting.kind, content, seen, told)
    seen.earlier(identity, content, row.number)


def _content(values: dict[str, str]) -> bytes:
    text = "\x1f".join(values.values())
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=16
    ).digest()


def _identity(
    row: Mapped,
    kind: IntakeKind,
    content: bytes,
    seen: Seen,
    told: Callable[[Message], None],
) -> str:
    number = row.values.get(identity_field(kind), "")
    if number:
        return seen.of_kind(number, row.values.get("item_kind", ""))
    if row.identity:
        return row.identity
    told(
        message(
            "Rows without %(field)s are recognised by their content; a "
            "corrected row counts as new unless it comes back in the "
            "report.",
            field=identity_field(kind),
        )
    )
    ordinal = seen.ordinal(content)
    return f"{CONTENT_KEY}{content.hex()}" + (f" {ordinal}" if ordinal > 1 else "")


def _duplicate(identity: str, earlier: int, kind: IntakeKind) -> Trouble:
    sentence = message(
        "%(identity)s is also the number of row %(earlier)s, which says "
        "something else; correct one of the numbers or remove one of the "
        "rows.",
        identity=identity,
        earlier=earlier,
    )
    return Trouble(Reason.DUPLICATE_IDENTIFIER, identity_field(kind), sentence)
