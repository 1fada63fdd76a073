"""The return as a workbook: formulas add up, and it is read back cell by cell."""

import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.statistics import release
from armstrace.analysis.statistics.workbook import layout, reading, writing
from armstrace.analysis.statistics.workbook.cells import Place, ranges
from armstrace.intake.tables import formulas
from armstrace.vocabulary.errors import InvalidInput
from tests.analysis.statistics.returns import a_return

pytestmark = pytest.mark.pure
MADE = layout.Told(made="24 Nov 2026")


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10_000), blanks=st.sampled_from([0.0, 0.3, 1.0]))
def test_what_is_written_is_read_back_without_a_difference(
    tmp_path_factory, seed, blanks
):
    filled = a_return(seed=seed, blanks=blanks)
    path = tmp_path_factory.mktemp("book") / "return.xlsx"
    path.write_bytes(writing.xlsx(layout.book_of(filled, MADE)))

    found = reading.read_back(formulas.read_whole(path, "return.xlsx"), filled)

    assert found.differences == ()
    assert found.entered == ()
    assert (found.year, found.content_hash) == (2024, filled.content_hash)


FILLED = a_return(seed=11, blanks=0.2)
PLAIN = [
    cell.key
    for table in FILLED.tables
    for cell in table.cells()
    if not layout.keys_summed(table.spec, cell) and cell.column != "TEXT"
]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "return.xlsx"
    path.write_bytes(writing.xlsx(layout.book_of(FILLED, MADE)))
    return formulas.read_whole(path, "return.xlsx")


@settings(deadline=None, max_examples=40)
@given(changes=st.dictionaries(st.sampled_from(PLAIN), st.text(max_size=6), max_size=6))
def test_exactly_the_cells_that_were_changed_are_named(untouched, changes):
    sheets = {name: dict(grid) for name, grid in untouched.items()}
    places = layout.book_of(FILLED, MADE).places
    for key, words in changes.items():
        place = places[key]
        sheets[place.sheet][place.row, place.column] = formulas.Content(words)

    found = reading.read_back(sheets, FILLED)

    differ = {key for key, words in changes.items() if not says(words, key)}
    assert {each.key for each in found.differences} == differ
    assert {each.cell for each in found.entered} <= differ


def says(words, key):
    try:
        return release.count_of(words.strip()) == FILLED.cell(key).value
    except InvalidInput:
        return False


def evaluated(sheets, sheet, formula):
    """Compute a formula of ours from the cells it names, not from its result."""

    def cell(name):
        word, number = re.fullmatch(r"([A-Z]+)([0-9]+)", name).groups()
        column = 0
        for letter in word:
            column = column * 26 + ord(letter) - 64
        content = sheets[sheet].get((int(number) - 1, column - 1))
        if content is None:
            return None
        if content.formula is not None:
            return evaluated(sheets, sheet, content.formula)
        return int(content.text) if content.text.isdigit() else None

    inside, few = re.fullmatch(
        r'IF\(COUNT\((.*)\)(=0|<\d+),"",SUM\(\1\)\)', formula
    ).groups()
    found = []
    for part in inside.split(","):
        first, _, last = part.partition(":")
        found += [cell(name) for name in span(first, last or first)]
    told = [value for value in found if value is not None]
    least = 1 if few == "=0" else int(few[1:])
    return sum(told) if len(told) >= least else None


def span(first, last):
    """Name the cells of a range within one column or one row."""
    (one, top), (other, low) = (
        re.fullmatch(r"([A-Z])([0-9]+)", name).groups() for name in (first, last)
    )
    return [
        f"{chr(column)}{row}"
        for column in range(ord(one), ord(other) + 1)
        for row in range(int(top), int(low) + 1)
    ]


@pytest.mark.parametrize("blanks", [0.0, 0.4, 1.0])
def test_every_total_is_a_formula_whose_value_is_the_total(back, blanks):
    filled = a_return(seed=3, blanks=blanks)
    sheets = back(filled)
    places = layout.book_of(filled, MADE).places
    sums = [
        cell
        for table in filled.tables
        for cell in table.cells()
        if layout.keys_summed(table.spec, cell)
    ]
    assert len(sums) > 20

    for cell in sums:
        place = places[cell.key]
        content = sheets[place.sheet][place.row, place.column]
        assert evaluated(sheets, place.sheet, content.formula) == cell.value, cell.key
        assert content.text == ("" if cell.value is None else str(cell.value))


def test_a_blank_is_an_empty_cell_with_its_reason_never_a_zero(tmp_path):
    filled = a_return({"B1:PISTOL:SEIZED": None})
    book = layout.book_of(filled, MADE)
    place = book.places["B1:PISTOL:SEIZED"]
    sheet = next(each for each in book.sheets if each.name == place.sheet)
    laid = sheet.lines[place.row][place.column]

    path = tmp_path / "return.xlsx"
    path.write_bytes(writing.xlsx(book))

    assert (laid.value, laid.comment) == (None, "Blank: not recorded.")
    read = formulas.read_whole(path, "return.xlsx")
    assert (place.row, place.column) not in read[place.sheet]
    with zipfile.ZipFile(path) as parts:
        notes = "".join(
            parts.read(name).decode() for name in parts.namelist() if "comment" in name
        )
    assert "Blank: not recorded." in notes


def test_a_total_that_does_not_add_up_stands_as_a_number_and_is_marked():
    filled = a_return()
    table = filled.table("E2")
    wrong = a_return_with(filled, "E2:ARRESTED:TOTAL", 999)
    book = layout.book_of(wrong, MADE)
    place = book.places["E2:ARRESTED:TOTAL"]
    sheet = next(each for each in book.sheets if each.name == place.sheet)

    assert table is not None
    assert sheet.lines[place.row][place.column].formula == ""
    assert sheet.lines[place.row][place.column + 1].value == "does not add up"


@pytest.mark.parametrize(
    ("total", "unknown", "verdict"),
    [
        (9, 0, "ok"),
        (9, 1, "does not add up"),
        (9, None, "cannot be told"),
        (11, None, "cannot be told"),
        (8, None, "does not add up"),
        (None, None, "cannot be told"),
    ],
)
def test_CK_07_a_blank_part_may_hold_the_rest_of_a_total(total, unknown, verdict):
    filled = a_return()
    for part, value in (("MALE", 7), ("FEMALE", 2), ("UNKNOWN", unknown)):
        filled = a_return_with(filled, f"E2:ARRESTED:{part}", value)
    book = layout.book_of(a_return_with(filled, "E2:ARRESTED:TOTAL", total), MADE)
    place = book.places["E2:ARRESTED:TOTAL"]
    sheet = next(each for each in book.sheets if each.name == place.sheet)

    check = sheet.lines[place.row][place.column + 1]

    assert check.value == verdict
    assert f"IF(OR(AND(COUNT({place.reference}," in check.formula


def a_return_with(filled, key, value):
    from dataclasses import replace  # noqa: PLC0415 - used here alone

    tables = tuple(
        replace(
            table,
            rows=tuple(
                replace(
                    row,
                    cells=tuple(
                        replace(cell, value=value) if cell.key == key else cell
                        for cell in row.cells
                    ),
                )
                for row in table.rows
            ),
        )
        for table in filled.tables
    )
    return replace(filled, tables=tables)


def test_another_reader_sees_the_same_counts_and_totals(tmp_path):
    calamine = pytest.importorskip("python_calamine")
    filled = a_return(seed=7, blanks=0.2)
    book = layout.book_of(filled, MADE)
    path = tmp_path / "return.xlsx"
    path.write_bytes(writing.xlsx(book))

    read = calamine.CalamineWorkbook.from_path(str(path))

    assert read.sheet_names == [sheet.name for sheet in book.sheets]
    for key, place in book.places.items():
        if key.endswith(":TEXT"):
            continue
        sheet = read.get_sheet_by_name(place.sheet)
        seen = sheet.to_python(skip_empty_area=False)[place.row][place.column]
        expected = filled.cell(key).value
        assert seen == ("" if expected is None else expected), key


def test_what_changed_since_the_last_return_has_a_sheet_where_one_was_kept():
    revised = (("5.1:IN:SEIZED", 3, 5),)

    told = layout.Told(revised=revised, since="1 Jun 2025")
    names = {sheet.name: sheet for sheet in layout.book_of(a_return(), told).sheets}

    rows = [[cell.value for cell in line] for line in names["Revised"].lines]
    assert rows[0] == ["Changed since 1 Jun 2025"]
    assert rows[-1] == ["5.1:IN:SEIZED", 3, 5]
    assert "Revised" not in {s.name for s in layout.book_of(a_return(), MADE).sheets}


def test_the_same_return_gives_the_same_bytes():
    assert writing.xlsx(layout.book_of(a_return(seed=5), MADE)) == writing.xlsx(
        layout.book_of(a_return(seed=5), MADE)
    )


def test_cells_are_written_as_ranges():
    places = [Place("A", row, 2) for row in (3, 4, 5, 8)]

    assert ranges(places) == "C4:C6,C9"


def test_words_that_look_like_a_formula_stay_words(tmp_path):
    filled = a_return()
    book = layout.book_of(filled, layout.Told(made="=1+1"))
    path = tmp_path / "return.xlsx"
    path.write_bytes(writing.xlsx(book))

    read = formulas.read_whole(path, "return.xlsx")

    made = next(c for c in read["Return"].values() if c.text == "=1+1")
    assert made.formula is None
