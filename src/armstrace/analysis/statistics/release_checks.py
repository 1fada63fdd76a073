"""Counts of UNODC's questionnaire that say the same thing in two places."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from armstrace.analysis.statistics import release
from armstrace.analysis.statistics.release_rows import SHARED_TOTAL, Counts
from armstrace.analysis.statistics.tables import (
    LEAVES,
    NOT_UNIQUE_LEAVES,
    UNIQUE_LEAVES,
)
from armstrace.vocabulary.packaged import read_rows

TYPES = (
    "PISTOL", "REVOLVER", "RIFLE", "SHOTGUN", "MACHINE_GUN", "SUBMACHINE_GUN", "OTHER",
    "UNKNOWN",
)  # fmt: skip
PLACES = ("LAND_BORDER", "SEAPORT", "AIRPORT", "INLAND", "OTHER", "UNKNOWN")
CONTEXTS = (
    "TRAFFICKING", "ARMS_OFFENCES", "VIOLENT", "DRUGS", "OTHER_TRAFFICKING",
    "ORGANISED", "TERRORISM", "OTHER",
)  # fmt: skip
TRACING = {"SEIZED": "5.1", "FOUND": "5.2", "SURRENDERED": "5.3"}
# What the sums of a check say where a tracing table is added up.
BY_SUBTOTALS = "by subtotals"
DISPUTED = "a row is repeated with another count"
NO_ARM = "more instances than arms: some may be of parts or ammunition alone"
BLANK = "a row is blank or was refused"


@dataclass(frozen=True, slots=True)
class Told:
    """One side of a check."""

    # The count; None where nothing is filed or a row is in doubt.
    value: int | None
    # Why the side cannot be told; empty where it can.
    doubt: str = ""

    @property
    def is_filed(self) -> bool:
        """Whether any row of the side stands in the file."""
        return self.value is not None or bool(self.doubt)


@dataclass(frozen=True, slots=True)
class CountryYear:
    """What one country filed for one year, ready to be compared."""

    iso3: str
    year: int
    counts: Counts

    def value(self, key: str) -> int | None:
        """Give the count of a key; None where blank, disputed or undecided."""
        if key not in ("C1.TOTAL", "5.1.TOTAL"):
            return self.counts.value(key)
        filed = self.counts.value(key)
        return self._total_of_both(key) if filed is None else filed

    def told(self, *keys: str) -> Told:
        """Sum the counts of keys, where none of them is in doubt."""
        doubt = self._doubt(*keys)
        if doubt:
            return Told(None, doubt)
        found = [self.value(key) for key in keys]
        known = [value for value in found if value is not None]
        return Told(sum(known) if known else None)

    def told_total(self, table: str, rows: Iterable[str]) -> Told:
        """Sum rows of a table, where none of them is in doubt."""
        every = tuple(rows)
        doubt = self._doubt(*(f"{table}.{row}" for row in (*every, "?")))
        return Told(None, doubt) if doubt else Told(self.total(table, every))

    def total(self, table: str, rows: Iterable[str]) -> int | None:
        """Sum rows of a table; None where none is filed.

        Rows under labels that the questionnaire does not have belong to their
        table, and count.
        """
        found = [self.counts.value(f"{table}.{row}") for row in rows]
        found += list(self.counts.unknown.get(table, {}).values())
        filed = [value for value in found if value is not None]
        return sum(filed) if filed else None

    def _doubt(self, *keys: str) -> str:
        shared = {"C1.TOTAL", "5.1.TOTAL"} & set(keys)
        every = {*keys, *((SHARED_TOTAL,) if shared else ())}
        if every & self.counts.disputed:
            return DISPUTED
        return BLANK if every & self.counts.blank else ""

    def _total_of_both(self, key: str) -> int | None:
        """Tell the total of tracing from that of places; both stand under one label."""
        totals = list(self.counts.values.get(SHARED_TOTAL, ()))
        places = self.total("C1", PLACES)
        rows = (*(cell.value for cell in LEAVES), "U", "N")
        every = {row: self.counts.value(f"5.1.{row}") for row in rows}
        filed = {row: value for row, value in every.items() if value is not None}
        given = [] if places is None else [places]
        tracing, doubt = release.tracing_total(totals, given, filed)
        if key == "5.1.TOTAL":
            return tracing if filed else None
        if doubt:
            return None
        if tracing is not None and tracing in totals and filed:
            totals.remove(tracing)
        return totals[0] if len(set(totals)) == 1 else None


type Side = tuple[str, Told]
type Make = Callable[[CountryYear], tuple[Side, Side]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that filed tables keep."""

    code: str
    words: str
    # Gives its two sides; a side that is None is blank.
    make: Make
    # Whether the first side may be smaller than the second.
    at_most: bool = False


def _sides(row: Mapping[str, str]) -> Make:
    """Give both sides of a check that ``release_checks.tsv`` declares."""

    def make(filed: CountryYear) -> tuple[Side, Side]:
        left = row["left"], _told(filed, row["sums"])
        return left, (row["right"], filed.told(row["against"]))

    return make


def _told(filed: CountryYear, sums: str) -> Told:
    """Add up rows of a table (``C1: LAND_BORDER SEAPORT``); give one by its key."""
    table, _, rows = sums.partition(": ")
    if rows == BY_SUBTOTALS:
        return _tracing_sum(filed, table)
    return filed.told_total(table, rows.split()) if rows else filed.told(table)


def _tracing_sum(filed: CountryYear, table: str) -> Told:
    """Add up the subtotals as filed, or their leaves where they are blank."""
    return _sum(
        (
            _subtotal(filed, table, "U", UNIQUE_LEAVES),
            _subtotal(filed, table, "N", NOT_UNIQUE_LEAVES),
            filed.told(f"{table}.K"),
        )
    )


def _subtotal(filed: CountryYear, table: str, code: str, leaves: Iterable[str]) -> Told:
    own = filed.told(f"{table}.{code}")
    return own if own.is_filed else filed.told_total(table, leaves)


def _sum(parts: Iterable[Told]) -> Told:
    every = tuple(parts)
    doubt = next((part.doubt for part in every if part.doubt), "")
    known = [part.value for part in every if part.value is not None]
    return Told(sum(known) if known and not doubt else None, doubt)


def _most_of_contexts(filed: CountryYear) -> tuple[Side, Side]:
    rows = [filed.told(f"C3.{row}") for row in CONTEXTS]
    doubt = _sum(rows).doubt
    known = [row.value for row in rows if row.value is not None]
    most = Told(max(known) if known and not doubt else None, doubt)
    return ("largest context", most), ("arms seized", filed.told("A2.SEIZED.TOTAL"))


def _instances_where_items(filed: CountryYear) -> tuple[Side, Side]:
    items, instances = filed.told("A2.SEIZED.TOTAL"), filed.told("A1.INSTANCES")
    one = Told(1 if items.value else None, items.doubt)
    return ("one, as arms were seized", one), ("instances", instances)


def _instances_among_items(filed: CountryYear) -> tuple[Side, Side]:
    """Hold instances against arms, parts and rounds: one may be of any of them.

    Source:
        UNODC illicit arms flows questionnaire, validation: instances are no
        more than items seized.
    """
    instances, arms = filed.told("A1.INSTANCES"), filed.told("A2.SEIZED.TOTAL")
    others = filed.told("A3.TOTAL", "A4.TOTAL")
    left = ("instances", instances)
    if None in (instances.value, arms.value):
        return left, ("arms seized", arms)
    more = (instances.value or 0) - (arms.value or 0)
    if more <= 0:
        return left, ("arms seized", arms)
    if others.doubt or more <= (others.value or 0):
        return left, ("items seized", Told(None, others.doubt or NO_ARM))
    every = (arms.value or 0) + (others.value or 0)
    return left, ("items seized", Told(every))


AT_MOST: Mapping[str, Make] = {
    "CONTEXTS": _most_of_contexts,
    "INSTANCES": _instances_among_items,
    "AN_INSTANCE": _instances_where_items,
}
CHECKS = tuple(
    Check(
        row["code"],
        row["words"],
        AT_MOST.get(row["code"]) or _sides(row),
        at_most=row["code"] in AT_MOST,
    )
    for row in read_rows(__package__, "release_checks.tsv")
)
