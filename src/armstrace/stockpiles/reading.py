"""Read lists of what was seen, and which arms they name."""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from armstrace.analysis.marks.search_keys import search_key
from armstrace.analysis.marks.serials import read_serial
from armstrace.records.lookups import among
from armstrace.registry import doubles
from armstrace.registry.models import Arm, ArmRecord
from armstrace.registry.models.arms import arm_called
from armstrace.stockpiles.codes import numbers_in
from armstrace.stockpiles.standing import missing_among
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import TOTALS, bare, shorten, trim

SAID = Sentences(__package__)
NUMBER = re.compile(r"[Aa]([1-9][0-9]{0,17})")
_TOTAL = re.compile(
    rf"(?:{TOTALS.pattern})\s*[:=]?(?:(?<=[\s:=])[\d\s.,]+)?", re.IGNORECASE
)
_ENDS = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029]")
MOST_ROWS = 100_000
# Signs of a line that is read as columns.
LONGEST, LONGEST_SHOWN, LONGEST_NAMED = 4_000, 80, 120
HEADS = frozenset(
    (
        *("number", "arm", "serial", "code", "serialnumber", "armnumber"),
        *("numéro", "arme", "série", "matricule", "numérodesérie", "ndesérie"),
        *(
            "número",
            "arma",
            "serie",
            "código",
            "númerodeserie",
            "ndeserie",
            "nºdeserie",
        ),
        *("الرقم", "رقم", "السلاح", "رقمالسلاح", "الرقمالتسلسلي"),
    )
)
"""Headings of the column of numbers, letters alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list as it came."""

    place: int
    cells: tuple[str, ...]
    # Whether it heads the list or is a note: it is left out unless it names an arm.
    is_aside: bool = False

    @property
    def is_total(self) -> bool:
        """Whether it sums up the list: such a word, and a figure or nothing."""
        return bool(_TOTAL.fullmatch(" ".join(filter(None, self.cells))))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list, and the arm that it names; None where it names none."""

    place: int
    text: str
    arm_id: int | None = None
    # What else is in the row and names another arm.
    beside: str = ""

    @property
    def name(self) -> str:
        """Give what the comparison calls it."""
        return f"A{self.arm_id}" if self.arm_id else self.text


type Bearers = Mapping[str, Mapping[int, str]]
"""What was read to the keys of the arms that bear it, each with its make if known."""


def rows_of(text: str) -> list[Row]:
    """Take pasted lines apart; each may have columns."""
    lines = _ENDS.split(text.replace("\x00", ""))
    while lines and not trim(lines[-1]):
        del lines[-1]
    rows = [Row(place, _cells(line)) for place, line in enumerate(lines, 1)]
    if rows and any(bare(cell) in HEADS for cell in rows[0].cells):
        rows[0] = Row(1, rows[0].cells, is_aside=True)
    return rows


def _cells(line: str) -> tuple[str, ...]:
    if len(line) > LONGEST:
        return (line,)
    delimiter = next((sign for sign in ";\t" if sign in line), ",")
    return tuple(map(trim, next(csv.reader([line], delimiter=delimiter), [])))


def require_readable(rows: Sequence[Row]) -> None:
    """Refuse a list that would keep everybody else waiting while it is read.

    Raises:
        InvalidInput: It has too many rows.
    """
    if len(rows) > MOST_ROWS:
        raise InvalidInput(
            SAID.say("TOO_MANY_ROWS", rows=len(rows), most=MOST_ROWS), field="text"
        )


def resolve(rows: Sequence[Row], own: Collection[int] = ()) -> list[Line]:
    """Say which arm each row names, in few queries for any many.

    The column that names the most arms is read, and others that name nearly as
    many. What several arms bear names the one whose make is in the row, or the only
    one of the store; else none of them.

    Args:
        own: Keys of the arms of the store.
    """
    cells = {cell for row in rows for cell in row.cells}
    bearers = bearers_of(cell for cell in cells if len(cell) <= LONGEST)
    rows = _apart(rows, bearers)
    columns = _columns(rows, bearers)
    lines = [(row, _line(row, columns, bearers, own)) for row in rows]
    return [
        line for row, line in lines if line.arm_id or not (row.is_aside or row.is_total)
    ]


def _apart(rows: Sequence[Row], bearers: Bearers) -> Sequence[Row]:
    """Take a list apart that is one row, each of its cells a number."""
    filled = [row for row in rows if any(row.cells)]
    if len(filled) != 1:
        return rows
    cells = [cell for cell in filled[0].cells if cell]
    if sum(bool(bearers.get(cell)) for cell in cells) * 2 <= max(len(cells), 2):
        return rows
    return [Row(filled[0].place, (cell,)) for cell in cells]


def _columns(rows: Iterable[Row], bearers: Bearers) -> list[int]:
    """Give the columns that name arms, the one that names the most first.

    A row of one cell has no columns.
    """
    named = defaultdict[int, set[int]](set)
    for row in (each for each in rows if sum(map(bool, each.cells)) > 1):
        for at, cell in enumerate(row.cells):
            named[at].update(bearers.get(cell, ()))
    most = max(map(len, named.values()), default=0)
    found = (at for at in named if named[at] and len(named[at]) * 2 >= most)
    return sorted(found, key=lambda at: (-len(named[at]), at))


def _line(
    row: Row, columns: Sequence[int], bearers: Bearers, own: Collection[int]
) -> Line:
    filled = [cell for cell in row.cells if cell]
    if len(filled) < 2 or row.is_total:
        text = " ".join(filled)
        return Line(row.place, text, _choose(text, row, bearers, own))
    read = [row.cells[at] for at in columns if at < len(row.cells) and row.cells[at]]
    found = [(key, text) for text in read if (key := _choose(text, row, bearers, own))]
    if found:
        key, text = found[0]
        beside = next((other for one, other in found if one != key), "")
        return Line(row.place, text, key, beside)
    named = {key: one for one in filled if (key := _choose(one, row, bearers, own))}
    if len(named) == 1:
        ((key, text),) = named.items()
        return Line(row.place, text, key)
    return Line(row.place, shorten(" ".join(read or filled), LONGEST_NAMED))


def _choose(text: str, row: Row, bearers: Bearers, own: Collection[int]) -> int | None:
    found = bearers.get(text, {})
    if len(found) > 1:
        said = {bare(cell) for cell in row.cells}
        of_make = [key for key, make in found.items() if make and bare(make) in said]
        here = [key for key in found if key in own]
        number = [key for key in found if key == arm_called(text)]
        choices = (each for each in (of_make, here, number) if len(each) == 1)
        return next(choices, [None])[0]
    return next(iter(found), None)


def bearers_of(texts: Iterable[str]) -> Bearers:
    """Give the arms that bear what was read as their number or serial number.

    Letter case, spaces and signs in a serial number do not count, unless an arm
    bears it as it was read.
    """
    codes = {text: tuple(dict.fromkeys(numbers_in(text))) for text in texts}
    every = {code for found in codes.values() for code in found if code}
    found = _by_number(every)
    for code, arms in _by_serial(every).items():
        found[code] |= arms
    stands = doubles.standing(
        {str(key): key for arms in found.values() for key in arms}
    )
    return {
        text: {
            stands[str(key)]: make
            for code in carried
            for key, make in found.get(code, {}).items()
        }
        for text, carried in codes.items()
    }


def _by_number(codes: Collection[str]) -> defaultdict[str, dict[int, str]]:
    """Look codes up as numbers of arms, here and of the register they came from."""
    found = defaultdict[str, dict[int, str]](dict)
    numbered = Arm.objects.filter(among("source_number", codes))
    for code, key in numbered.values_list("source_number", "pk"):
        found[code][key] = ""
    called = {code: key for code in codes if (key := arm_called(code))}
    on_record = Arm.objects.filter(among("pk", called.values()))
    known = set(on_record.values_list("pk", flat=True))
    for code, key in called.items():
        # A0012 is A12 where no register has an arm of that number.
        if key in known and (code not in found or NUMBER.fullmatch(code)):
            found[code][key] = ""
    return found


def _by_serial(codes: Collection[str]) -> dict[str, dict[int, str]]:
    keys = {code: {read_serial(code).search, search_key(code)} for code in codes}
    columns = ("serial_search", "serial_as_marked", "arm_id", "make")
    records = ArmRecord.objects.current().filter(
        among("serial_search", {key for both in keys.values() for key in both if key})
    )
    bearing = defaultdict[str, list[tuple[str, int, str]]](list)
    for key, marked, arm_id, make in records.values_list(*columns):
        bearing[key].append((marked, arm_id, make))
    found = {}
    for code, both in keys.items():
        rows = [row for key in both for row in bearing.get(key, ())]
        exact = [row for row in rows if row[0] == code]
        found[code] = {arm_id: make for _, arm_id, make in exact or rows}
    return found


def left_out(rows: Sequence[Row], lines: Sequence[Line]) -> Iterator[Message]:
    """Say which rows were taken for headings and notes, and what of a row was."""
    kept = {each.place for each in lines}
    for each in rows:
        if each.place in kept or not any(each.cells):
            continue
        if each.is_total:
            yield SAID.say("TOTAL_PASSED_OVER", number=each.place)
        elif each.is_aside:
            yield SAID.say(
                "NOTE_PASSED_OVER",
                line=each.place,
                text=shorten(" ".join(filter(None, each.cells)), LONGEST_SHOWN),
            )
    for line in lines:
        if line.beside:
            yield SAID.say(
                "TWO_ARMS_NAMED",
                line=line.place,
                arm=line.name,
                number=line.text,
                other=line.beside,
            )


def remarks(lines: Sequence[Line]) -> list[Message]:
    """Say in a sentence each what is odd: empty, twice, foreign, or on record lost."""
    said = [
        message("Line %(line)s is empty and is passed over.", line=each.place)
        for each in lines
        if not each.text
    ]
    places: Mapping[str, list[int]] = defaultdict(list)
    for each in lines:
        if each.text:
            places[each.name].append(each.place)
    said += [
        SAID.say("SEVERAL_LINES", number=name, lines=tuple(map(str, at)))
        for name, at in places.items()
        if len(at) > 1
    ]
    missing = missing_among({each.arm_id for each in lines if each.arm_id})
    said += [SAID.say("LOST_SEEN", arm=f"A{key}") for key in sorted(missing)]
    read = {
        each.text: each
        for each in lines
        if not each.arm_id or each.text.upper() != each.name
    }
    bearers = bearers_of(text for text in read if len(text) <= LONGEST)
    return said + list(_on_bearers(read.values(), bearers))


def _on_bearers(lines: Iterable[Line], bearers: Bearers) -> Iterator[Message]:
    """Say what names no arm, and what several arms bear."""
    for each in lines:
        arms = [f"A{key}" for key in sorted(bearers.get(each.text, ()))]
        told: dict[str, Any] = {"number": each.text, "line": each.place}
        if each.arm_id and len(arms) > 1:
            yield SAID.say("COUNTS_AS", **told, arms=arms, arm=each.name)
        elif len(arms) > 1:
            yield SAID.say("ON_SEVERAL_ARMS", **told, arms=arms)
        elif each.text and not each.arm_id:
            yield SAID.say("ON_NO_ARM", **told)
