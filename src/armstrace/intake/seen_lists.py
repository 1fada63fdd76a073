"""Read a file of what was seen in a store: a list of a scanner, or a table."""

from pathlib import Path

from armstrace.intake.tables import headings
from armstrace.intake.tables import reading as tables
from armstrace.intake.tables.heading_words import names_a_field
from armstrace.stockpiles import reading
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.texts import bare, trim


def read_list(path: Path, name: str) -> tuple[list[reading.Row], list[Message]]:
    """Give the rows of a file, its headings too, and what is to be said of them.

    Args:
        name: Of the file, as people know it.

    Raises:
        InvalidInput: It is no table, or empty.
    """
    with tables.open_table(tables.Request(path, name)) as table:
        width, is_headed = len(table.headings), any(map(_heads, table.headings))
        top = {each.number: each.cells for each in table.above}
        if table.heading_row:
            top[table.heading_row] = tuple(map(trim, table.written))
        rows = [reading.Row(at, cells, is_headed) for at, cells in top.items()]
        told = headings.TITLES.template
        notes = [each for each in table.remarks if each.template != told]
        for each in table.rows:
            if each.damage:
                notes.append(each.damage)
            if headings.is_totals(each):
                msg = message(
                    "Line %(number)s is a total and is passed over.", number=each.number
                )
                notes.append(msg)
            else:
                is_note = headings.is_note(each, width)
                cells = tuple(map(trim, each.cells))
                rows.append(reading.Row(each.number, cells, is_note))
    return rows, notes


def _heads(cell: str) -> bool:
    return bare(cell) in reading.HEADS or names_a_field(cell)
