"""Any table that people send is opened, headings wherever they stand."""

import itertools
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from armstrace.intake.tables import reading
from armstrace.intake.tables.headings import fold
from armstrace.intake.tables.rows import Row
from armstrace.vocabulary.errors import InvalidInput
from tests.intake import files

pytestmark = pytest.mark.pure
HEADINGS = ["source_number", "serial", "recovered_on"]
KNOWN = frozenset(map(fold, HEADINGS))


def read(path: Path) -> tuple[reading.Table, list[Row]]:
    with reading.open_table(reading.Request(path, path.name, KNOWN)) as table:
        return table, list(table.rows)


def cells(rows: list[Row]) -> list[tuple[str, ...]]:
    return [row.cells for row in rows]


def test_a_workbook_gives_text_numbers_and_dates_as_people_read_them(tmp_path):
    rows = [HEADINGS, [1253740, 7.62, date(2019, 3, 1)], ["A", True, None]]

    _, found = read(files.workbook(tmp_path / "a.xlsx", rows))

    assert cells(found) == [
        ("1253740", "7.62", "2019-03-01"),
        ("A", "TRUE", ""),
    ]
    assert found[0].dated == (2,)


def test_a_time_of_day_is_kept(tmp_path):
    rows = [HEADINGS, ["1", "x", datetime(2019, 10, 29, 14, 49, 21)]]  # noqa: DTZ001 - a workbook has no zones

    _, found = read(files.workbook(tmp_path / "a.xlsx", rows))

    assert found[0].cells[2] == "2019-10-29 14:49:21"


def test_titles_above_the_headings_are_said_and_row_numbers_stay(tmp_path):
    rows = [["Seizures of 2019"], [], HEADINGS, ["1", "AB1", "2019-03-01"]]

    table, found = read(files.workbook(tmp_path / "a.xlsx", rows, top=1))

    assert table.heading_row == 4
    assert found[0].number == 5
    assert "row 2 above is treated as a title" in str(table.remarks[0])


def test_of_two_rows_of_headings_the_known_one_counts(tmp_path):
    rows = [["Item", "Marks", "When"], HEADINGS, ["1", "AB1", "2019-03-01"]]

    table, found = read(files.csv_file(tmp_path / "a.csv", rows))

    assert table.headings == tuple(HEADINGS)
    assert len(found) == 1


def test_a_heading_that_stands_twice_is_numbered(tmp_path):
    rows = [[*HEADINGS, "serial"], ["1", "A", "2019-03-01", "B"]]

    table, _ = read(files.csv_file(tmp_path / "a.csv", rows))

    assert table.headings[-1] == "serial (2)"
    assert "several columns have the heading" in str(table.remarks[0])


def test_a_sheet_with_a_million_empty_rows_is_read_at_once(tmp_path):
    empty = "".join(f'<row r="{n}"/>' for n in range(3, 1_000_003))
    head = "".join(
        files.inline(f"{c}1", h) for c, h in zip("ABC", HEADINGS, strict=True)
    )
    data = files.inline("A2", "1") + files.inline("B2", "AB1")
    rows = f'<row r="1">{head}</row><row r="2">{data}</row>{empty}'

    _, found = read(files.raw_workbook(tmp_path / "a.xlsx", rows))

    assert cells(found) == [("1", "AB1", "")]


def test_a_million_lines_of_delimiters_are_not_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "source_number;serial;recovered_on\n1;A;2019-03-01\n" + ";;\n" * 200_000
    )

    _, found = read(path)

    assert len(found) == 1


def test_a_far_cell_is_left_out_and_said(tmp_path):
    head = "".join(
        files.inline(f"{c}1", h) for c, h in zip("ABC", HEADINGS, strict=True)
    )
    far = files.inline("XFD1048576", "stray")
    rows = (
        f'<row r="1">{head}</row><row r="2">{files.inline("A2", "1")}</row>'
        f'<row r="1048576">{far}</row>'
    )

    table, found = read(files.raw_workbook(tmp_path / "a.xlsx", rows))

    assert len(found) == 1
    assert "XFD1048576 is far from the table" in str(table.remarks[0])


def test_a_formula_without_result_marks_its_row(tmp_path):
    head = "".join(
        files.inline(f"{c}1", h) for c, h in zip("ABC", HEADINGS, strict=True)
    )
    rows = (
        f'<row r="1">{head}</row>'
        f'<row r="2">{files.inline("A2", "1")}<c r="B2"><f>A1</f></c></row>'
        f'<row r="3">{files.inline("A3", "2")}<c r="B3"><f>A1</f><v>7</v></c></row>'
    )

    _, found = read(files.raw_workbook(tmp_path / "a.xlsx", rows))

    assert "formula without a result in column B" in str(found[0].damage)
    assert found[1].damage is None
    assert found[1].cells[:2] == ("2", "7")


def test_blank_rows_between_others_are_given_and_those_at_the_end_are_not(tmp_path):
    rows = [HEADINGS, ["1", "", ""], ["", "", ""], ["2", "", ""], ["", "", ""]]

    _, in_csv = read(files.csv_file(tmp_path / "a.csv", rows))
    _, in_workbook = read(files.workbook(tmp_path / "a.xlsx", rows))

    for found in (in_csv, in_workbook):
        assert [row.is_blank for row in found] == [False, True, False]
        assert [row.number for row in found] == [2, 3, 4]


def test_control_characters_become_visible(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", [HEADINGS, ["1", "A\x07B\x00", ""]])

    _, found = read(path)

    assert found[0].cells[1] == "A␇B␀"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "São João – Ñuñoa"),
        ("utf-8-sig", "São João"),
        ("utf-16", "São João"),
        ("utf-16-le", "São João"),
        ("utf-16-be", "São João"),
        ("utf-32", "São João"),
        ("cp1252", "São João, “Münster”, Łódź".replace("Łódź", "Lodz")),
        ("iso-8859-1", "São João da Ponte"),
        ("mac-roman", "São João da Ponte"),
        ("cp1251", "Ростов-на-Дону"),
        ("cp1256", "القاهرة"),
    ],
)
def test_any_common_encoding_and_delimiter_is_read(tmp_path, encoding, text, delimiter):
    rows = [HEADINGS, ["1", text, "x"], ["2", "plain", text]]

    _, found = read(
        files.csv_file(tmp_path / "a.csv", rows, encoding=encoding, delimiter=delimiter)
    )

    assert cells(found) == [tuple(row) for row in rows[1:]]


def test_quotes_line_breaks_and_doubled_quotes_are_understood(tmp_path):
    rows = [HEADINGS, ["1", 'two\r\nlines, "quoted"', "x"], ["2", '12" barrel', "y"]]

    _, found = read(files.csv_file(tmp_path / "a.csv", rows))

    assert found[0].cells[1] == 'two\r\nlines, "quoted"'
    assert found[1].cells[1] == '12" barrel'
    assert [row.number for row in found] == [2, 3]


def test_a_quote_that_never_closes_costs_its_own_row_only(tmp_path):
    path = tmp_path / "a.csv"
    lines = [",".join(HEADINGS), '1,"open,x', *(f"{n},s{n},y" for n in range(2, 200))]
    path.write_text("\n".join(lines), encoding="utf-8")

    _, found = read(path)

    assert "never closed" in str(found[0].damage)
    assert len(found) == 199
    assert not any(row.damage for row in found[1:])


def test_the_separator_line_of_spreadsheet_programs_is_obeyed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=|\nsource_number|serial|recovered_on\n1|A;B,C|x\n")

    _, found = read(path)

    assert cells(found) == [("1", "A;B,C", "x")]


def test_old_mac_line_ends_are_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"source_number,serial,recovered_on\r1,A,x\r2,B,y\r")

    _, found = read(path)

    assert len(found) == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n\n \n", "empty"),
        ("a.csv", b"%PDF-1.7 xxxx", "neither a workbook nor a text file"),
        ("a.csv", bytes(range(256)) * 20, "neither a workbook nor a text file"),
        ("a.xlsx", b"hello", "not a workbook"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    tmp_path, name, content, words
):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(InvalidInput, match=words) as caught:
        read(path)

    assert name in str(caught.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="is not there"):
        read(tmp_path / "nothing.csv")


def test_a_table_without_headings_has_its_columns_numbered(tmp_path):
    rows = [["A1234", "2019-03-01", "9 mm"], ["B2345", "2019-03-02", "38"]]

    table, found = read(files.csv_file(tmp_path / "a.csv", rows))

    assert table.headings == ("column 1", "column 2", "column 3")
    assert [row.cells for row in found] == [tuple(row) for row in rows]
    assert list(table.from_top()) == []


def test_a_heading_that_reads_like_a_number_of_a_column_stays_one(tmp_path):
    rows = [["Serial", "", "column 3"], ["A1234", "", "kept"], ["B2345", "", "kept"]]

    table, _ = read(files.csv_file(tmp_path / "a.csv", rows))

    assert table.headings == ("Serial", "column 2", "column 3")
    assert table.written == ("Serial", "", "column 3")


def test_headings_in_a_language_that_is_known_are_found_below_titles(tmp_path):
    rows = [["Поліція області, 2021 рік, усі райони, звіт"], [],
            ["Дата вилучення", "Серія", "Калібр"],
            ["2021-01-02", "Серія А", "9 мм"]]  # fmt: skip

    table, _ = read(files.csv_file(tmp_path / "a.csv", rows))

    assert table.headings == ("Дата вилучення", "Серія", "Калібр")


def test_of_several_sheets_the_fullest_is_read_and_said(tmp_path):
    import xlsxwriter  # noqa: PLC0415 - only this test needs several sheets

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Notes").write(0, 0, "read me")
    sheet = book.add_worksheet("Data")
    for at, row in enumerate([HEADINGS, ["1", "A", "x"]]):
        sheet.write_row(at, 0, row)
    book.close()

    table, found = read(path)

    assert table.sheet == "Data"
    assert len(found) == 1
    assert "only “Data” is read" in str(table.remarks[0])


def test_a_file_can_be_left_before_its_end(tmp_path):
    rows = [HEADINGS, *([str(n), "A", "x"] for n in range(5000))]
    path = files.workbook(tmp_path / "a.xlsx", rows)

    with reading.open_table(reading.Request(path, path.name, KNOWN)) as table:
        first = list(itertools.islice(table.rows, 3))

    assert len(first) == 3


def test_text_that_is_named_like_a_picture_is_refused_in_plain_words(tmp_path):
    path = tmp_path / "notes.jpg"
    path.write_text("this is no picture", encoding="utf-8")

    with pytest.raises(InvalidInput, match=r"named like a picture .*send the table"):
        read(path)


def test_a_file_of_too_many_columns_is_refused_in_one_sentence(tmp_path):
    most = reading.MOST_COLUMNS
    path = tmp_path / "wide.csv"
    for count in (most, most + 1):
        path.write_text(",".join(f"c{at}" for at in range(count)) + "\n1\n")
        if count == most:
            read(path)

    with pytest.raises(InvalidInput, match=rf"wide.csv has more than {most} columns"):
        read(path)


def test_of_several_sheets_one_that_is_seen_is_read_before_a_hidden_one(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name, rows in (("Seen", 2), ("Hidden", 9)):
        sheet = book.add_worksheet(name)
        for at in range(rows):
            sheet.write_row(at, 0, [str(at), "AB1", "2019-03-01"] if at else HEADINGS)
    sheet.hide()
    book.close()

    table, found = read(tmp_path / "a.xlsx")

    assert (table.sheet, len(found)) == ("Seen", 1)
    assert "Hidden" in str(table.remarks[0])


def test_an_error_of_a_formula_is_read_and_no_empty_cell(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, ["1", "", "2019-03-01"])
    sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    book.close()

    _, found = read(tmp_path / "a.xlsx")

    assert cells(found) == [("1", "#N/A", "2019-03-01")]


@pytest.mark.parametrize("size", [200_000, 3_000_000])
def test_a_cell_of_any_length_costs_its_own_row_at_most(tmp_path, size):
    rows = [HEADINGS, ["1", "x" * size + ",", "2019-03-01"], ["2", "B", "2019-03-02"]]

    _, found = read(files.csv_file(tmp_path / "a.csv", rows))

    assert bool(found[0].damage) is (size > 1_000_000)
    assert found[1].cells == ("2", "B", "2019-03-02")


def test_a_row_with_more_cells_than_headings_is_marked(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source_number,serial,recovered_on\n1,A,B,2019-03-01\n2,C,D,\n")

    _, found = read(path)

    assert "more cells than there are headings" in str(found[0].damage)
    assert found[1].damage is None


def test_an_apostrophe_before_figures_is_no_mark(tmp_path):
    rows = [HEADINGS, ["'0017", "'s-Hertogenbosch", "x"]]

    _, found = read(files.csv_file(tmp_path / "a.csv", rows))

    assert found[0].cells == ("0017", "'s-Hertogenbosch", "x")
