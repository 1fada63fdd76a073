"""Propose how the columns of an unknown file may be understood.

Each column is scored against each field by the words of its heading and by what
stands in it, and fields and columns are paired so that all scores together are the
greatest. What stays below the threshold is proposed for no field: its text is kept
in the notes, and a person may decide.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from armstrace.intake.dates import DateOrder, read_date
from armstrace.intake.fields import FIELDS, Field, IntakeKind, Shape
from armstrace.intake.profiles import birth_dates, scores, series, spoken_kinds
from armstrace.intake.profiles.assignment import best_pairs
from armstrace.intake.profiles.column_values import Column
from armstrace.intake.profiles.scores import LEAST_LIKE, VAGUE, Score
from armstrace.intake.tables.heading_words import (
    ANOTHER_MATTER,
    meanings,
)
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.messages import Message, message

EXAMPLES = 3
LEAST = 0.5
PERHAPS = 0.35
MOST_VALUES = 40
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
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}.*")
_SAID_ONCE = {
    IntakeKind.RECOVERIES: (
        "recovery_kind",
        {"TAKE": "SEIZED", "FIND": "FOUND", "SURRENDER": "SURRENDERED"},
    ),
    IntakeKind.LOSSES: ("loss_kind", {"STEAL": "STOLEN", "LOSE": "LOST"}),
}


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """How one column may be understood.

    Args:
        field: The canonical field; empty where none is proposed.
        confidence: 0 to 1.
        why: What speaks for it, in words.
        examples: The column's first different values.
        perhaps: The field that it may be, where too little speaks for it.
        counts: Value to how often it stands in the sample, the most frequent first.
    """

    heading: str
    field: str
    confidence: float
    why: Message
    examples: tuple[str, ...]
    perhaps: str = ""
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What holds for every row, and what says so."""

    value: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file may be understood, for a person to correct.

    Args:
        columns: One for each column of the file.
        missing: Needed fields that no column gives; the profile must state them.
        date_order: What its dates show.
        name: A name for the profile.
        stated: Field to what the headings or the title say of every row.
        questions: What a person should look at, in sentences.
    """

    kind: IntakeKind
    columns: tuple[ProposedColumn, ...]
    missing: tuple[str, ...]
    date_order: DateOrder
    name: str
    stated: dict[str, Stated] = field(default_factory=dict)
    questions: tuple[Message, ...] = ()

    def joins(self, one: str, other: str) -> bool:
        """Tell whether two columns make one text, such as series and number."""
        fields = {each.heading: each.field for each in self.columns}
        return bool(fields[one]) and fields[one] == fields[other]

    def column_of(self, name: str) -> str:
        """Give the heading of the column that gives a field; empty if none does."""
        found = (each.heading for each in self.columns if each.field == name)
        return next(found, "")


@dataclass(frozen=True)
class _Table:
    """A file's columns, scored against the fields of one kind.

    Args:
        title: What stands above the headings.
        name: The file's name, which tells its kind and nothing of its rows.
        is_kind_told: Whether a person says what the rows are.
    """

    kind: IntakeKind
    columns: tuple[Column, ...]
    title: str
    name: str
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
        is_of_others = wanted.shape is Shape.DATE and found.by_name < VAGUE
        if is_of_others and at in self.of_other_times:
            return Score(0.0, found.by_name, found.likeness)
        return found

    @cached_property
    def of_other_times(self) -> frozenset[int]:
        """Columns whose days are births and the like, as their spread shows."""
        by_spread = self.kind is not IntakeKind.REGISTRY
        return birth_dates.found_among(
            self.columns, _date_order(self), by_spread=by_spread
        )

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
        return best_pairs(worth)

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
    def times_spoken(self) -> int:
        """How many headings speak of the kind."""
        headings = [each.heading for each in self.columns]
        return spoken_kinds.times_spoken(self.kind, headings, self.fields)


def propose_profile(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    kind: IntakeKind | None,
    name: str,
    title: str = "",
) -> Proposal:
    """Propose a mapping from headings and the first rows.

    Args:
        headings: The file's headings.
        rows: Some rows, as text.
        kind: What the rows are; the kind that fits best where None.
        name: The file's name.
        title: What stands above the headings.

    Returns:
        Each column with a field, how sure that is, and why.
    """
    columns = tuple(_column(heading, at, rows) for at, heading in enumerate(headings))
    bare = name.rsplit(".", 1)[0]
    kinds = IntakeKind if kind is None else (kind,)
    tables = [_Table(each, columns, title, bare, kind is not None) for each in kinds]
    best = max(tables, key=lambda each: each.worth)
    return Proposal(
        kind=best.kind,
        columns=tuple(_proposed(best, at) for at in range(len(columns))),
        missing=best.missing,
        date_order=_date_order(best),
        name=fold(bare).replace(" ", "-") or "profile",
        stated=best.stated,
        questions=tuple(_questions(best)),
    )


def _column(heading: str, at: int, rows: Sequence[Sequence[str]]) -> Column:
    return Column(
        heading, tuple(row[at].strip() if at < len(row) else "" for row in rows)
    )


def _proposed(table: _Table, at: int) -> ProposedColumn:
    column = table.columns[at]
    names = [each.name for each in FIELDS[table.kind]]
    found = next((name for name, place in table.fields.items() if place == at), "")
    if at == table.series:
        found = "serial"
    best = max(range(len(names)), key=lambda each: table.scores[at][each].total)
    score = table.scores[at][names.index(found) if found else best]
    is_free = not found and names[best] not in table.fields and score.total >= PERHAPS
    counts = tuple(column.counts.most_common(MOST_VALUES))
    return ProposedColumn(
        heading=column.heading,
        field=found,
        confidence=round(min(score.total, 0.99), 2) if found else 0.0,
        why=scores.why(score) if found else _NOTHING_SPEAKS,
        examples=tuple(column.counts)[:EXAMPLES],
        perhaps=names[best] if is_free else "",
        counts=counts,
    )


_NOTHING_SPEAKS = message("nothing speaks for a field; its text is kept in the notes")


def _in_order_of_time(found: dict[str, int], table: _Table) -> dict[str, int]:
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


def _is_earlier(table: _Table, one: int, other: int) -> bool:
    """Tell whether the days of one column come before those of another."""
    pairs = zip(table.columns[one].cells, table.columns[other].cells, strict=True)
    order = _date_order(table) or DateOrder.DAY_FIRST
    read = [(read_date(a, order).value, read_date(b, order).value) for a, b in pairs]
    days = [(a, b) for a, b in read if a is not None and b is not None]
    return sum(a <= b for a, b in days) >= sum(b <= a for a, b in days)


def _said_of_all(table: _Table) -> list[tuple[str, Stated]]:
    """Take from headings and title what they say of every row."""
    name, words = _SAID_ONCE.get(table.kind, ("", {}))
    if not name or name in table.fields:
        return []
    for text in (*(each.heading for each in table.columns), table.title):
        said = meanings(text).found & words.keys()
        if len(said) == 1:
            reason = message("“%(text)s” says so of every row", text=text.strip())
            return [(name, Stated(words[next(iter(said))], reason))]
    return []


def _questions(table: _Table) -> list[Message]:
    return [*_questions_of_days(table), *_questions_of_kind(table)]


def _questions_of_kind(table: _Table) -> list[Message]:
    is_titled = spoken_kinds.is_titled(table.kind, table.title, table.name)
    if table.is_kind_told or table.times_spoken or is_titled:
        return []
    return [
        message(
            "Nothing says what the rows are; they are taken for %(kind)s: choose "
            "what they are by hand if they are something else.",
            kind=table.kind,
        )
    ]


def _questions_of_days(table: _Table) -> list[Message]:
    days = {each.name for each in FIELDS[table.kind] if each.shape is Shape.DATE}
    named = [
        table.columns[at].heading for name, at in table.fields.items() if name in days
    ]
    others = [
        each.heading
        for at, each in enumerate(table.columns)
        if at not in table.fields.values()
        and each.days > LEAST_LIKE
        and not (named and meanings(each.heading).found & ANOTHER_MATTER)
    ]
    if not others:
        return []
    if not named:
        return [
            message(
                "%(others)s holds days, but its heading does not say that they are "
                "those of the rows; choose it by hand if they are.",
                others=others,
            )
        ]
    return [
        message(
            "%(others)s holds days as well as %(named)s; check which is which.",
            others=others,
            named=named,
        )
    ]


def _date_order(table: _Table) -> DateOrder:
    days_first = months_first = False
    for column in table.columns:
        if column.days < LEAST_LIKE:
            continue
        for text in column.counts:
            found = _SLASHED.fullmatch(text)
            days_first |= found is not None and int(found[1]) > 12
            months_first |= found is not None and int(found[2]) > 12
    if days_first == months_first:
        return DateOrder.NOT_STATED
    return DateOrder.DAY_FIRST if days_first else DateOrder.MONTH_FIRST
