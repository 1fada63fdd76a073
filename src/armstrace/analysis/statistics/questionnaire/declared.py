"""The tables of the questionnaire as ``data/tables.toml`` declares them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.rows import fill

ALL = "*"


class From(Code):
    """Where the cells of a table or a row come from."""

    RECORDS = "RECORDS", "counted from records"
    ENTERED = "ENTERED", "entered or loaded with its source"
    MIXED = "MIXED", "some rows counted, some entered"
    LISTED = "LISTED", "lines of their own"


class Measure(Code):
    """What a cell of a table adds up."""

    ITEMS = "ITEMS", "items"
    CASES = "CASES", "cases"
    QUANTITY = "QUANTITY", "pieces"
    ROUNDS = "ROUNDS", "rounds"


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One row of a table."""

    # Code of ours, unique in its table.
    code: str
    # Plain words of ours.
    label: str
    # UNODC's label by release, spelt as there; ``*`` where every release spells it so.
    # A column may have a label of its own.
    unodc: Mapping[str, str]
    # Codes of the rows that it adds up; empty for a leaf.
    sums: tuple[str, ...] = ()
    # Whether it holds what is not known of its dimension.
    is_unknown: bool = False
    origin: From = From.RECORDS
    # Whether none on record says nothing about the country.
    is_blank_at_zero: bool = False
    # Columns that it has a meaning in; empty for all.
    only: tuple[str, ...] = ()
    # Stored column without which none counted says nothing; empty where the row needs
    # none of its own.
    needs: str = ""

    def label_in(self, release: int, column: str = "") -> str:
        """Give UNODC's label in a release; empty where it has no such row.

        Args:
            release: Year of the release; an unknown one reads as the latest.
        """
        if column in self.unodc:
            return self.unodc[column]
        years = sorted(int(key) for key in self.unodc if key.isdigit())
        if years:
            before = [year for year in years if year <= release]
            return self.unodc[str(before[-1] if before else years[0])]
        return self.unodc.get(ALL, "")


@dataclass(frozen=True, slots=True)
class Population:
    """Which items a table counts."""

    # ``ARM``, ``PART``, ``AMMUNITION``, ``CASE`` or ``FATE``.
    items: str = ""
    # Whether it holds the items that count, or those left out.
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of the questionnaire."""

    # Such as ``B1`` or ``5.1``.
    table_id: str
    title: str
    rows: tuple[RowSpec, ...]
    # Codes of its columns: ways of recovery, sexes, ``TOTAL``.
    columns: tuple[str, ...]
    population: Population = Population()
    # What its rows divide by; empty for a table of totals.
    dimension: str = ""
    origin: From = From.RECORDS
    measure: Measure = Measure.ITEMS
    # Whether one item may stand in several rows.
    is_multiple: bool = False
    # Column that the others add up to; empty where none does.
    columns_sum: str = ""
    rule: str = ""
    note: str = ""
    # Whether the wording follows a published source.
    is_verified: bool = True
    # Where UNODC's release keeps it: ``indicator`` and ``dimension`` by column or row
    # code, ``*`` for all; empty where it does not.
    release: Mapping[str, Mapping[str, str]] | None = None

    def row(self, code: str) -> RowSpec | None:
        return next((row for row in self.rows if row.code == code), None)

    @property
    def leaves(self) -> tuple[RowSpec, ...]:
        """Rows that are filled and not summed."""
        return tuple(row for row in self.rows if not row.sums)

    def place_in_release(self, row: str, column: str) -> tuple[str, str]:
        """Give UNODC's indicator and dimension of a cell; empty where none."""
        if not self.release:
            return "", ""
        places = [
            next((named[key] for key in (column, row, ALL) if key in named), "")
            for named in (self.release["indicator"], self.release["dimension"])
        ]
        return places[0], places[1]


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """One check that the file asks for."""

    # Code, such as ``CK-03``.
    rule: str
    kind: str
    words: str
    # All that the file says of it.
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All tables and checks, and the version of the file."""

    version: str
    tables: tuple[TableSpec, ...]
    checks: tuple[CheckSpec, ...]
    significant_arms: int
    significant_rounds: int

    def table(self, table_id: str) -> TableSpec | None:
        return next((each for each in self.tables if each.table_id == table_id), None)


@cache
def questionnaire() -> Questionnaire:
    """Read the questionnaire that is shipped.

    Source:
        UNODC illicit arms flows questionnaire (2018); labels of the releases of
        17 June 2022 and 26 August 2024.
    """
    place = resources.files(__package__).joinpath("data/tables.toml")
    return questionnaire_of(place.read_text(encoding="utf-8"))


def questionnaire_of(text: str) -> Questionnaire:
    read = tomllib.loads(text)
    shared = {"rows": read.get("rows", {}), "populations": read["populations"]}
    return Questionnaire(
        read["version"],
        tuple(_table(each, shared) for each in read["table"]),
        tuple(fill(CheckSpec, each, options=each) for each in read.get("check", ())),
        read["significant"]["arms"],
        read["significant"]["rounds"],
    )


def _table(given: dict[str, Any], shared: dict[str, Any]) -> TableSpec:
    rows = given.get("row") or shared["rows"].get(given.get("rows_of", ""), [])
    origin = From[given.get("origin", "RECORDS")]
    leaves = [row["code"] for row in rows if "sum" not in row]
    return fill(
        TableSpec,
        given,
        table_id=given["id"],
        rows=_name_once(given["id"], tuple(_row(row, origin, leaves) for row in rows)),
        population=Population(
            **shared["populations"].get(given.get("population", ""), {})
        ),
        release={key: _require_named(value) for key, value in given["release"].items()},
    )


def _row(given: dict[str, Any], origin: From, leaves: list[str]) -> RowSpec:
    sums = given.get("sum", ())
    counted = From.RECORDS if origin is From.MIXED else origin
    return fill(
        RowSpec,
        {"origin": counted, **given},
        unodc=_require_named(given["unodc"]),
        sums=tuple(leaves) if sums == "ALL" else tuple(sums),
    )


def _require_named(given: str | dict[str, str]) -> Mapping[str, str]:
    return {ALL: given} if isinstance(given, str) else dict(given)


def _name_once(table_id: str, rows: tuple[RowSpec, ...]) -> tuple[RowSpec, ...]:
    codes = [row.code for row in rows]
    wrong = {code for code in codes if codes.count(code) > 1}
    wrong |= {code for row in rows for code in row.sums} - set(codes)
    if wrong:
        msg = f"Table {table_id}: row {', '.join(sorted(wrong))} is named wrongly."
        raise ValueError(msg)
    return rows
