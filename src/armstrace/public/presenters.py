"""Published tables in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pycountry
from django.utils.translation import gettext

from armstrace.analysis.statistics.publishing import WITHHELD
from armstrace.analysis.statistics.questionnaire.filled import WhyBlank
from armstrace.indicators import queries
from armstrace.translation import translate
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.recoveries import Acquisition

THIN = "\u202f"
BAR = 100.0
INVENTED = "XV"


@dataclass(frozen=True, slots=True)
class PublicCell:
    """A published cell: a count, or why there is none; and the length of its bar."""

    count: str
    why: str
    bar: float


@dataclass(frozen=True, slots=True)
class PublicRow:
    label: str
    is_sum: bool
    cells: tuple[PublicCell, ...]


@dataclass(frozen=True, slots=True)
class PublicTable:
    table_id: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[PublicRow, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose statistics these are: State, authority, how to reach it, on what terms."""

    country: str
    authority: str
    contact: str
    licence: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A year with the indicator by each method that any year has; None for no such."""

    year: int
    figures: tuple[Mapping[str, Any] | None, ...]


def methods(published: Sequence[queries.PublishedYear]) -> tuple[dict[str, Any], ...]:
    """Give the methods of the published years, each as its newest year says it."""
    found: dict[str, dict[str, Any]] = {}
    for page in published:
        for each in indicator(page.content):
            found.setdefault(each["method"], each)
    return tuple(found.values())


def series(published: Sequence[queries.PublishedYear]) -> tuple[SeriesRow, ...]:
    """Give the indicator of each published year, by each method."""
    names = [each["method"] for each in methods(published)]
    rows = []
    for page in published:
        figures = {each["method"]: each for each in page.content["indicator"]}
        rows.append(SeriesRow(page.year, tuple(map(figures.get, names))))
    return tuple(rows)


def publisher(
    code: str, authority: str, contact: str, *, licence: str = ""
) -> Publisher:
    """Name the State by its ISO 3166 code, and who publishes for it."""
    found = pycountry.countries.get(alpha_2=code) if code else None
    name = getattr(found, "common_name", found.name) if found else ""
    invented = gettext("an invented country, for demonstration")
    return Publisher(
        name or (invented if code == INVENTED else code), authority, contact, licence
    )


def summary(content: Mapping[str, Any]) -> str:
    """Say in a sentence what the year holds where the indicator is withheld."""
    if any(one["value"] is not None for one in content["indicator"]):
        return ""
    given = [
        cell["value"]
        for table in content["tables"]
        if table["id"] == "A2"
        for row in table["rows"]
        if row["is_sum"] or len(table["rows"]) == 1
        for cell in row["cells"]
    ]
    share = (
        gettext("the share that was traced is withheld, as its counts are small.")
        if any(one["why"] for one in content["indicator"])
        else gettext("no share that was traced can be computed.")
    )
    arms = sum(value for value in given if value is not None)
    said = (
        gettext("At least %(arms)s arms are on record for %(year)s; %(share)s")
        if None in given
        else gettext("%(arms)s arms are on record for %(year)s; %(share)s")
    )
    return said % {"arms": _thin(arms), "year": content["year"], "share": share}


def indicator(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the indicator by each method, what it counts in the reader's words."""
    return [
        {
            **each,
            "sentence": translate(Message.read(each["sentence"])),
            "warning": translate(Message.read(each["warning"]))
            if each["warning"]
            else "",
        }
        for each in content["indicator"]
    ]


def tables(content: Mapping[str, Any]) -> tuple[PublicTable, ...]:
    """Lay out the tables of a published year."""
    return tuple(_table(each) for each in content["tables"])


def _table(table: Mapping[str, Any]) -> PublicTable:
    counts = [
        cell["value"] or 0
        for row in table["rows"]
        if not row["is_sum"]
        for cell in row["cells"]
    ]
    rows = [row for row in table["rows"] if not row["is_sum"]]
    most = max(counts, default=0) if len(rows) > 1 else 0
    return PublicTable(
        table["id"],
        gettext(table["title"]),
        gettext(table["note"]) if table["note"] else "",
        tuple(_column(code) for code in table["columns"]),
        tuple(
            PublicRow(
                gettext(row["label"]),
                row["is_sum"],
                tuple(_cell(cell, most, row["is_sum"]) for cell in row["cells"]),
            )
            for row in table["rows"]
        ),
    )


def _cell(cell: Mapping[str, Any], most: int, is_sum: object) -> PublicCell:
    value = cell["value"]
    if value is None:
        return PublicCell("", _why(cell["why"]), 0.0)
    bar = 0.0 if is_sum or not most else BAR * value / most
    return PublicCell(_thin(value), "", round(bar, 1))


def _thin(value: int) -> str:
    return f"{value:,}".replace(",", THIN)


def _why(code: str) -> str:
    if code == WITHHELD:
        return gettext("withheld")
    known = code in WhyBlank.__members__
    return gettext(WhyBlank[code].label) if known else gettext("blank")


def _column(code: str) -> str:
    known = code in Acquisition.__members__
    return gettext(Acquisition[code].label).capitalize() if known else gettext("Total")
