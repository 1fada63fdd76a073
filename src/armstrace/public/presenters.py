"""Published tables in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pycountry
from django.conf import settings
from django.utils.translation import gettext, ngettext

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
class Publisher:
    """Whose statistics these are: State, authority, how to reach it, on what terms."""

    country: str
    authority: str
    contact: str
    licence: str


def methods(published: Sequence[queries.PublishedYear]) -> tuple[dict[str, Any], ...]:
    """Give the methods of the published years, each as its newest year says it."""
    found: dict[str, dict[str, Any]] = {}
    for page in published:
        for each in indicator(page.content):
            found.setdefault(each["method"], each)
    return tuple(found.values())


def series(
    published: Sequence[queries.PublishedYear],
) -> list[tuple[int, list[Mapping[str, Any] | None]]]:
    """Give each published year with its figure by each method; None for no such."""
    names = [each["method"] for each in methods(published)]
    rows = []
    for page in published:
        figures = {each["method"]: each for each in page.content["indicator"]}
        rows.append((page.year, [figures.get(name) for name in names]))
    return rows


def publisher() -> Publisher:
    """Name the State, and who publishes for it."""
    code = settings.HOME_COUNTRY
    found = pycountry.countries.get(alpha_2=code) if code else None
    name = getattr(found, "common_name", found.name) if found else ""
    invented = gettext("an invented country, for demonstration")
    return Publisher(
        name or (invented if code == INVENTED else code),
        settings.AUTHORITY,
        settings.AUTHORITY_CONTACT,
        settings.LICENCE,
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
        ngettext(
            "At least %(arms)s arm is on record for %(year)s; %(share)s",
            "At least %(arms)s arms are on record for %(year)s; %(share)s",
            arms,
        )
        if None in given
        else ngettext(
            "%(arms)s arm is on record for %(year)s; %(share)s",
            "%(arms)s arms are on record for %(year)s; %(share)s",
            arms,
        )
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


def tables(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_table(each) for each in content["tables"]]


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    leaves = [row for row in table["rows"] if not row["is_sum"]]
    counts = [cell["value"] or 0 for row in leaves for cell in row["cells"]]
    most = max(counts, default=0) if len(leaves) > 1 else 0
    return {
        **table,
        "title": gettext(table["title"]),
        "note": gettext(table["note"]) if table["note"] else "",
        "columns": [_column(code) for code in table["columns"]],
        "rows": [
            {
                **row,
                "label": gettext(row["label"]),
                "cells": [
                    _cell(cell, 0 if row["is_sum"] else most) for cell in row["cells"]
                ],
            }
            for row in table["rows"]
        ],
    }


def _cell(cell: Mapping[str, Any], most: int) -> dict[str, Any]:
    value = cell["value"]
    bar = round(BAR * value / most, 1) if value and most else 0.0
    return {
        "value": value,
        "why": _why(cell["why"]) if value is None else "",
        "bar": bar,
    }


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
