"""The labels of UNODC's published table, read as they are misspelt."""

import csv
import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from armstrace.vocabulary.recoveries import Acquisition

INDICATORS = {
    "arms seized": Acquisition.SEIZED,
    "arms found": Acquisition.FOUND,
    "arms surrendered": Acquisition.SURRENDERED,
}
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
CLOSE = 0.93
APART = 0.02
TRACING_WORDS = ("identifiable", "tracing", "registry", "regarding marking")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands: a tracing cell, a subtotal, or a place row.

    Args:
        code: A tracing cell, or ``U``, ``N``, ``T``, ``C1``; empty where the
            label belongs to another table or is not understood.
        label: The label as UNODC spells it.
        is_exact: Whether it was spelt so.
        is_tracing: Whether it speaks of tracing, understood or not.
    """

    code: str
    label: str
    is_exact: bool
    is_tracing: bool


def plain(text: str) -> str:
    """Reduce a label to lower-case words, so that small differences go.

    Args:
        text: Heading or label as written.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", folded))


@cache
def place_of(label: str) -> Place:
    """Find where a label of the tracing table stands.

    A misspelt label is read only where one known label is clearly nearest;
    “ilegitimate” is as near to legitimate as to illegitimate, so it is refused.

    Source:
        UNODC illicit arms flows questionnaire, tables C1 and 5.1-5.3.
    """
    known = known_labels()
    key = plain(label)
    is_tracing = any(word in key for word in TRACING_WORDS)
    if key in known:
        return Place(*known[key], is_exact=True, is_tracing=is_tracing)
    if not is_tracing:
        return Place("", label, is_exact=False, is_tracing=False)
    nearest = _nearest(key, tuple(known))
    if not nearest:
        return Place("", label, is_exact=False, is_tracing=True)
    return Place(*known[nearest], is_exact=False, is_tracing=True)


@cache
def known_labels() -> dict[str, tuple[str, str]]:
    """Read the known labels: plain form to code and UNODC's spelling."""
    source = resources.files(__package__).joinpath("tracing_labels.tsv")
    with source.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return {plain(row["label"]): (row["place"], row["label"]) for row in rows}


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


def _nearest(key: str, known: tuple[str, ...]) -> str:
    scored = sorted(
        ((difflib.SequenceMatcher(None, key, each).ratio(), each) for each in known),
        reverse=True,
    )
    (best, nearest), (second, _) = scored[:2]
    if best < CLOSE or best - second < APART:
        return ""
    agrees = TURNING & set(key.split()) == TURNING & set(nearest.split())
    return nearest if agrees else ""
