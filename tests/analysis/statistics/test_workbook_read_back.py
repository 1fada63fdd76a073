"""A workbook of the return that comes back: every change is named, and only once."""

import pytest

from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.workbook import layout, reading
from armstrace.analysis.statistics.workbook.reading import Kind
from armstrace.intake.tables import formulas
from armstrace.vocabulary.errors import InvalidInput
from tests.analysis.statistics.returns import a_return

pytestmark = pytest.mark.pure
MADE = layout.Told(made="24 Nov 2026")


def kinds(found):
    return [(each.kind, each.key) for each in found.differences]


def place_of(filled, key):
    return layout.book_of(filled, MADE).places[key]


def test_a_formula_that_was_overwritten_is_named_with_what_it_was(back):
    filled = a_return()
    place = place_of(filled, "B1:TOTAL:SEIZED")
    value = filled.cell("B1:TOTAL:SEIZED").value
    formula = rf"<f>IF\(COUNT\(C4:C11[^<]*</f><v>{value}</v>"
    pattern = rf'(<c r="{place.reference}"[^>]*)>{formula}'

    found = reading.read_back(back(filled, (pattern, r"\1><v>77</v>")), filled)

    (one,) = found.differences
    assert (one.kind, one.key) == (Kind.OVERWRITTEN, "B1:TOTAL:SEIZED")
    assert (one.reference, one.now) == (place.reference, "77")
    assert one.was == f'=IF(COUNT(C4:C11)=0,"",SUM(C4:C11)) ({value})'


def test_a_formula_that_was_altered_is_named(back):
    filled = a_return()

    found = reading.read_back(
        back(filled, (r"SUM\(C4:C11\)\)</f>", "SUM(C4:C10))</f>")), filled
    )

    assert (Kind.ALTERED_FORMULA, "B1:TOTAL:SEIZED") in kinds(found)


def test_a_count_that_was_changed_is_named_with_both_values(back):
    filled = a_return({"B1:PISTOL:SEIZED": 4711})

    found = reading.read_back(back(filled, (r"<v>4711</v>", "<v>4712</v>")), filled)

    (one,) = found.differences
    assert (one.kind, one.key, one.was, one.now) == (
        Kind.CHANGED,
        "B1:PISTOL:SEIZED",
        "4711",
        "4712",
    )
    assert found.entered == ()


def test_a_workbook_without_computed_values_says_so_once(back):
    filled = a_return({"B1:PISTOL:SEIZED": 4711})
    sheets = {
        name: {
            place: formulas.Content("", each.formula) if each.formula else each
            for place, each in grid.items()
        }
        for name, grid in back(filled, (r"<v>4711</v>", "<v>4712</v>")).items()
    }

    found = reading.read_back(sheets, filled)

    assert [each.kind for each in found.differences] == [
        Kind.CHANGED,
        Kind.NOT_CALCULATED,
    ]
    assert found.differences[0].key == "B1:PISTOL:SEIZED"
    assert found.differences[1].sentence == reading.UNCALCULATED


def test_a_total_whose_parts_were_all_cleared_is_blank_not_uncalculated(back):
    filled = a_return()
    sheets = {name: dict(grid) for name, grid in back(filled).items()}
    places = layout.book_of(filled, MADE).places
    total = places["B1:TOTAL:SEIZED"]
    for key in layout.keys_summed(
        filled.table("B1").spec, filled.cell("B1:TOTAL:SEIZED")
    ):
        place = places[key]
        sheets[place.sheet][place.row, place.column] = formulas.Content("")
    grid = sheets[total.sheet]
    was = grid[total.row, total.column]
    grid[total.row, total.column] = formulas.Content("", was.formula)

    found = reading.read_back(sheets, filled)

    assert (Kind.CHANGED, "B1:TOTAL:SEIZED") in kinds(found)
    assert Kind.NOT_CALCULATED not in {each.kind for each in found.differences}


@pytest.mark.parametrize("put", ["-3", "2.5"])
def test_what_is_no_count_is_named_and_not_taken(back, put):
    filled = a_return({"E1:TARGETED:TOTAL": 4711})

    found = reading.read_back(back(filled, ("<v>4711</v>", f"<v>{put}</v>")), filled)

    assert kinds(found) == [(Kind.NOT_A_COUNT, "E1:TARGETED:TOTAL")]
    assert found.entered == ()


def test_a_figure_of_another_ministry_is_read_with_its_source(back):
    filled = a_return({"E1:TARGETED:TOTAL": 4711})

    found = reading.read_back(back(filled, ("<v>4711</v>", "<v>12</v>")), filled)

    assert found.entered == (
        StatedFigure(filled.year, "E1:TARGETED:TOTAL", 12, "Ministry of Justice"),
    )


def test_words_of_context_are_read(back):
    filled = a_return()

    found = reading.read_back(
        back(filled, ("The police, customs", "The police alone")), filled
    )

    assert found.entered == (
        StatedFigure(filled.year, "I:AUTHORITIES:TEXT", text="The police alone"),
    )


def test_a_row_that_nobody_knows_and_the_one_that_is_missing_are_named(back):
    filled = a_return()

    found = reading.read_back(
        back(filled, ("<t>SUBMACHINE_GUN</t>", "<t>BLUNDERBUSS</t>")), filled
    )

    assert (Kind.UNKNOWN_ROW, "B1:BLUNDERBUSS") in kinds(found)
    assert (Kind.MISSING, "B1:SUBMACHINE_GUN:SEIZED") in kinds(found)


def test_a_workbook_of_another_year_is_held_against_nothing(back):
    other = a_return({"B1:PISTOL:SEIZED": 4711})
    sheets = back(a_return(), ("<v>2024</v>", "<v>2019</v>"))

    found = reading.read_back(sheets, other)

    assert reading.year_of(sheets) == 2019
    assert [(d.kind, d.key, d.was, d.now) for d in found.differences] == [
        (Kind.OTHER_RETURN, "Year", "2024", "2019")
    ]


def test_a_workbook_that_is_no_return_is_refused(back):
    with pytest.raises(InvalidInput, match="no sheet “Return”"):
        reading.read_back({"Sheet1": {}}, a_return())


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "return.xlsx"
    path.write_bytes(b"not a workbook")

    with pytest.raises(InvalidInput, match="only the workbook of the return"):
        formulas.read_whole(path, "return.xlsx")
