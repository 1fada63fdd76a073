"""Find the columns of marks in a table, by headings in several languages and values."""

from collections.abc import Mapping, Sequence

from armstrace.intake.fields import IntakeKind
from armstrace.intake.profiles import propose
from armstrace.intake.profiles.series import join_texts
from armstrace.intake.tables import headings
from armstrace.intake.tables.rows import Table
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import Message, message

type Places = dict[str, list[int]]
"""Field of a description to its columns: series and number are two."""

# Field of a description to the canonical field of a column.
MARKS = {
    "type": "arm_type",
    "make": "make",
    "model": "model",
    "calibre": "calibre",
    "serial": "serial",
    "country": "country_of_manufacture",
    "import_mark": "import_mark",
    "other": "other_marks",
}
LOOK_AT_ROWS = 500


def find(table: Table, fields: Mapping[str, str]) -> tuple[Places, list[Message]]:
    """Find the columns of fields, and say which were not told by their headings.

    Args:
        fields: Names that head a column, each with its canonical field.
    """
    proposed = propose.propose_profile(
        table.headings,
        [
            row.cells
            for row in table.peek(LOOK_AT_ROWS)
            if not row.is_blank and not headings.is_totals(row)
        ],
        kind=IntakeKind.RECOVERIES,
        name=table.name,
    )
    folded = [headings.fold(heading) for heading in table.headings]
    named = {
        name: [folded.index(headings.fold(name))]
        for name in fields
        if headings.fold(name) in folded
    }
    taken = {at for columns in named.values() for at in columns}
    places = dict(named)
    for at, each in enumerate(proposed.columns):
        name = next((n for n, field in fields.items() if field == each.field), "")
        if name and name not in named and at not in taken:
            places.setdefault(name, []).append(at)
    said = [
        message(
            "“%(heading)s” is taken for %(field)s: %(why)s.",
            heading=table.headings[at],
            field=words_of(fields[name]),
            why=proposed.columns[at].why,
        )
        for name, columns in places.items()
        for at in columns
        if folded[at] not in {headings.fold(name), headings.fold(fields[name])}
    ]
    return places, said


def texts(cells: Sequence[str], places: Places) -> dict[str, str]:
    """Give the text of each field in a row; empty where the row ends before it."""
    return {
        name: cells[columns[0]].strip()
        if len(columns) == 1 and columns[0] < len(cells)
        else join_texts(name, [cells[at] for at in columns if at < len(cells)])
        for name, columns in places.items()
    }
