"""Find the row of headings, below titles and among doubles."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from armstrace.intake.tables.rows import Row
from armstrace.vocabulary.messages import Message, message

_NUMBER = re.compile(r"[\d\s.,:/+%-]+")
_SPACE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table.

    Args:
        names: One for each column, distinct.
        row: Number of the row they stand in.
        position: Its position among the rows that were looked at.
        above: Numbers of rows above it that hold something.
        doubled: Headings that stood on several columns.
    """

    names: tuple[str, ...]
    row: int
    position: int
    above: tuple[int, ...]
    doubled: tuple[str, ...]

    def remarks(self, name: str) -> list[Message]:
        """Say in sentences what a reader should know about the headings."""
        said = []
        if self.above:
            rows = ", ".join(map(str, self.above))
            said.append(
                message(
                    "%(name)s: the headings are in row %(row)s; row %(rows)s above "
                    "is treated as a title.",
                    name=name,
                    row=self.row,
                    rows=rows,
                )
            )
        said.extend(
            message(
                "%(name)s: several columns have the heading “%(heading)s”; the "
                "later ones are numbered.",
                name=name,
                heading=heading,
            )
            for heading in self.doubled
        )
        return said


def fold(heading: str) -> str:
    """Fold a heading so that case, accents and punctuation do not count."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _SPACE.sub(" ", plain).strip()


def find(rows: Sequence[Row], known: Collection[str]) -> Headings | None:
    """Find the headings among a file's first rows.

    Args:
        rows: The first rows of the file.
        known: Folded headings that are expected, where any are.

    Returns:
        The headings, or None where no row can be one.
    """
    scores = [_score(row, known) for row in rows]
    if not scores or max(scores) <= 0:
        return None
    position = scores.index(max(scores))
    names, doubled = _distinct(rows[position].cells)
    return Headings(
        names=names,
        row=rows[position].number,
        position=position,
        above=tuple(row.number for row in rows[:position] if not row.is_blank),
        doubled=doubled,
    )


def repeats(row: Row, known: Collection[str]) -> bool:
    """Tell whether a row below the headings is headings once more.

    Args:
        row: The row.
        known: Folded headings: of this table and of its profile.
    """
    filled = [fold(cell) for cell in row.cells if cell.strip()]
    if len(filled) < 2:
        return False
    return sum(cell in known for cell in filled) * 5 >= len(filled) * 4


def _score(row: Row, known: Collection[str]) -> float:
    filled = [cell for cell in row.cells if cell.strip()]
    if not filled or row.damage:
        return 0.0
    folded = {fold(cell) for cell in filled}
    hits = sum(name in known for name in folded)
    words = sum(
        not _NUMBER.fullmatch(cell.strip()) and len(cell) <= 120 for cell in filled
    )
    if not words or (words < len(filled) / 2 and not hits):
        return 0.0
    distinct = len(folded) / len(filled)
    return 100.0 * hits + words * distinct - 0.05 * row.number * (not hits)


def _distinct(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: list[str] = []
    doubled: list[str] = []
    for position, cell in enumerate(cells, 1):
        plain = " ".join(cell.split()) or f"column {position}"
        name, copy = plain, 2
        while name in names:
            name, copy = f"{plain} ({copy})", copy + 1
        if name != plain and plain not in doubled:
            doubled.append(plain)
        names.append(name)
    while names and not cells[len(names) - 1].strip():
        names.pop()
    return tuple(names), tuple(doubled)
