"""Compute the formulas of a workbook from what stands in its cells."""

import re

TOKEN = re.compile(
    r"""("[^"]*")|((?:'[^']+'!)?[A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?)|(<=|>=|<>|=)|(.)"""
)
OPERATORS = {"=": "==", "<>": "!=", "<=": "<=", ">=": ">="}


class Cells(list):
    """What stands in a range; one cell compares as its value."""

    __hash__ = None

    def __eq__(self, other):
        return (
            ("" if self[0] is None else self[0]) if len(self) == 1 else None
        ) == other


class Workbook:
    """Sheets of plain values and formulas, that can be typed over."""

    def __init__(self, book):
        self.cells = {
            (sheet.name, row, column): cell.formula or cell.value
            for sheet in book.sheets
            for row, line in enumerate(sheet.lines)
            for column, cell in enumerate(line)
        }

    def type(self, place, value):
        self.cells[place.sheet, place.row, place.column] = value

    def value(self, sheet, row, column):
        found = self.cells.get((sheet, row, column))
        if isinstance(found, str) and found.startswith("="):
            return self.compute(sheet, found[1:])
        return None if found == "" else found

    def compute(self, sheet, formula):
        def written(match):
            text, cells, operator, other = match.groups()
            if cells:
                return f"cells({cells!r})"
            return text or OPERATORS.get(operator, "") or other

        python = TOKEN.sub(written, formula)
        return eval(python, {"cells": lambda name: self.range(sheet, name), **KNOWN})

    def range(self, sheet, name):
        named, _, inside = name.rpartition("!")
        where = named.strip("'") or sheet
        first, _, last = inside.partition(":")
        (left, top), (right, low) = (corner(one) for one in (first, last or first))
        return Cells(
            self.value(where, row, column)
            for row in range(top, low + 1)
            for column in range(left, right + 1)
        )


def corner(name):
    letters, number = re.fullmatch(r"([A-Z]+)([0-9]+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(number) - 1


def numbers(values):
    for each in values:
        inside = each if isinstance(each, list) else [each]
        yield from (v for v in inside if isinstance(v, int | float))


def below(values, wanted):
    limit = int(wanted.removeprefix("<"))
    return sum(1 for value in numbers([values]) if value < limit)


KNOWN = {
    "IF": lambda met, one, other: one if met else other,
    "AND": lambda *each: all(each),
    "OR": lambda *each: any(each),
    "N": lambda value: next(numbers([value]), 0),
    "SUM": lambda *values: sum(numbers(values)),
    "COUNT": lambda *values: sum(1 for _ in numbers(values)),
    "MAX": lambda *values: max(numbers(values)),
    "ABS": abs,
    "INT": lambda value: int(next(numbers([value]), 0)),
    "COUNTIF": below,
    "FALSE": False,
}
