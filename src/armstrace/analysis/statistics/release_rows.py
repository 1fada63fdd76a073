"""Every row of UNODC's published long table, as counts under table and row.

Takes rows of cells, from a workbook with its title rows or from a bare CSV. What
is not plain is named with its row and never guessed; the rest is read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pycountry

from armstrace.analysis.statistics import release
from armstrace.analysis.statistics.release import Remark
from armstrace.analysis.statistics.release_places import (
    Place,
    columns_of,
    group_of,
    place_of,
    places,
    plain,
)
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
GROUP = ("Indicator", "Dimension")
CODES_BESIDE_ISO = frozenset({"XKX"})
SHARED_TOTAL = "C1|5.1.TOTAL"
SEXES = {"male": "MALE", "female": "FEMALE", "unknown": "UNKNOWN", "total": "TOTAL"}
WINDOW = re.compile(r"^\s*(\d{4})\s*[-/–]\s*(\d{2,4})\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the published table, as it stands and as it is understood."""

    # Number of the row in the file, from 1.
    row: int
    # Country code as written, in capitals.
    iso3: str
    country: str
    region: str
    subregion: str
    year: int
    # ``B1.SEIZED.PISTOL``; ``B1.SEIZED.?`` where the label is not one of the
    # questionnaire's.
    key: str
    label: str
    # The count; None where the cell is blank.
    value: int | None
    # The publisher's word for where it had it from.
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """All that a published table says."""

    # Rows that were understood, in the order of the file.
    lines: tuple[Line, ...]
    # Cells above the header, such as publisher and day.
    titles: tuple[str, ...]
    # Rows below the header, blank ones left aside.
    rows_read: int
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class Counts:
    """What one country filed for one year, by key."""

    # One count a key; two where the publisher prints two rows.
    values: dict[str, tuple[int, ...]] = field(default_factory=dict)
    # Counts under labels that the questionnaire does not have, by table.
    unknown: dict[str, dict[str, int]] = field(default_factory=dict)
    # Keys with rows that contradict each other; not used.
    disputed: set[str] = field(default_factory=set)
    blank: set[str] = field(default_factory=set)

    def value(self, key: str) -> int | None:
        """Give the count of a key; None where it is blank or disputed."""
        found = self.values.get(key)
        return None if not found or key in self.disputed else sum(found)


type Filed = Mapping[tuple[str, int], Counts]


def read_rows(rows: Iterable[Sequence[object]]) -> Published:
    """Read every row of a published long table.

    Args:
        rows: Rows of cells from the top of the sheet, titles included.

    Raises:
        InvalidInput: No row is the header of the published table.

    Source:
        UNODC data portal, illicit arms flows questionnaire, long form.
    """
    numbered = enumerate(rows, start=1)
    titles: list[str] = []
    for number, row in numbered:
        cells = release.texts_of(row)
        columns = columns_of(cells)
        if columns:
            reader = _Reader(columns)
            for at, below in numbered:
                reader.read(at, release.texts_of(below))
            return reader.finish(titles)
        titles += [cell for cell in cells if cell]
        if number >= release.HEADER_WITHIN:
            break
    raise InvalidInput(release.no_header(), field="header")


def counts_of(
    lines: Iterable[Line],
) -> tuple[dict[tuple[str, int], Counts], list[Remark]]:
    """Bring the lines of each country and year together.

    A row that is repeated with the same count is taken once; one that is
    repeated with another count is disputed, and neither is used.

    Returns:
        Counts by country and year, and what was repeated.
    """
    grouped: defaultdict[tuple[str, int, str], list[Line]] = defaultdict(list)
    blank: list[Line] = []
    for line in lines:
        if line.value is None:
            blank.append(line)
            continue
        key = f"{line.key}{line.label}" if line.key.endswith("?") else line.key
        grouped[line.iso3, line.year, key].append(line)
    filed: defaultdict[tuple[str, int], Counts] = defaultdict(Counts)
    remarks: list[Remark] = []
    for (iso3, year, _), found in grouped.items():
        remarks += _taken(filed[iso3, year], found, f"{iso3} {year}")
    for line in blank:
        if (line.iso3, line.year) in filed:
            filed[line.iso3, line.year].blank.add(line.key)
    return dict(filed), remarks


class _Reader:
    """The reading of one file, while it goes on."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        self.columns = columns
        self.lines: list[Line] = []
        self.remarks: list[Remark] = []
        self.said: set[tuple[str, Message]] = set()
        self.rows_read = 0

    def finish(self, titles: list[str]) -> Published:
        _, repeats = counts_of(self.lines)
        return Published(
            tuple(self.lines),
            tuple(titles),
            self.rows_read,
            (*self.remarks, *repeats),
        )

    def read(self, number: int, cells: list[str]) -> None:
        if not any(cells):
            return
        self.rows_read += 1
        place = self._place(number, cells)
        if place is None:
            return
        try:
            year = self._year(cells)
        except InvalidInput as refused:
            self._say(number, "Year", release.left_out(refused))
            return
        self._keep(number, cells, (place, year, self._value(number, cells)))

    def _keep(
        self, number: int, cells: list[str], found: tuple[Place, int, int | None]
    ) -> None:
        place, year, value = found
        iso3 = self._country(number, cells)
        key = self._key(number, cells, place)
        if iso3 and key:
            self.lines.append(
                Line(
                    number,
                    iso3,
                    self._cell(cells, "country"),
                    self._cell(cells, "region"),
                    self._cell(cells, "subregion"),
                    year,
                    key,
                    self._cell(cells, "category"),
                    value,
                    self._cell(cells, "source"),
                )
            )

    def _cell(self, cells: list[str], name: str) -> str:
        position = self.columns.get(name, len(cells))
        return cells[position] if position < len(cells) else ""

    def _say(self, row: int, name: str, said: Message) -> None:
        self.remarks.append(Remark(row, name, said))

    def _say_once(self, row: int, name: str, said: Message) -> None:
        if (name, said) not in self.said:
            self.said.add((name, said))
            self._say(row, name, said)

    def _place(self, number: int, cells: list[str]) -> Place | None:
        names = [self._cell(cells, n) for n in ("indicator", "dimension", "category")]
        group = group_of(*names[:2])
        place = place_of(*group, names[2]) if group else None
        if group is None or place is None:
            said = SAID.say("NO_TABLE", indicator=names[0], dimension=names[1])
            self._say_once(number, "Indicator", said)
            return None
        for name, given, read in zip(GROUP, names[:2], group, strict=True):
            if plain(given) != plain(read):
                self._say_once(number, name, release.read_as(given, read))
        if not place.row:
            said = SAID.say("NO_ROW", label=names[2], table=place.table)
            self._say_once(number, "Category", said)
        elif not place.is_exact:
            self._say_once(number, "Category", release.read_as(names[2], place.label))
        return place

    def _key(self, number: int, cells: list[str], place: Place) -> str:
        if not place.row:
            return f"{place.table}.?"
        if place.role != "sex":
            return place.key
        sex = SEXES.get(self._cell(cells, "sex").casefold(), "")
        if not sex:
            said = SAID.say("NO_SEX", word=self._cell(cells, "sex"))
            self._say(number, "Sex", said)
        return f"{place.table}.{sex}" if sex else ""

    def _year(self, cells: list[str]) -> int:
        text = self._cell(cells, "year")
        if WINDOW.match(text):
            msg = SAID.say("A_WINDOW", text=text)
            raise InvalidInput(msg)
        return release.year_of(text)

    def _value(self, number: int, cells: list[str]) -> int | None:
        text = self._cell(cells, "value")
        try:
            value = release.count_of(text)
        except InvalidInput as refused:
            said = SAID.say("LEFT_BLANK", why=refused.message)
            self._say(number, "VALUE", said)
            return None
        taken = release.taken(text, value)
        if taken:
            self._say(number, "VALUE", taken)
        return value

    def _country(self, number: int, cells: list[str]) -> str:
        iso3 = self._cell(cells, "iso3").upper()
        if not iso3:
            self._say(number, "Iso3_code", release.NO_COUNTRY)
        elif not is_country(iso3):
            self._say_once(number, "Iso3_code", release.unknown_country(iso3))
        return iso3


@cache
def is_country(iso3: str) -> bool:
    """Tell whether a code is one of ISO 3166 or in use beside it."""
    known = pycountry.countries.get(alpha_3=iso3) is not None
    return known or iso3 in CODES_BESIDE_ISO


def _taken(counts: Counts, found: list[Line], where: str) -> Iterator[Remark]:
    first = found[0]
    values = [line.value for line in found if line.value is not None]
    times = _times(first.key)
    if first.key.endswith(".?"):
        table = first.key.removesuffix(".?")
        counts.unknown.setdefault(table, {})[first.label] = values[0]
        times = 1
    else:
        counts.values[first.key] = tuple(values[:times])
    if len(values) <= times:
        return
    rows = release.together([line.row for line in found])
    if len(set(values)) == 1:
        said = SAID.say("REPEATED", rows=rows, label=first.label)
    else:
        said = SAID.say("DISPUTED", rows=rows, label=first.label)
        counts.disputed.add(first.key)
        if first.key.endswith(".?"):
            counts.unknown[first.key.removesuffix(".?")].pop(first.label)
    yield Remark(found[-1].row, where, said)


@cache
def _times(key: str) -> int:
    every = (p for group in places().values() for p in group.values())
    return max((p.times for p in every if p.key == key), default=1)
