"""Which mark parts the decimals in a file's columns of numbers.

“1.200” is 1.2 or 1200, and only the other numbers beside it tell: those of its own
column, and where they say nothing those of the file's other columns.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from armstrace.intake import quantities
from armstrace.intake.fields import IntakeKind, Shape, by_name
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.intake.tables import reading
from armstrace.intake.tables.rows import Table
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

# The share of the telling cells of a column that must agree.
NEARLY_ALL = 0.99
BOTH = ".,"
_OTHER = {".": ",", ",": "."}
_TELLING = (
    re.compile(r"\d+(?P<mark>[.,])(?:\d{1,2}|\d{4,})"),
    re.compile(r"(?:0\d*|\d{4,})(?P<mark>[.,])\d+"),
    re.compile(r"\d{1,3}(?:\.\d{3})+(?P<mark>,)\d+"),
    re.compile(r"\d{1,3}(?:,\d{3})+(?P<mark>\.)\d+"),
)
_SEVERAL_THOUSANDS = re.compile(r"\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})+")
_UNTOLD = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_WRITTEN = {
    ",": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+"),
    ".": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+"),
}


def of_file(
    request: reading.Request, kind: IntakeKind, columns: Mapping[str, Sequence[int]]
) -> dict[str, str]:
    """Read a file as far as it is whole; tell what parts decimals, as ``told_by``.

    Args:
        columns: Positions in a row, by canonical field; only numbers are looked at.
    """
    known = by_name(kind)
    numbers = {n: at for n, at in columns.items() if known[n].shape is Shape.NUMBER}
    if not any(numbers.values()):
        return {}
    with reading.open_table(request) as table:
        return told_by(_whole_rows(table), numbers)


def _whole_rows(table: Table) -> Iterator[Sequence[str]]:
    with suppress(InvalidInput):
        for row in table.rows:
            if not row.damage:
                yield row.cells


def told_by(
    rows: Iterable[Sequence[str]], columns: Mapping[str, Sequence[int]]
) -> dict[str, str]:
    """Go through all rows; tell what parts decimals in each column of numbers.

    Returns:
        The mark by field, ``BOTH`` where they are mixed; no field that nothing tells.
    """
    found = {name: Counter[str]() for name in columns}
    for cells in rows:
        for name, places in columns.items():
            for at in places:
                if at < len(cells) and not cells[at].isdecimal():
                    found[name][_mark_of(cells[at])] += 1
    for counts in found.values():
        del counts[""]
    everywhere = sum(found.values(), Counter[str]())
    return {
        name: _common_mark(counts or everywhere)
        for name, counts in found.items()
        if counts or everywhere
    }


def _common_mark(counts: Counter[str]) -> str:
    [(mark, count)] = counts.most_common(1)
    return mark if count >= NEARLY_ALL * counts.total() else BOTH


def write_out(values: dict[str, str], marks: Mapping[str, str]) -> Iterator[Trouble]:
    """Write a row's numbers with a decimal point; give those that nothing tells."""
    for name, mark in marks.items():
        before, text, after = quantities.apart(values.get(name, ""))
        if mark == BOTH and _UNTOLD.fullmatch(text):
            sentence = message(
                "“%(text)s” may have decimals or thousands, since the file parts "
                "decimals by a point and by a comma; write it as 1234.5.",
                text=text,
            )
            yield Trouble(Reason.NOT_A_NUMBER, name, sentence)
        elif mark != BOTH and _WRITTEN[mark].fullmatch(text):
            number = text.replace(_OTHER[mark], "").replace(mark, ".")
            values[name] = f"{before}{number}{after}"


def _mark_of(text: str) -> str:
    _, bare, _ = quantities.apart(text)
    for pattern in _TELLING:
        if found := pattern.fullmatch(bare):
            return found["mark"]
    several = _SEVERAL_THOUSANDS.fullmatch(bare)
    return _OTHER[several["mark"]] if several else ""
