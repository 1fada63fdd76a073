"""The annual return at the desk: filled, checked, explained, entered, kept."""

import html
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.http import urlencode

from armstrace.indicators import queries
from armstrace.indicators.models import EnteredFigure, ExplainedDifference
from armstrace.vocabulary.messages import Message
from armstrace.web import cell_names
from armstrace.web.figures import return_change_presenters as changes_shown
from armstrace.web.figures import return_line_presenters
from tests import cast

pytestmark = pytest.mark.django_db
YEAR = 2022
CORRECTED = Message("corrected")


@pytest.fixture
def stan(known, at_desk):
    return at_desk("stan")


def address(name, *parts):
    return reverse(name, args=[YEAR, *parts])


def shown_cells(page):
    return {c.key: c for t in page.context["tables"] for c in t.filled.cells()}


def links(page, name):
    """Give the addresses on a page whose path has a name in it, each once."""
    every = re.findall(r'href="([^"]+)"', page.content.decode())
    return [html.unescape(one) for one in dict.fromkeys(every) if f"/{name}/" in one]


def where_explained(check):
    asked = urlencode({"finding": check.found.key})
    return f"{address('return-explain')}?{asked}"


def test_the_years_of_the_records_are_listed(stan):
    page = stan.get(reverse("returns"))

    years = page.context["years"]
    assert [year for year, _ in years] == [2022, 2021]
    for year, arms in years:
        filled = queries.return_of(year=year, viewer=cast.ANALYST)
        assert arms == sum(cell.value or 0 for cell in filled.table("A2").cells())


def test_a_year_in_the_list_tells_how_many_of_its_checks_fail(stan):
    listed = stan.get(reverse("returns")).content.decode()
    checks = address("return-checks")

    part = stan.get(checks, headers={"HX-Request": "true"}).content.decode()

    assert f'hx-get="{checks}"' in listed
    failing = stan.get(checks).context["open_checks"]
    assert failing > 0
    assert f">{failing} check" in part
    assert "<html" not in part


def test_every_count_opens_as_many_records_as_it_says(stan):
    page = stan.get(address("return-year"))

    cells = shown_cells(page)
    opened = {one.rstrip("/").rpartition("/")[2]: one for one in links(page, "cell")}
    assert cells["B1:PISTOL:SEIZED"].value == 2
    assert opened.keys() == {key for key, cell in cells.items() if cell.opens_records}
    for key, there in opened.items():
        if key.startswith(("A1", "A4")):
            continue  # cases and rounds: several records, or one of many rounds
        assert len(stan.get(there).context["rows"]) == cells[key].value, key


def test_a_blank_cell_says_why_and_is_no_zero(stan):
    page = stan.get(address("return-year"))
    cell = shown_cells(page)["E1:TARGETED:TOTAL"]

    assert cell.value is None
    why = cell_names.why_words(cell.why_blank)
    assert why
    assert f'<span class="blank">{why}</span>' in page.content.decode()


def test_a_figure_of_another_authority_is_entered_with_its_source(stan):
    there = address("return-enter", "E1:TARGETED:TOTAL")

    answer = stan.post(there, {"value": "12", "why_blank": "", "source": "Ministry"})

    assert answer.status_code == 302
    assert EnteredFigure.objects.get().value == 12
    cell = shown_cells(stan.get(address("return-year")))["E1:TARGETED:TOTAL"]
    assert (cell.value, cell.source) == (12, "Ministry")


def test_sources_stand_once_each_as_notes_beneath_their_table(stan):
    for row, value in (("ARRESTED", 12), ("CONVICTED", 3)):
        stan.post(
            address("return-enter", f"E2:{row}:MALE"),
            {"value": value, "why_blank": "", "source": "Ministry, report 4"},
        )

    page = stan.get(address("return-year"))

    (table,) = (t for t in page.context["tables"] if t.filled.table_id == "E2")
    notes = {c.key: table.sources.get(c.source) for c in table.filled.cells()}
    assert list(table.sources) == ["Ministry, report 4"]
    assert (notes["E2:ARRESTED:MALE"], notes["E2:CONVICTED:MALE"]) == (1, 1)
    assert notes["E2:ARRESTED:FEMALE"] is None
    assert page.content.decode().count('href="#source-e2-1"') == 2
    assert page.content.decode().count("Ministry, report 4") == 1


def test_a_printed_return_says_its_day_and_its_hash(stan):
    page = stan.get(address("return-year") + "?as_of=2026-02-01").content.decode()

    (told,) = re.findall(r'<p class="d-none d-print-block">.*?</p>', page, re.DOTALL)
    assert "1 Feb 2026" in told
    assert re.search("[0-9a-f]{64}", told)


def test_a_figure_without_its_source_is_not_entered(stan):
    answer = stan.post(address("return-enter", "E1:TARGETED:TOTAL"), {"value": "12"})

    assert answer.status_code == 422
    assert not EnteredFigure.objects.exists()


def test_RT_25_a_correction_of_an_entered_figure_needs_its_reason(stan):
    there = address("return-enter", "E1:TARGETED:TOTAL")
    first = {"value": "12", "why_blank": "", "source": "Ministry"}
    stan.post(there, first)

    refused = stan.post(there, first | {"value": "13"})
    stan.post(there, first | {"value": "13", "reason": "counted again"})

    assert refused.status_code == 422
    assert EnteredFigure.objects.current().get().value == 13
    assert EnteredFigure.objects.count() == 2


def test_RT_21_what_is_refused_comes_back_on_its_form_as_typed(stan):
    there = address("return-enter", "E1:TARGETED:TOTAL")

    page = stan.post(
        there, {"value": "12", "why_blank": "WITHHELD", "source": "Ministry"}
    )

    assert page.status_code == 409
    said = page.context["form"].errors["value"][0]
    assert said.startswith("State one thing for E1 Individuals, total:")
    assert 'value="Ministry"' in page.content.decode()


def test_a_count_below_zero_is_refused_in_a_plain_sentence(stan):
    there = address("return-enter", "E1:TARGETED:TOTAL")

    page = stan.post(there, {"value": "-1", "why_blank": "", "source": "Ministry"})

    assert page.context["form"].errors["value"] == [
        "A count cannot be below zero; enter 0 if there were none."
    ]


def test_what_is_required_is_not_called_optional(stan):
    there = address("return-enter", "E1:TARGETED:TOTAL")
    first = stan.get(there)
    stan.post(there, {"value": "12", "why_blank": "", "source": "Ministry"})

    again = stan.get(there)

    for page in (first, again):
        assert "optional" not in page.content.decode().partition("<main")[2]
    assert "reason" not in first.context["form"].fields
    assert again.context["form"].fields["reason"].required


def test_RT_27_words_that_lack_are_asked_for_on_the_form(stan):
    page = stan.get(address("return-checks"))
    failing = next(c for c in page.context["checks"] if c.found.holds is False)

    again = stan.post(where_explained(failing), {"reason_code": "OTHER", "words": ""})

    assert again.context["form"].errors["words"]


def test_RT_29_a_refused_submission_says_why_above_the_tables(stan):
    page = stan.post(address("return-keep"), {"stage": "SUBMITTED"})

    head, _table, _rest = page.content.decode().partition('id="table-a1"')
    assert 'role="alert" id="refused" tabindex="-1" autofocus' in head
    assert "Explain CK-" in head
    silent = page.context["silent"]
    assert len(silent) == page.context["open_checks"]
    assert all(html.escape(where_explained(one)) in head for one in silent)


def test_a_file_that_cannot_be_loaded_comes_back_with_all_its_faults(stan):
    text = "table,row,column,value\nE1,TARGETED,TOTAL,x\nE9,A,B,3\n"
    file = SimpleUploadedFile("figures.csv", text.encode())

    page = stan.post(address("return-load"), {"file": file, "source": "Ministry"})

    head, _table, _rest = page.content.decode().partition('id="table-a1"')
    assert 'href="#id_file"' in head
    assert len(page.context["file_form"].errors["file"]) == 2
    assert 'value="Ministry"' in page.content.decode()
    assert not EnteredFigure.objects.exists()


def test_figures_are_loaded_from_a_table(stan):
    text = "table,row,column,value\nE1,TARGETED,TOTAL,7\nE2,CONVICTED,MALE,3\n"
    file = SimpleUploadedFile("figures.csv", text.encode())

    stan.post(address("return-load"), {"file": file, "source": "Ministry"})

    assert EnteredFigure.objects.count() == 2


def test_the_blank_cells_are_filled_in_in_a_table_and_loaded_back(stan):
    page = stan.get(address("return-year"))
    assert f'href="{address("return-blanks")}"' in page.content.decode()
    cells = shown_cells(page)
    entered = [one.rstrip("/").rpartition("/")[2] for one in links(page, "enter")]
    blank = {key for key in entered if cells[key].is_blank}
    sent = b"".join(stan.get(address("return-blanks")).streaming_content).decode()

    lines = sent.splitlines()
    assert {":".join(line.split(",")[:3]) for line in lines[1:]} == blank
    filled = sent.replace("E1,TARGETED,TOTAL,,", "E1,TARGETED,TOTAL,7,")
    file = SimpleUploadedFile("figures.csv", filled.encode())
    answer = stan.post(address("return-load"), {"file": file, "source": "Ministry"})

    assert answer.status_code == 302
    entered = EnteredFigure.objects.get()
    assert (entered.cell, entered.value) == ("E1:TARGETED:TOTAL", 7)


def test_a_failed_check_is_explained_on_its_page(stan):
    page = stan.get(address("return-checks"))
    failing = next(c for c in page.context["checks"] if c.found.holds is False)

    stan.post(
        where_explained(failing), {"reason_code": "COVERAGE", "words": "one agency"}
    )

    again = stan.get(address("return-checks")).context["checks"]
    explained = next(c for c in again if c.found.key == failing.found.key)
    assert ExplainedDifference.objects.get().finding == failing.found.key
    assert (explained.found.explained, explained.state) == ("COVERAGE", "explained")


def test_an_explanation_of_nothing_is_not_found(stan):
    assert stan.get(address("return-explain") + "?finding=CK-99").status_code == 404


def test_what_changed_since_a_kept_return_is_listed(stan):
    stan.post(address("return-keep"), {"stage": "KEPT"})
    stan.post(
        address("return-enter", "E1:TARGETED:TOTAL"),
        {"value": "12", "why_blank": "", "source": "Ministry"},
    )

    page = stan.get(address("return-changes"))

    assert [(c.before, c.now) for c in page.context["cells"]] == [("to be entered", 12)]


def test_who_may_not_fill_sees_no_way_to(known, at_desk):
    page = at_desk("audrey").get(address("return-year")).content.decode()

    assert "/enter/" not in page
    assert at_desk("audrey").get(address("return-blanks")).status_code == 403
    assert "Save as submitted" not in page


@pytest.mark.parametrize("name", ["otto", "cleo", "rita"])
def test_who_may_not_see_returns_is_refused(known, at_desk, name):
    assert at_desk(name).get(address("return-year")).status_code == 403
    assert at_desk(name).get(reverse("returns")).status_code == 403


def test_a_stranger_sees_no_return(known):
    with pytest.raises(Exception, match=r"may not|permitted|cannot"):
        queries.return_of(year=YEAR, viewer=cast.STRANGER)


@pytest.mark.parametrize("year", ["24", "1899", "99999", "99999999999999999999"])
@pytest.mark.parametrize("under", ["return/", "", "send/"])
def test_a_year_out_of_reach_is_not_found(stan, under, year):
    assert stan.get(f"/figures/{under}{year}/").status_code == 404


def test_every_table_and_the_keeping_are_one_jump_away(stan):
    page = stan.get(address("return-year")).content.decode()

    (nav,) = re.findall(r'<nav class="jump.*?</nav>', page, re.DOTALL)
    targets = re.findall(r'href="#([^"]+)"', nav)
    assert targets[0] == "keep-head"
    assert {"table-a1", "table-b1", "table-51"} <= set(targets)
    assert all(f'id="{target}"' in page for target in targets)


def test_moves_stand_record_by_record_with_the_year_that_one_went_to():
    move = queries.RecordMove
    found = queries.Revision(
        YEAR,
        None,
        records=(
            move(7, "A2", "A2:TOTAL:SEIZED", "", CORRECTED, 2021),
            move(7, "B1", "B1:PISTOL:SEIZED", "", CORRECTED, 2021),
            move(8, "B1", "B1:PISTOL:SEIZED", "B1:REVOLVER:SEIZED", CORRECTED, 2022),
            move(9, "B1", "", "B1:PISTOL:SEIZED", Message("recorded since"), 2022),
        ),
    )

    rows = changes_shown.moves(found)

    assert [(m.recovery_id, m.says, len(m.steps)) for m in rows] == [
        (7, "left 2022, now 2021", 2),
        (8, "", 1),
        (9, "came to 2022", 1),
    ]
    assert rows[0].steps[0].after == "none"


@pytest.mark.unledgered
def test_an_explanation_of_other_figures_is_shown_as_such(stan):
    page = stan.get(address("return-checks"))
    failing = next(c for c in page.context["checks"] if c.found.holds is False)
    stan.post(
        where_explained(failing), {"reason_code": "COVERAGE", "words": "one agency"}
    )
    ExplainedDifference.objects.update(sentence="It was 13 and is 27.")

    again = stan.get(address("return-checks"))

    said = {c.found.key: c.state for c in again.context["checks"]}
    assert said[failing.found.key] == "explained for earlier figures; check again"
    assert "It was 13 and is 27." in again.content.decode()


def test_a_route_of_table_h_opens_its_arms(stan):
    page = stan.get(address("return-year"))

    (table,) = (t for t in page.context["tables"] if t.filled.table_id == "H")
    arms = [one for line in table.lines for one in line if one.address]
    assert arms
    for one in arms:
        assert len(stan.get(one.address).context["rows"]) == int(one.words)


def test_a_case_of_table_g_is_told_in_words():
    line = {
        "agency": "PC",
        "case_number": "7/22",
        "first_on": date(2022, 2, 11),
        "types": "PISTOL:10 RIFLE:1",
        "made_in": "BR US",
        "place_kind": "SEAPORT",
        "arms": 11,
        "region": None,
    }

    heads, lines = return_line_presenters.laid_out([line], YEAR, asked="", opens=True)

    told = dict(zip((head.name for head in heads), lines[0], strict=True))
    assert told["Types"].words == "Pistols 10, Rifles and carbines 1"
    assert told["Made in"].words == "Brazil, United States"
    assert told["First day"].words == "11 Feb 2022"
    assert told["Case"].address.endswith("?q=7%2F22&agency=PC&year=2022")
    assert told["Kind of place"].words == "vessel or harbour"
    assert "Region" not in told
