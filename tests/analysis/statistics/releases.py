"""Published tables of an invented country, row by row."""

from dataclasses import dataclass

from armstrace.analysis.statistics import release_rows, world


@dataclass(frozen=True)
class Read:
    """A published table as it is read, and the tracing tables in it."""

    years: dict
    remarks: tuple
    rows_read: int


def read(rows):
    published = release_rows.read_rows(rows)
    years = world.registers_of(published.lines)
    return Read(years, published.remarks, published.rows_read)


COUNTRY = ["Iso3_code", "Country", "Region", "Subregion"]
PLACE = ["Indicator", "Dimension", "Category", "Sex", "Age", "Year"]
HEADER = [*COUNTRY, *PLACE, "Unit of measurement", "VALUE", "Source"]


def a_row(indicator, dimension, category, value, **changes):
    """Give a row of the invented country, with overrides by heading."""
    named = dict.fromkeys(HEADER, "na") | {
        "Iso3_code": "UTO",
        "Country": "Utopia",
        "Region": "Nowhere",
        "Subregion": "",
        "Indicator": indicator,
        "Dimension": dimension,
        "Category": category,
        "Year": 2018,
        "Unit of measurement": "Counts",
        "VALUE": value,
        "Source": "IAFQ",
    }
    return list((named | changes).values())


def a_type(category, value, **changes):
    return a_row("Arms seized", "by type", category, value, **changes)


def a_total(value, **changes):
    return a_row("Arms seized", "Total", "Total", value, **changes)
