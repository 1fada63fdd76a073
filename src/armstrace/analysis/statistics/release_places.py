"""The labels of UNODC's published table, and those near to them, with their place."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import OSA

from armstrace.vocabulary.packaged import read_rows

COLUMNS = {
    "iso3 code": "iso3",
    "iso3": "iso3",
    "iso code": "iso3",
    "country": "country",
    "region": "region",
    "subregion": "subregion",
    "indicator": "indicator",
    "dimension": "dimension",
    "category": "category",
    "sex": "sex",
    "age": "age",
    "year": "year",
    "unit of measurement": "unit",
    "value": "value",
    "source": "source",
}
NEEDED = ("iso3", "indicator", "dimension", "category", "year", "value")
# Words that turn a label into another one; a near label must agree on all.
TURNING = frozenset(
    {"not", "no", "total", "legitimate", "illegitimate", "national", "foreign"}
)
CLOSE, APART = 0.86, 0.06
SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label of the published table stands."""

    # Such as ``B1.SEIZED`` or ``5.2``; empty where the indicator and dimension are not
    # known.
    table: str
    # Code of the row; empty where the label is not known.
    row: str
    # ``leaf``, ``total``, ``subtotal``, ``each`` (several may hold for one arm) or
    # ``sex``.
    role: str
    # How often the publisher prints rows under this label.
    times: int
    label: str
    is_exact: bool = True

    @property
    def key(self) -> str:
        """Table and row in one word."""
        return f"{self.table}.{self.row}"


@cache
def places() -> Mapping[tuple[str, str], Mapping[str, Place]]:
    """Read the labels of all tables: indicator and dimension, then category."""
    found: defaultdict[tuple[str, str], dict[str, Place]] = defaultdict(dict)
    for row in read_rows(__package__, "release_tables.tsv"):
        group = plain(row["indicator"]), plain(row["dimension"])
        own = row["table"], row["row"], row["role"], int(row["times"])
        found[group][plain(row["category"])] = Place(*own, row["category"])
    return dict(found)


@cache
def groups() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Give the spelling of each indicator and dimension, by their plain forms."""
    found: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in read_rows(__package__, "release_tables.tsv"):
        names = row["indicator"], row["dimension"]
        found[plain(names[0])][plain(names[1])] = names
    return dict(found)


@cache
def group_of(indicator: str, dimension: str) -> tuple[str, str] | None:
    """Find a table's indicator and dimension as the publisher spells them.

    Returns:
        Both as spelt; a misspelt one only where one is nearest; None where
        there is no such table.
    """
    known = groups()
    dimensions = known.get(_read(plain(indicator), known), {})
    return dimensions.get(_read(plain(dimension), dimensions))


@cache
def place_of(indicator: str, dimension: str, category: str) -> Place | None:
    """Find where a label stands; a misspelt one only where one is nearest.

    Args:
        indicator: As ``group_of`` spells it.

    Returns:
        The place; without a row where the label is none of its table's, None
        where there is no such table.
    """
    known = places().get((plain(indicator), plain(dimension)))
    if known is None:
        return None
    key = plain(category)
    read = _read(key, known)
    if not read:
        table = next(iter(known.values())).table
        return Place(table, "", "leaf", 1, category, is_exact=False)
    return known[read] if read == key else replace(known[read], is_exact=False)


def _read(key: str, known: Collection[str]) -> str:
    """Give the known label that is meant; empty where none is clearly nearest."""
    if key in known or not known:
        return key if key in known else ""
    slips = [each for each in known if _slips(key, each)]
    nearest = slips[0] if len(slips) == 1 else "" if slips else _nearest(key, known)
    agrees = TURNING & set(key.split()) == TURNING & set(nearest.split())
    return nearest if agrees else ""


def _slips(key: str, label: str) -> bool:
    """Tell whether one letter is changed, added, lost or swapped with the next."""
    if min(len(key), len(label)) < SHORTEST:
        return False
    spelt = (key, key.removesuffix("s"))
    return any(OSA.distance(each, label, score_cutoff=1) <= 1 for each in spelt)


def _nearest(key: str, known: Collection[str]) -> str:
    scored = sorted(
        ((difflib.SequenceMatcher(None, key, each).ratio(), each) for each in known),
        reverse=True,
    )
    (best, nearest), *others = scored
    second = others[0][0] if others else 0.0
    return nearest if best >= CLOSE and best - second >= APART else ""


def plain(text: str) -> str:
    """Reduce a label to lower-case words, so that small differences go."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", folded))


def columns_of(cells: list[str]) -> dict[str, int]:
    """Find the columns of a header row by their headings, in any order.

    Returns:
        Field to position; empty where the row is not the header.
    """
    found: dict[str, int] = {}
    for position, cell in enumerate(cells):
        name = COLUMNS.get(plain(cell))
        if name is not None:
            found.setdefault(name, position)
    return found if all(name in found for name in NEEDED) else {}
