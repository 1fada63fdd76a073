"""A workbook as plain values: sheets of cells with formulas and notes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

type Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell of a sheet."""

    # What stands there; of a formula, its result.
    value: Value = None
    # The formula, with its ``=``; empty for a plain value.
    formula: str = ""
    comment: str = ""
    style: str = ""


NOTHING = SheetCell()
type Line = tuple[SheetCell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    # At most 31 characters.
    name: str
    lines: tuple[Line, ...]
    # Width of each column, in characters.
    widths: tuple[int, ...] = ()
    # Rows that stay when scrolling.
    frozen: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook."""

    sheets: tuple[Sheet, ...]
    title: str
    # Where each cell of the return stands, by its key.
    places: Mapping[str, "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: sheet, and row and column from 0."""

    sheet: str
    row: int
    column: int

    @property
    def reference(self) -> str:
        """The cell as people write it: ``C5``."""
        return f"{letters(self.column)}{self.row + 1}"

    def seen_from(self, sheet: str) -> str:
        """The cell as a formula on a sheet writes it."""
        if sheet == self.sheet:
            return self.reference
        return f"'{self.sheet}'!{self.reference}"


def letters(column: int) -> str:
    """Give the letters of a column, from 0: A, Z, AA."""
    word = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        word = chr(65 + rest) + word
    return word


def line(*values: Value, style: str = "") -> Line:
    """Make a row of plain values in one look."""
    return tuple(SheetCell(value, style=style) for value in values)


def ranges(places: Sequence[Place]) -> str:
    """Write cells of one column as ranges: ``C5:C8,C10``."""
    runs: list[list[Place]] = []
    for place in sorted(places, key=lambda each: (each.column, each.row)):
        last = runs[-1][-1] if runs else None
        if last and (last.column, last.row + 1) == (place.column, place.row):
            runs[-1].append(place)
        else:
            runs.append([place])
    return ",".join(_run(run) for run in runs)


def beside(places: Sequence[Place]) -> str:
    """Write cells of one row as one range or a list of cells."""
    return ",".join(each.reference for each in places)


def _run(run: Iterable[Place]) -> str:
    cells = [each.reference for each in run]
    return cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}"
