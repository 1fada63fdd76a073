"""Decide, before anything is written, what is to become of each row."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from armstrace.accounts import queries as accounts
from armstrace.intake import item_numbers, population, report_columns, stating
from armstrace.intake.fields import IntakeKind, identity_field
from armstrace.intake.item_numbers import Item, Taken
from armstrace.intake.mapping import Mapped, Mapping
from armstrace.intake.outcomes import Outcome, Reason, Trouble
from armstrace.intake.repeats import Repeats, content_of, duplicate, short
from armstrace.intake.stating import Setting, Stated
from armstrace.intake.tables.headings import is_note, is_totals
from armstrace.intake.tables.rows import Row
from armstrace.licensing.inputs import HolderInput
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.content import CONTENT_KEY
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import Message, quote
from armstrace.vocabulary.recoveries import Population
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
CHUNK_ROWS = 1000
LEAST_SERIAL = 4
MOST_NAMED = 5
HARDLY_ANYTHING = 2


type Remark = Callable[[Message], None]
"""Is told of what is to be said of a file as a whole."""


def remark_nothing(said: Message) -> None:
    """Keep it to oneself, where rows are only looked at."""
    del said


@dataclass(slots=True)
class PlannedRow:
    """A row and what is to become of it."""

    number: int
    # Its identity at its source; empty for a row that says nothing.
    identity: str = ""
    # None while the records have the last word.
    outcome: Outcome | None = None
    stated: Stated | None = None
    # The row as canonical fields.
    mapped: Mapped | None = None
    troubles: list[Trouble] = field(default_factory=list)
    # What it is counted as; None where it is no recovered item.
    population: Population | None = None
    # Which item of its number it is; None where it has no number.
    item: Item | None = None

    @property
    def own_identity(self) -> str:
        """Its identity as the file alone gives it."""
        return self.item.identity if self.item else self.identity


@dataclass(slots=True)
class Seen(Repeats):
    """What has come by in a load: numbers, items that share one, and agencies."""

    without_number: dict[int, int] = field(default_factory=dict)
    kinds: dict[int, ItemKind] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    more: dict[int, int] = field(default_factory=dict)
    taken: Taken = field(default_factory=Taken)
    agencies: set[str] = field(default_factory=set)
    # Numbers as they would be typed plainly; how many were said to be alike.
    typed: Repeats = field(default_factory=Repeats)
    likes: int = 0
    # Whether the source had no record before; None where nobody looked.
    is_first: bool | None = None
    # Whether it was said that rows are alike, and that an agency is not here.
    is_alike: bool = False
    is_agency_lacking: bool = False

    def ordinal(self, key: bytes) -> int:
        """Count how often a content without a number has come by."""
        key_of = int.from_bytes(key[:8])
        count = self.without_number.get(key_of, 0) + 1
        self.without_number[key_of] = count
        return count

    def owner(self, number: str, kind: ItemKind, *, is_loss: bool) -> ItemKind:
        """Give the kind of item that bore a number first."""
        key = short(_seen_as(number, is_loss=is_loss))
        if kind is ItemKind.ARM or key in self.kinds:
            return self.kinds.get(key, ItemKind.ARM)
        if key in self.rows:
            return ItemKind.ARM
        return self.kinds.setdefault(key, kind)

    def item(
        self, item: Item, serial: str, content: bytes, row: int
    ) -> tuple[Item, int, bool]:
        """Tell which item of its number a row is about.

        Args:
            item: The first item of its kind and number.
            content: Digest of what the row says.

        Returns:
            The item, and the earlier row that told of it, 0 if none, with whether
            that said the same.
        """
        first = _seen_as(item.identity, is_loss=item.is_loss)
        said = short(first, content.hex())
        marked = short(first, "serial", serial) if serial else 0
        if short(first) not in self.rows:
            self.earlier(first, content, row)
            if marked:
                self.more[marked] = row
            return item, 0, False
        before, is_same = self.earlier(first, content, row)
        if is_same:
            return item, before, True
        before = self.more.get(said, 0)
        if before:
            return item, before, True
        before = self.more.get(marked, 0) if marked else 0
        if before:
            return item, before, False
        nth = self.counts[short(first)] = self.counts.get(short(first), 1) + 1
        self.more[said] = row
        if marked:
            self.more[marked] = row
        return replace(item, nth=nth), 0, False


def _seen_as(name: str, *, is_loss: bool) -> str:
    """Keep the numbers of reports apart from those of what was recovered."""
    return f"loss\x1f{name}" if is_loss else name


MappedRow = Mapped | Row


def map_rows(rows: Iterable[Row], mapping: Mapping) -> Iterator[MappedRow]:
    """Map the rows of a table; those that are no records pass as they are."""
    added, other = report_columns.places(mapping.headings), 0
    for row in rows:
        if row.damage:
            yield mapping.map(row)
        elif mapping.is_headings(row):
            other = 0
            yield row
        elif _is_no_record(own := _without(row, added), mapping):
            yield own
        elif mapping.begins_another_table(row):
            other = row.number
            yield row
        else:
            mapped = mapping.map(row)
            if other:
                mapped.troubles = [_of_another_table(other)]
            yield mapped


def _without(row: Row, added: frozenset[int]) -> Row:
    """Give a row without what a report has added to it."""
    if not added:
        return row
    cells = ("" if at in added else cell for at, cell in enumerate(row.cells))
    return replace(row, cells=tuple(cells))


def _is_no_record(row: Row, mapping: Mapping) -> bool:
    return row.is_blank or is_totals(row) or is_note(row, len(mapping.headings))


def _of_another_table(headings: int) -> Trouble:
    sentence = SAID.say("ANOTHER_TABLE", row=headings)
    return Trouble(Reason.OTHER_TABLE, "", sentence)


def _of_no_record(row: Row) -> Outcome:
    if row.is_blank:
        return Outcome.BLANK
    if is_totals(row):
        return Outcome.TOTALS
    one = sum(bool(cell.strip()) for cell in row.cells) == 1
    return Outcome.NOTE if one else Outcome.HEADINGS


def rows_of_dicts(rows: Iterable[dict[str, str]]) -> Iterator[MappedRow]:
    """Take rows that are canonical fields already, numbered from 1."""
    for number, values in enumerate(rows, 1):
        yield Mapped(number, dict(values), [], ())


def plan(
    row: MappedRow, setting: Setting, seen: Seen, told: Remark = remark_nothing
) -> PlannedRow:
    """Plan what is to become of one row.

    Args:
        seen: The identities that have come by; this one is added.
    """
    if isinstance(row, Row):
        return PlannedRow(row.number, outcome=_of_no_record(row))
    planned = PlannedRow(row.number, mapped=row)
    planned.population = population.of_row(row.values, setting.kind)
    earlier, is_same = _identify(planned, row, setting.kind, seen, told)
    if earlier and is_same:
        planned.outcome = Outcome.REPEATED
        return planned
    if row.troubles:
        planned.troubles = row.troubles
    elif earlier:
        planned.troubles = [duplicate(planned.identity, earlier, setting.kind)]
    else:
        planned.stated, planned.troubles = stating.state(
            row.values, planned.identity, row.number, setting
        )
        _remark_unsaid(planned.stated, row.values, told)
    if planned.troubles:
        planned.troubles = _perhaps_a_note(planned.troubles, row.cells)
        planned.outcome = Outcome.HELD
    return planned


def _remark_unsaid(stated: Stated | None, values: dict[str, str], told: Remark) -> None:
    """Say once that a kind is assumed, or that a name has no place and is not kept."""
    if isinstance(stated, HolderInput) and not values.get("kind"):
        told(SAID.say("KIND_OF_HOLDER"))
    if isinstance(stated, HolderInput) and stated.has_unnumbered_licence:
        told(SAID.say("LICENCE_UNNUMBERED"))
    if not isinstance(stated, RecoveryInput) or stated.item_kind is ItemKind.ARM:
        return
    if stated.taken_from:
        sentence = SAID.say("NO_PERSON_KEPT", field=words_of("taken_from"))
        told(sentence)


def _perhaps_a_note(troubles: list[Trouble], cells: Iterable[str]) -> list[Trouble]:
    """Say of a row in which hardly anything stands that it may be no record."""
    filled = sum(bool(cell.strip()) for cell in cells)
    is_lacking = all(each.reason is Reason.MISSING_FIELD for each in troubles)
    if not 0 < filled <= HARDLY_ANYTHING or not is_lacking:
        return troubles
    sentence = SAID.say(
        "NEARLY_EMPTY", fields=[words_of(each.field) for each in troubles]
    )
    return [Trouble(Reason.MISSING_FIELD, troubles[0].field, sentence)]


def remember(
    row: MappedRow, setting: Setting, seen: Seen, told: Remark = remark_nothing
) -> PlannedRow:
    """Remember a row whose fate is written already, as ``plan`` would."""
    planned = PlannedRow(row.number)
    if not isinstance(row, Row):
        _identify(planned, row, setting.kind, seen, told)
    return planned


def name_items(planned: Iterable[PlannedRow], source: str, seen: Seen) -> None:
    """Name planned items that share a number by what is on record of them."""
    open_rows = [row for row in planned if row.item and row.stated and not row.outcome]
    stated: Any = [(row.item, row.stated) for row in open_rows]
    named = item_numbers.settle(stated, source=source, taken=seen.taken)
    for row, each in zip(open_rows, named, strict=True):
        row.stated, row.identity = each, each.number


def remark_agencies(
    planned: Iterable[PlannedRow],
    seen: Seen,
    told: Remark,
    viewer: Actor,
) -> None:
    """Say once of which agencies rows are that have nobody here to see them."""
    first: dict[str, int] = {}
    for row in planned:
        agency = row.mapped.values.get("agency") if row.mapped else ""
        if agency and row.stated is not None:
            first.setdefault(agency, row.number)
    fresh = first.keys() - seen.agencies
    if not fresh or seen.is_agency_lacking:
        return
    seen.agencies |= fresh
    known = accounts.agency_names(fresh, viewer=viewer)
    lacking = [agency for agency in first if agency in fresh and agency not in known]
    if lacking:
        seen.is_agency_lacking = True
        sentence = SAID.say(
            "NO_AGENCY",
            row=first[lacking[0]],
            agencies=[quote(agency) for agency in lacking[:MOST_NAMED]],
        )
        told(sentence)


def _identify(
    planned: PlannedRow,
    row: Mapped,
    kind: IntakeKind,
    seen: Seen,
    told: Remark,
) -> tuple[int, bool]:
    """Say what a row tells of; give the earlier row that told of it, 0 if none."""
    content = content_of(row.values)
    number = row.values.get(identity_field(kind), "")
    if not number or kind is not IntakeKind.RECOVERIES:
        planned.identity = number or _number_by_content(row, kind, content, seen, told)
        return seen.earlier(planned.identity, content, row.number)
    item_kind = population.item_kind_of(row.values)
    is_loss = bool(row.values.get("loss_kind"))
    owner = seen.owner(number, item_kind, is_loss=is_loss)
    item = Item(number, item_kind, owner=owner, is_loss=is_loss)
    serial = _telling_serial(row.values["serial"]) if "serial" in row.values else ""
    planned.item, earlier, is_same = seen.item(item, serial, content, row.number)
    planned.identity = planned.item.identity
    if planned.item.nth > 1 and not earlier:
        told(SAID.say("SHARED_NUMBER"))
    return earlier, is_same


def _telling_serial(text: str) -> str:
    """Give what tells one item from another by its serial; empty if nothing does."""
    bare = "".join(filter(str.isalnum, text)).upper()
    is_long = len(bare) >= LEAST_SERIAL
    return bare if is_long and any(map(str.isdigit, bare)) else ""


def _number_by_content(
    row: Mapped,
    kind: IntakeKind,
    content: bytes,
    seen: Seen,
    told: Remark,
) -> str:
    if row.identity:
        return row.identity
    told(SAID.say("BY_CONTENT", field=identity_field(kind)))
    # Two items may be alike, but one arm has an event once.
    ordinal = 1 if kind is IntakeKind.EVENTS else seen.ordinal(content)
    if ordinal > 1 and not seen.is_alike:
        seen.is_alike = True
        told(SAID.say("ALIKE", row=row.number))
    return f"{CONTENT_KEY}{content.hex()}" + (f" {ordinal}" if ordinal > 1 else "")
