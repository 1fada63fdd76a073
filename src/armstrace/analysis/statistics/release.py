"""Read UNODC's published long table of the illicit arms flows questionnaire.

Takes rows of cells, from a workbook with its title rows or from a bare CSV.
What cannot be understood is named with its row; the rest is read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pycountry

from armstrace.analysis.statistics import release_labels, release_remarks
from armstrace.analysis.statistics.release_remarks import Remark
from armstrace.analysis.statistics.tables import (
    LEAVES,
    NOT_UNIQUE_LEAVES,
    UNIQUE_LEAVES,
    CellTable,
    YearTables,
)
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import NOTHING, Message, join, message
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.vocabulary.tracing import TracingCell

FIRST_YEAR, LAST_YEAR = 1950, 2100
BLANK = frozenset({"", "-", "..", "...", "na", "n/a", "nan", "none", "null"})
CODES_BESIDE_ISO = frozenset({"XKX"})


@dataclass(frozen=True, slots=True)
class Release:
    """The tracing tables of all countries in a published table.

    Args:
        years: Tracing tables by ISO code of the country and year.
        countries: Name of each country as published.
        rows_read: Rows below the header, blank ones left aside.
        rows_used: Rows that a tracing table was read from.
        remarks: What was not plain.
    """

    years: Mapping[str, Mapping[int, YearTables]]
    countries: Mapping[str, str]
    rows_read: int
    rows_used: int
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Filed:
    """What one country filed for one year and way of recovery."""

    cells: defaultdict[str, list[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    totals: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


type Row = Sequence[object]
type Key = tuple[str, int, Acquisition]


def read_release(rows: Iterable[Row]) -> Release:
    """Read the tracing tables 5.1 to 5.3 from a published long table.

    Args:
        rows: Rows of cells from the top of the sheet, titles included; a cell
            is text, a number, a date or None.

    Raises:
        InvalidInput: No row is the header of the published table.

    Source:
        UNODC data portal, illicit arms flows questionnaire, long form.
    """
    numbered = enumerate(rows, start=1)
    columns = _find_header(numbered)
    reader = _Reader(columns)
    for number, row in numbered:
        cells = texts_of(row)
        if any(cells):
            reader.read(number, cells)
    return reader.release()


def count_of(text: str) -> int | None:
    """Read a count; a blank is None, never 0.

    Args:
        text: The cell as text; ``1,234``, ``1 234`` and ``12.0`` are counts.

    Raises:
        InvalidInput: It is not a whole number of at least 0.
    """
    if text.casefold() in BLANK:
        return None
    grouped = re.fullmatch(r"\d{1,3}(?:[,   ’']\d{3})+", text)
    bare = re.sub(r"\D", "", text) if grouped else re.sub(r"\.0+$", "", text)
    if not re.fullmatch(r"[0-9]+", bare):
        raise InvalidInput(message("“%(text)s” is not a count", text=text))
    return int(bare)


def _find_header(numbered: Iterable[tuple[int, Row]]) -> dict[str, int]:
    for number, row in numbered:
        columns = release_labels.columns_of(texts_of(row))
        if columns:
            return columns
        if number >= release_remarks.HEADER_WITHIN:
            break
    raise InvalidInput(release_remarks.no_header(), field="header")


def texts_of(row: Row) -> list[str]:
    """Give the cells of a row as text; an empty one as an empty text."""
    return ["" if cell is None else str(cell).strip() for cell in row]


class _Reader:
    """The reading of one file, while it goes on."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        self.columns = columns
        self.filed: defaultdict[Key, _Filed] = defaultdict(_Filed)
        self.countries: dict[str, str] = {}
        self.remarks: list[Remark] = []
        self.misspelt: set[str] = set()
        self.rows_read = 0
        self.rows_used = 0

    def read(self, number: int, cells: list[str]) -> None:
        self.rows_read += 1
        kind = release_labels.INDICATORS.get(
            release_labels.plain(self._cell(cells, "indicator"))
        )
        if kind is None:
            return
        place = self._place(number, cells)
        if not place:
            return
        try:
            year = year_of(self._cell(cells, "year"))
            value = count_of(self._cell(cells, "value"))
        except InvalidInput as refused:
            self._remark(number, "year or value", release_remarks.left_out(refused))
            return
        said = release_remarks.taken(self._cell(cells, "value"), value)
        if said:
            self._remark(number, "VALUE", said)
        iso3 = self._country(number, cells)
        if iso3 and value is not None:
            self.rows_used += 1
            self._keep(self.filed[iso3, year, kind], place, (value, number))

    def release(self) -> Release:
        years: defaultdict[str, dict[int, YearTables]] = defaultdict(dict)
        by_year: defaultdict[tuple[str, int], dict[Acquisition, CellTable]]
        by_year = defaultdict(dict)
        for key in sorted(self.filed):
            table = self._table(key, self.filed[key])
            if table is not None:
                by_year[key[0], key[1]][key[2]] = table
        for (iso3, year), tables in by_year.items():
            years[iso3][year] = YearTables(year, tables)
        return Release(
            dict(years),
            self.countries,
            self.rows_read,
            self.rows_used,
            tuple(self.remarks),
        )

    def _cell(self, cells: list[str], name: str) -> str:
        position = self.columns.get(name, len(cells))
        return cells[position] if position < len(cells) else ""

    def _remark(self, row: int, name: str, said: Message) -> None:
        self.remarks.append(Remark(row, name, said))

    def _place(self, number: int, cells: list[str]) -> str:
        label = self._cell(cells, "category")
        place = release_labels.place_of(label)
        dimension = release_labels.plain(self._cell(cells, "dimension"))
        if place.code in {"C1", "T"} and not (
            dimension == "by location" or "trac" in dimension
        ):
            return ""
        if place.is_tracing and not place.is_exact and label not in self.misspelt:
            self.misspelt.add(label)
            self._remark(number, "Category", release_remarks.label_read(label, place))
        # A total that the publisher files under tracing needs no deciding.
        return "T5" if place.code == "T" and "trac" in dimension else place.code

    def _country(self, number: int, cells: list[str]) -> str:
        iso3 = self._cell(cells, "iso3").upper()
        if not iso3:
            self._remark(number, "Iso3_code", release_remarks.NO_COUNTRY)
            return ""
        if iso3 not in self.countries:
            self.countries[iso3] = self._cell(cells, "country")
            known = pycountry.countries.get(alpha_3=iso3) is not None
            if not known and iso3 not in CODES_BESIDE_ISO:
                self._remark(number, "Iso3_code", release_remarks.unknown_country(iso3))
        return iso3

    def _keep(self, filed: _Filed, place: str, found: tuple[int, int]) -> None:
        if place == "T":
            filed.totals.append(found[0])
        elif place == "C1":
            filed.places.append(found[0])
        else:
            filed.cells[place].append(found)

    def _table(self, key: Key, filed: _Filed) -> CellTable | None:
        if not filed.cells and (filed.places or not filed.totals):
            return None
        problem = self._repeats(key, filed)
        values = {code: found[0][0] for code, found in filed.cells.items()}
        leaves = {cell: values[cell.value] for cell in LEAVES if cell.value in values}
        total = values.get("T5")
        if total is None:
            total, doubt = tracing_total(filed.totals, filed.places, values)
            if doubt:
                self._remark(0, _name_table(key), doubt)
        return CellTable(
            leaves, values.get("U"), values.get("N"), total, problem=problem
        )

    def _repeats(self, key: Key, filed: _Filed) -> Message:
        problem = NOTHING
        for code, found in filed.cells.items():
            if len(found) == 1:
                continue
            rows = release_remarks.together([number for _, number in found])
            if len({value for value, _ in found}) == 1:
                said = message(
                    "Rows %(rows)s repeat the count of %(cell)s; it is taken once.",
                    rows=rows,
                    cell=code,
                )
            else:
                said = message(
                    "Rows %(rows)s give different counts of %(cell)s.",
                    rows=rows,
                    cell=code,
                )
                problem = join([said, message("The table is left out.")])
            self._remark(found[-1][1], _name_table(key), said)
        return problem


def tracing_total(
    totals: Sequence[int], places: Sequence[int], values: Mapping[str, int]
) -> tuple[int | None, Message]:
    """Tell the total of the tracing table from that of the places.

    Both stand under “by location / Total”. The one that equals the sum of the
    place rows is the places'; where that does not decide, neither is used.

    Args:
        totals: Values of the rows so labelled, none to several.
        places: Values of the rows on place.
        values: Values of the tracing table, by cell or ``U`` and ``N``.

    Returns:
        The total of the tracing table, None where there is none or it is not
        decided; and the doubt, which says nothing where there is none.
    """
    left = list(totals)
    if not left or not values:
        return (left[0] if len(set(left)) == 1 and not places else None), NOTHING
    filed = _tracing_sum(values)
    if len(left) == 1:
        return _lone_total(left[0], sum(places), filed, has_places=bool(places))
    if places and sum(places) in left:
        left.remove(sum(places))
    elif filed in left:
        return filed, NOTHING
    if len(set(left)) == 1:
        return left[0], NOTHING
    return None, message(
        "Which of the totals %(totals)s belongs to tracing is not decided.",
        totals=release_remarks.together(totals),
    )


def _lone_total(
    total: int, places: int, filed: int, *, has_places: bool
) -> tuple[int | None, Message]:
    if not has_places or total == filed:
        return total, NOTHING
    if total == places:
        return None, NOTHING
    return None, message(
        "Whether the total %(total)s belongs to tracing is not decided.", total=total
    )


def _tracing_sum(values: Mapping[str, int]) -> int:
    unique = sum(values.get(cell.value, 0) for cell in UNIQUE_LEAVES)
    others = sum(values.get(cell.value, 0) for cell in NOT_UNIQUE_LEAVES)
    return (
        values.get("U", unique)
        + values.get("N", others)
        + values.get(TracingCell.K.value, 0)
    )


def year_of(text: str) -> int:
    """Read one year.

    Raises:
        InvalidInput: It is not one year.
    """
    bare = re.sub(r"\.0+$", "", text)
    if not re.fullmatch(r"[0-9]{4}", bare) or not FIRST_YEAR <= int(bare) <= LAST_YEAR:
        raise InvalidInput(message("“%(text)s” is not one year", text=text))
    return int(bare)


def _name_table(key: Key) -> str:
    iso3, year, kind = key
    return f"{iso3} {year}, arms {kind.label}"
