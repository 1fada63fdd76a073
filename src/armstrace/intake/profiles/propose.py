"""Propose how the columns of an unknown file may be understood.

Each column is scored against each field by the words of its heading and by what
stands in it, and fields and columns are paired so that all scores together are the
greatest. What stays below the threshold is proposed for no field: its text is kept
in the notes where the kind of rows has any, and a person may decide.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from armstrace.analysis.marks import sounds
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import FIELDS, IntakeKind, has_notes
from armstrace.intake.profiles import scores, spoken_kinds
from armstrace.intake.profiles.column_values import Column
from armstrace.intake.profiles.scored_table import PERHAPS, ScoredTable, Stated
from armstrace.intake.profiles.scores import LEAST_LIKE
from armstrace.intake.tables.heading_words import ANOTHER_MATTER, meanings
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
EXAMPLES = 3
MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """How one column may be understood."""

    heading: str
    # The canonical field; empty where none is proposed.
    field: str
    # 0 to 1.
    confidence: float
    why: Message
    # The column's first different values.
    examples: tuple[str, ...]
    # The field that it may be, where too little speaks for it.
    perhaps: str = ""
    # Value to how often it stands in the sample, the most frequent first.
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file may be understood, for a person to correct."""

    kind: IntakeKind
    columns: tuple[ProposedColumn, ...]
    # Needed fields that no column gives; the profile must state them.
    missing: tuple[str, ...]
    date_order: DateOrder
    name: str
    # Field to what the headings or the title say of every row.
    stated: dict[str, Stated] = field(default_factory=dict)
    # What a person should look at, in sentences.
    questions: tuple[Message, ...] = ()
    # The last of the hundred years that two digits of its days may mean; 0 where its
    # years are whole.
    two_digit_years: int = 0
    # Whether its years are counted in the Buddhist era.
    buddhist_years: bool = False
    # Whether its numbers only count the rows.
    numbers_rows: bool = False

    def joins(self, one: str, other: str) -> bool:
        """Tell whether two columns make one text, such as series and number."""
        fields = {each.heading: each.field for each in self.columns}
        return bool(fields[one]) and fields[one] == fields[other]

    def column_of(self, name: str) -> str:
        """Give the heading of the column that gives a field; empty if none does."""
        found = (each.heading for each in self.columns if each.field == name)
        return next(found, "")


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
        kind: What the rows are; the kind that fits best where None.
    """
    columns = tuple(_column(heading, at, rows) for at, heading in enumerate(headings))
    bare = name.rsplit(".", 1)[0]
    kinds = spoken_kinds.perhaps(headings) if kind is None else (kind,)
    tables = [
        ScoredTable(each, columns, title, bare, kind is not None) for each in kinds
    ]
    best = max(tables, key=lambda each: each.worth)
    return Proposal(
        kind=best.kind,
        columns=tuple(_propose(best, at) for at in range(len(columns))),
        missing=best.missing,
        date_order=best.date_order,
        name=_name_of(bare, best.kind),
        stated=best.stated,
        two_digit_years=best.two_digit_years,
        buddhist_years=bool(best.buddhist_days),
        numbers_rows=best.numbers_rows,
        questions=tuple(_questions(best)),
    )


def _name_of(file: str, kind: IntakeKind) -> str:
    """Name a profile by its file, in letters that an address can hold."""
    latin = fold(sounds.romanise(fold(file).upper()))
    words = re.findall("[a-z0-9]+", latin)
    return "-".join(words if any(map(str.isalpha, words)) else [kind.value, *words])


def _column(heading: str, at: int, rows: Sequence[Sequence[str]]) -> Column:
    return Column(
        heading, tuple(row[at].strip() if at < len(row) else "" for row in rows)
    )


def _propose(table: ScoredTable, at: int) -> ProposedColumn:
    column = table.columns[at]
    names = [each.name for each in FIELDS[table.kind]]
    found = next((name for name, place in table.fields.items() if place == at), "")
    if at == table.series:
        found = "serial"
    elif at in table.parts_of_name:
        found = "name"
    best = max(range(len(names)), key=lambda each: table.scores[at][each].total)
    score = table.scores[at][names.index(found) if found else best]
    is_free = not found and names[best] not in table.fields and score.total >= PERHAPS
    counts = tuple(column.counts.most_common(MOST_VALUES))
    why = scores.why(score) if found or is_free else _nothing_speaks(table.kind)
    if is_free:
        why = SAID.say("PERHAPS", field=words_of(names[best]), why=why)
    return ProposedColumn(
        heading=column.heading,
        field=found,
        confidence=round(min(score.total, 0.99), 2) if found else 0.0,
        why=why,
        examples=tuple(column.counts)[:EXAMPLES],
        perhaps=names[best] if is_free else "",
        counts=counts,
    )


def _nothing_speaks(kind: IntakeKind) -> Message:
    if has_notes(kind):
        return message("nothing speaks for a field; its text is kept in the notes")
    return message("nothing speaks for a field; it is left out")


def _questions(table: ScoredTable) -> Iterator[Message]:
    yield from _questions_of_days(table)
    if table.short_days:
        latest = table.two_digit_years
        yield SAID.say(
            "YEARS_OF_TWO",
            day=table.short_days[0],
            first=str(latest - 99),
            last=str(latest),
        )
    if table.buddhist_days:
        yield SAID.say("BUDDHIST", day=table.buddhist_days[0])
    if table.numbers_rows:
        yield SAID.say(
            "COUNTS_ROWS", column=table.columns[table.fields["source_number"]].heading
        )
    is_titled = spoken_kinds.is_titled(table.kind, table.title, table.name)
    if not (table.is_kind_told or table.times_spoken or is_titled):
        yield SAID.say("KIND_TAKEN", kind=table.kind)
    if "licence_number" in table.fields and "holder_number" not in table.fields:
        yield SAID.say("BY_LICENCE")
    taken = {*table.fields.values(), *table.parts_of_name, table.series}
    identified = any(
        "IDENTITY" in meanings(each.heading).found for each in table.columns
    )
    named = [
        each.heading
        for at, each in enumerate(table.columns)
        if at not in taken and _may_name_persons(each, identified=identified)
    ]
    if named and has_notes(table.kind):
        yield SAID.say("NAMES_PERSONS", columns=", ".join(named))


def _may_name_persons(column: Column, *, identified: bool) -> bool:
    """Tell whether a heading speaks of people, or is the name of what is not known.

    Args:
        identified: Whether a column beside it identifies persons; a "name" may be
            that of a thing where none does.
    """
    found = meanings(column.heading).found
    if not column.counts or not found:
        return False
    if found == {"NAME"}:
        return identified or len(re.findall(r"[^\W_]+", column.heading)) > 1
    if not found & _NUMBERS and column.share(str.isdecimal) >= _COUNTED:
        return False
    return bool(found & _PEOPLE) and found <= _PEOPLE | _NUMBERS | {"NAME"}


_PEOPLE = frozenset({"PERSON", "HOLDER", "IDENTITY"})
_NUMBERS = frozenset({"IDENTITY", "BIRTH"})
_COUNTED = 0.8


def _questions_of_days(table: ScoredTable) -> Iterator[Message]:
    named = [each.heading for each in table.day_columns]
    others = [
        each.heading
        for at, each in enumerate(table.columns)
        if at not in table.fields.values()
        and each.days > LEAST_LIKE
        and not (named and meanings(each.heading).found & ANOTHER_MATTER)
    ]
    if others and named:
        yield SAID.say("OTHER_DAYS", others=others, named=named)
    elif others:
        yield SAID.say("UNSAID_DAYS", others=others)
