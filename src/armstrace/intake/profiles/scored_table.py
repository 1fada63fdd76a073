"""The columns of a file, scored against the fields of one kind and paired with them."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from armstrace.intake.dates import DateOrder, is_buddhist, with_whole_year
from armstrace.intake.fields import FIELDS, Field, IntakeKind, Shape
from armstrace.intake.profiles import birth_dates, pairing, scores, series, spoken_kinds
from armstrace.intake.profiles.column_values import Column, read_day
from armstrace.intake.profiles.scores import LEAST_LIKE, VAGUE, Score
from armstrace.intake.tables.heading_words import meanings
from armstrace.vocabulary.messages import Message, message

LEAST = 0.5
PERHAPS = 0.35
_NEEDED = 0.3
_MISSING = 0.5
_SAID_IN_TITLE = 0.5
_SPOKEN, _MOST_SPOKEN = 0.4, 3
_NUMBER_OF_SERIES = 0.95
_OF_ANY_KIND = frozenset(
    {"place", "region", "country", "agency", "notes", "latitude", "longitude"}
)
_UNDECIDED = "UNDECIDED"
_NOWHERE_SAID = message("neither a column nor a heading says otherwise")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}.*|\d\d)")
# How a kilogram begins, in the scripts that are read.
_KILOGRAMS = ("k", "к", "ك")
_MOSTLY_UNITS = 0.5
# What a column gives also, where none gives that: who holds a licence is known by it.
GIVES_TOO = {"licence_number": "holder_number"}
_SAID_ONCE = {
    IntakeKind.RECOVERIES: (
        "recovery_kind",
        {"TAKE": "SEIZED", "FIND": "FOUND", "SURRENDER": "SURRENDERED"},
    ),
    IntakeKind.LOSSES: ("loss_kind", {"STEAL": "STOLEN", "LOSE": "LOST"}),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """What holds for every row, and what says so."""

    value: str
    reason: Message


@dataclass(frozen=True)
class ScoredTable:
    """A file's columns, scored against the fields of one kind."""

    kind: IntakeKind
    columns: tuple[Column, ...]
    # What stands above the headings.
    title: str
    # The file's name, which tells its kind and nothing of its rows.
    name: str
    # Whether a person says what the rows are.
    is_kind_told: bool

    @cached_property
    def scores(self) -> list[list[Score]]:
        """The score of each column for each field."""
        return [
            [self._score(at, column, each) for each in FIELDS[self.kind]]
            for at, column in enumerate(self.columns)
        ]

    def _score(self, at: int, column: Column, wanted: Field) -> Score:
        found = scores.score(column, wanted, self.kind)
        if wanted.name == "serial" and series.is_number_of_series(column, self.columns):
            return replace(found, total=_NUMBER_OF_SERIES)
        if wanted.name == "weight_kg" and self.is_weighed_otherwise:
            return replace(found, total=0.0)
        if self._names_ports(column, wanted, found):
            return replace(found, total=0.0)
        is_of_others = wanted.shape is Shape.DATE and found.by_name < VAGUE
        if is_of_others and at in self.of_other_times:
            return Score(0.0, found.by_name, found.likeness)
        return found

    def _names_ports(self, column: Column, wanted: Field, found: Score) -> bool:
        """Tell an “origin” or “destination” of goods that is never a country."""
        is_one = self.kind is IntakeKind.DECLARATIONS and wanted.shape is Shape.COUNTRY
        is_said = "COUNTRY" in meanings(column.heading).found
        return is_one and not is_said and found.likeness == 0

    @cached_property
    def is_weighed_otherwise(self) -> bool:
        """Whether a column beside the weight names a unit that is no kilogram."""
        return any(
            "WEIGHT" in meanings(column.heading).found
            and column.share(str.isalpha) > _MOSTLY_UNITS
            and any(
                cell.isalpha() and not cell.casefold().startswith(_KILOGRAMS)
                for cell in column.counts
            )
            for column in self.columns
        )

    @cached_property
    def of_other_times(self) -> frozenset[int]:
        """Columns whose days are births and the like, as their spread shows."""
        by_spread = self.kind is not IntakeKind.REGISTRY
        return birth_dates.found_among(
            self.columns, self.date_order, by_spread=by_spread
        )

    @cached_property
    def date_order(self) -> DateOrder:
        """Which comes first in its days, where a number above 12 tells."""
        days_first = months_first = False
        for column in self.columns:
            if column.days < LEAST_LIKE:
                continue
            for text in column.counts:
                found = _SLASHED.fullmatch(text)
                days_first |= found is not None and int(found[1]) > 12
                months_first |= found is not None and int(found[2]) > 12
        if days_first == months_first:
            return DateOrder.NOT_STATED
        return DateOrder.DAY_FIRST if days_first else DateOrder.MONTH_FIRST

    @cached_property
    def pairs(self) -> dict[int, int]:
        """Column to field, as they fit together best."""
        needed = [_NEEDED * each.is_required for each in FIELDS[self.kind]]
        worth = [
            [
                each.total + more if each.total >= LEAST else 0.0
                for each, more in zip(row, needed, strict=True)
            ]
            for row in self.scores
        ]
        return pairing.best_pairs(worth)

    @cached_property
    def fields(self) -> dict[str, int]:
        """Field to the position of its column."""
        names = [each.name for each in FIELDS[self.kind]]
        found = {names[name]: column for column, name in self.pairs.items()}
        return _in_order_of_time(found, self)

    @cached_property
    def series(self) -> int | None:
        """The column of letters that stand before the serial number, if one does."""
        if "serial" not in self.fields:
            return None
        free = set(range(len(self.columns))) - set(self.fields.values())
        return series.column_before(self.columns, self.fields["serial"], free)

    @cached_property
    def parts_of_name(self) -> frozenset[int]:
        """Columns that give more of a holder's name, as first names beside surnames."""
        if self.kind is not IntakeKind.HOLDERS or "name" not in self.fields:
            return frozenset()
        free = set(range(len(self.columns))) - set(self.fields.values())
        return frozenset(at for at in free if _is_of_name(self.columns[at].heading))

    @cached_property
    def stated(self) -> dict[str, Stated]:
        """What headings or title say of every row."""
        said = dict(_said_of_all(self))
        for each in FIELDS[self.kind]:
            is_open = each.is_required and each.name not in {*self.fields, *said}
            if is_open and each.codes and _UNDECIDED in each.codes.__members__:
                said[each.name] = Stated(_UNDECIDED, _NOWHERE_SAID)
        return said

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Needed fields that neither a column nor the headings give."""
        given = {*self.fields, *self.stated}
        given |= {also for name, also in GIVES_TOO.items() if name in self.fields}
        needed = (each.name for each in FIELDS[self.kind] if each.is_required)
        return tuple(name for name in needed if name not in given)

    @cached_property
    def worth(self) -> float:
        """How well the file fits its kind."""
        names = [each.name for each in FIELDS[self.kind]]
        paired = sum(
            self.scores[at][to].total
            for at, to in self.pairs.items()
            if names[to] not in _OF_ANY_KIND
        )
        return (
            paired
            - _MISSING * len(self.missing)
            + _SAID_IN_TITLE * spoken_kinds.is_titled(self.kind, self.title, self.name)
            + _SPOKEN * min(self.times_spoken, _MOST_SPOKEN)
        )

    @property
    def day_columns(self) -> tuple[Column, ...]:
        """The columns that are paired with a field of days."""
        days = {each.name for each in FIELDS[self.kind] if each.shape is Shape.DATE}
        places = (at for name, at in self.fields.items() if name in days)
        return tuple(self.columns[at] for at in places)

    @cached_property
    def short_days(self) -> tuple[str, ...]:
        """The days of its columns of days whose years have two digits."""
        texts = (text for column in self.day_columns for text in column.counts)
        return tuple(text for text in texts if with_whole_year(text, 2000) != text)

    @cached_property
    def buddhist_days(self) -> tuple[str, ...]:
        """The days of its columns of days, if nearly all are of the Buddhist era."""
        texts = [text for column in self.day_columns for text in column.counts]
        found = tuple(filter(is_buddhist, texts))
        return found if len(found) * 10 >= len(texts) * 9 else ()

    @cached_property
    def two_digit_years(self) -> int:
        """The last year that two digits of its days may mean; 0 where none has two."""
        return datetime.now(UTC).year if self.short_days else 0

    @property
    def numbers_rows(self) -> bool:
        """Whether the numbers of its rows count on from 1 and name no record."""
        at = self.fields.get("source_number")
        return at is not None and self.columns[at].counts_rows

    @property
    def times_spoken(self) -> int:
        """How many headings speak of the kind."""
        headings = [each.heading for each in self.columns]
        return spoken_kinds.times_spoken(self.kind, headings, self.fields)


def _in_order_of_time(found: dict[str, int], table: ScoredTable) -> dict[str, int]:
    """Of two columns of days that the headings do not part, take the earlier one."""
    first, second = {
        IntakeKind.RECOVERIES: ("recovered_on", "known_on"),
        IntakeKind.LOSSES: ("happened_on", "reported_on"),
    }.get(table.kind, ("", ""))
    if first not in found or second in found:
        return found
    names = [each.name for each in FIELDS[table.kind]]
    taken, to = found[first], names.index(first)
    if table.scores[taken][to].by_name >= VAGUE:
        return found
    for other in range(len(table.columns)):
        is_free = other not in found.values()
        if table.columns[other].days < LEAST_LIKE:
            continue
        if is_free and table.scores[other][to].total >= PERHAPS:
            pair = (
                (taken, other) if _is_earlier(table, taken, other) else (other, taken)
            )
            return found | {first: pair[0], second: pair[1]}
    return found


def _is_earlier(table: ScoredTable, one: int, other: int) -> bool:
    """Tell whether the days of one column come before those of another."""
    pairs = zip(table.columns[one].cells, table.columns[other].cells, strict=True)
    order = table.date_order or DateOrder.DAY_FIRST
    read = [(read_day(a, order), read_day(b, order)) for a, b in pairs]
    days = [(a, b) for a, b in read if a is not None and b is not None]
    return sum(a <= b for a, b in days) >= sum(b <= a for a, b in days)


def _is_of_name(heading: str) -> bool:
    said = meanings(heading)
    return bool(said.found) and said.found <= {"PERSON", "NAME"} and not said.strangers


def _said_of_all(table: ScoredTable) -> list[tuple[str, Stated]]:
    """Take from headings and title what they say of every row."""
    name, words = _SAID_ONCE.get(table.kind, ("", {}))
    if not name or name in table.fields:
        return []
    texts = (*(each.heading for each in table.columns), table.title)
    told = {text: meanings(text).found & words.keys() for text in texts}
    clear = {text: words[next(iter(s))] for text, s in told.items() if len(s) == 1}
    if not clear:
        return []
    text, value = next(iter(clear.items()))
    other = next((each for each, also in clear.items() if also != value), "")
    if table.kind is not IntakeKind.RECOVERIES:
        # Nothing stands for a loss of which it is not known how.
        return [] if other else [(name, _stated_of_all(value, text))]
    if not other:
        column = _saying_otherwise(table, value)
        other = "" if column is None else column.heading
    if not other:
        return [(name, _stated_of_all(value, text))]
    reason = message(
        "“%(text)s” says so, and “%(column)s” says otherwise of some rows",
        text=text.strip(),
        column=other.strip(),
    )
    return [(name, Stated(_UNDECIDED, reason))]


def _stated_of_all(value: str, text: str) -> Stated:
    reason = message("“%(text)s” says so of every row", text=text.strip())
    return Stated(value, reason)


def _saying_otherwise(table: ScoredTable, value: str) -> Column | None:
    """Give a column in which some rows say another class than a heading does."""
    told = {at: name for name, at in table.fields.items()}
    for at, column in enumerate(table.columns):
        if told.get(at, "notes") != "notes":
            continue
        if column.classes - {value, _UNDECIDED}:
            return column
    return None
