"""The labels of UNODC's published table, read as they are misspelt."""

import re
import unicodedata

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
