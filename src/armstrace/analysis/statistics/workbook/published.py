"""The return in the long layout in which UNODC publishes the questionnaire.

Labels are spelt as UNODC spells them, so that whoever reads its release reads
this. A blank cell has no row: the release leaves out what was not reported.
"""

import io
from collections.abc import Iterator
from datetime import date

import pycountry

from armstrace.analysis.statistics.questionnaire.filled import Cell, ReturnFilled, Table
from armstrace.analysis.statistics.workbook.cells import Book, Sheet, SheetCell, line
from armstrace.vocabulary import spreadsheets

HEADINGS = (
    "Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category",
    "Sex", "Age", "Year", "Unit of measurement", "VALUE", "Source",
)  # fmt: skip
LABELS_OF = 2024  # the release whose spelling is used
SEXES = {"MALE": "Male", "FEMALE": "Female", "UNKNOWN": "Unknown", "TOTAL": "Total"}
OF_PERSONS = "Individuals"
SOURCE = "IAFQ"
SHEET = "data_iafq_firearms_trafficking"

type Row = tuple[str | int, ...]


def rows_of(filled: ReturnFilled) -> Iterator[Row]:
    """Give the rows of a return under ``HEADINGS``.

    Source:
        UNODC data portal, illicit arms flows questionnaire, long form; labels
        of the release of 26 August 2024.
    """
    iso3, country = name_country(filled.country)
    for table in filled.tables:
        for cell in table.cells():
            told = _told(table, cell)
            if told is not None and cell.value is not None:
                indicator, dimension, category = told
                sex, age = _of_persons(indicator, cell)
                # Region and subregion are the publisher's own grouping.
                yield (
                    *(iso3, country, "", ""),
                    *(indicator, dimension, category, sex, age),
                    *(filled.year, "Counts", cell.value, SOURCE),
                )


def as_csv(filled: ReturnFilled) -> str:
    """Write the bare table as CSV."""
    text = io.StringIO()
    spreadsheets.write_rows(text, [HEADINGS, *rows_of(filled)])
    return text.getvalue()


def as_book(filled: ReturnFilled, on: date) -> Book:
    """Lay the table out with its title rows, as the published workbook has them."""
    titles = [
        line("Illicit arms flows questionnaire, national return", style="title"),
        line(f"{on:%d/%m/%Y}"),
        line(*HEADINGS, style="head"),
    ]
    rows = [tuple(SheetCell(value) for value in row) for row in rows_of(filled)]
    widths = (10, 24, 10, 14, 24, 24, 60)
    sheet = Sheet(SHEET, (*titles, *rows), widths, frozen=3)
    return Book((sheet,), f"Illicit arms flows {filled.year}", {})


def name_country(country: str) -> tuple[str, str]:
    """Give the three letters and the name of a country.

    Args:
        country: Two letters of ISO 3166; a code that ISO leaves to its users
            gets the three letters XAA to XZZ.
    """
    known = pycountry.countries.get(alpha_2=country)
    if known is not None:
        return known.alpha_3, known.name
    return f"{country}X"[:3], country


def _told(table: Table, cell: Cell) -> tuple[str, str, str] | None:
    """Give indicator, dimension and category; None where UNODC has no such row."""
    declared = table.spec.row(cell.row)
    if declared is None:
        return None
    category = declared.label_in(LABELS_OF, cell.column)
    indicator, dimension = table.spec.place_in_release(cell.row, cell.column)
    return (indicator, dimension, category) if indicator and category else None


def _of_persons(indicator: str, cell: Cell) -> tuple[str, str]:
    if not indicator.startswith(OF_PERSONS):
        return "na", "na"
    return SEXES.get(cell.column, "Total"), "Total"
