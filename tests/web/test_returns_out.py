"""What leaves the house of a year: files, report, neighbours, a workbook back."""

import csv
import io
import re
import sys
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from armstrace.accounts import actors
from armstrace.analysis.statistics import release_rows
from armstrace.analysis.statistics.questionnaire.declared import questionnaire
from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.questionnaire.filled import WhyBlank
from armstrace.analysis.statistics.sdmx import messages
from armstrace.indicators.actions import returns as actions
from armstrace.indicators.models import EnteredFigure
from armstrace.intake.tables import formulas
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.web.return_exports import pdf
from tests.cli.test_questionnaire import altered
from tests.web import world

pytestmark = pytest.mark.django_db
YEAR = 2022
FILES = {
    "return-workbook": (),
    "return-cells": (),
    "return-release": ("csv",),
    "return-sdmx": ("xml",),
    "return-accompanying": (),
    "return-report": (),
    "return-report-pdf": (),
    "return-neighbour": ("poa",),
    "return-neighbour-csv": ("att",),
    "return-out": (),
}


def address(name):
    return reverse(name, args=[YEAR, *FILES.get(name, ())])


def content_of(answer):
    if answer.streaming:
        return b"".join(answer.streaming_content)
    return answer.content


@pytest.mark.parametrize("name", FILES)
def test_the_statistician_gets_every_form_and_an_officer_none(at_desk, known, name):
    assert at_desk("stan").get(address(name)).status_code == 200
    assert at_desk("otto").get(address(name)).status_code == 403


def test_the_page_lists_every_way_with_its_files_and_the_hash(at_desk, known):
    page = at_desk("stan").get(address("return-out")).content.decode()

    for name in (
        "return-workbook",
        "return-sdmx",
        "return-accompanying",
        "return-report",
        "return-report-pdf",
        "return-neighbour",
    ):
        assert f'href="{address(name)}"' in page
    assert re.search(r"[0-9a-f]{64}", page)


def test_a_past_day_stays_asked_for_in_every_address(at_desk, known):
    page = at_desk("stan").get(address("return-out") + "?as_of=2020-01-01")

    assert f'{address("return-workbook")}?as_of=2020-01-01"' in page.content.decode()


def test_the_workbook_opens_and_counts_the_arms_of_the_year(at_desk, known, tmp_path):
    path = tmp_path / "return.xlsx"
    path.write_bytes(at_desk("stan").get(address("return-workbook")).content)

    sheets = formulas.read_whole(path, "return.xlsx")

    cells = sheets["A Totals"]
    row = next(at for (at, column), c in cells.items() if c.text == "A2") + 3
    assert cells[row, 2].text == "2"
    assert "stan" in " ".join(c.text for c in sheets["Return"].values())


def test_every_cell_is_told_with_why_it_is_blank(at_desk, known):
    content = content_of(at_desk("stan").get(address("return-cells")))

    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    told = {(row["table"], row["row"], row["column"]): row for row in rows}
    assert told["A2", "TOTAL", "SEIZED"]["value"] == "2"
    assert told["A2", "TOTAL", "SEIZED"]["origin"] == "RECORDS"
    assert (told["E1", "TARGETED", "TOTAL"]["value"]) == ""
    assert told["E1", "TARGETED", "TOTAL"]["why_blank"] == "ENTERED_BY_OTHERS"


def test_the_release_is_read_by_our_own_reader(at_desk, known):
    text = at_desk("stan").get(address("return-release")).content.decode()

    found = release_rows.read_rows(csv.reader(io.StringIO(text)))

    assert {(line.iso3, line.year) for line in found.lines} == {("XVX", YEAR)}


def test_the_message_holds_the_figure_of_the_year(at_desk, known):
    content = at_desk("stan").get(address("return-sdmx")).content

    (seen,) = messages.read(content)

    assert (seen["SERIES"], seen["TIME_PERIOD"]) == ("VC_ARM_SZTRACE", str(YEAR))
    assert seen["OBS_VALUE"] == "0.00"


def test_SX_07_a_year_without_a_figure_is_refused_by_its_rule(at_desk, known):
    answer = at_desk("stan").get(reverse("return-sdmx", args=[1950, "csv"]))

    assert answer.status_code == 409
    assert "SX-07" in answer.content.decode()


@pytest.mark.parametrize("name", ["return-sdmx", "return-release"])
def test_a_file_of_another_ending_is_not_found(at_desk, known, name):
    answer = at_desk("stan").get(reverse(name, args=[YEAR, "json"]))

    assert answer.status_code == 404


def test_the_report_is_paper_with_pages_charts_tables_and_limits(at_desk, known):
    pypdf = pytest.importorskip("pypdf")

    content = at_desk("stan").get(address("return-report-pdf")).content

    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    words = "\n".join(page.extract_text() for page in pages)
    assert len(pages) > 3
    assert f"2 / {len(pages)}" in words
    for said in ("Illicit arms flows 2022", "B1 ", "Definitions", "Limits"):
        assert said in words
    assert "not recorded" in words


def test_a_kept_return_is_listed_with_what_changed_since(at_desk, known, tmp_path):
    by = actors.actor_for(known.people["stan"])
    actions.keep_return(year=YEAR, by=by, at=world.NOON + timedelta(hours=1))
    recording.record_recoveries(
        source="TEST",
        stated=[world.a_recovery("N-9", recovered_on=date(2022, 5, 5))],
        by=actors.system_actor(),
        at=world.NOON + timedelta(hours=2),
    )

    page = at_desk("stan").get(address("return-report")).content.decode()
    path = tmp_path / "return.xlsx"
    path.write_bytes(at_desk("stan").get(address("return-workbook")).content)

    assert "Changed since the return of 1 Mar 2026" in page
    revised = formulas.read_whole(path, "return.xlsx")["Revised"]
    row = next(at for (at, _), c in revised.items() if c.text == "A2:TOTAL:SEIZED")
    assert (revised[row, 1].text, revised[row, 2].text) == ("2", "3")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_for_print_and_the_paper_say_the_same(at_desk, known, language):
    client = at_desk("stan")
    client.cookies["django_language"] = language

    page = client.get(address("return-report")).content.decode()

    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert "<style" not in page
    assert " style=" not in page
    assert "<script" not in page
    paper = client.get(address("return-report-pdf"))
    assert paper.content.startswith(b"%PDF")


def test_paper_that_asks_for_an_address_is_not_made():
    urls = pytest.importorskip("weasyprint.urls")

    for source in ("https://example.org/x.png", "file:///etc/hostname", "data:,x"):
        with pytest.raises(urls.FatalURLFetchingError):
            pdf.pdf_of(f'<img src="{source}">')


def test_without_the_extra_one_sentence_says_how_to_print(at_desk, known, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    answer = at_desk("stan").get(address("return-report-pdf"))

    assert answer.status_code == 503
    assert "print the page" in answer.content.decode()
    with pytest.raises(SourceUnavailable):
        pdf.pdf_of("<p>x")


def test_no_page_leads_to_a_pdf_where_the_extra_is_absent(at_desk, known, monkeypatch):
    there = address("return-report-pdf")
    pages = address("return-out"), address("return-report")
    ready = pdf.is_ready()
    before = [at_desk("stan").get(page).content.decode() for page in pages]
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    after = [at_desk("stan").get(page).content.decode() for page in pages]

    assert all((there in page) is ready for page in before)
    assert not any(there in page for page in after)
    assert "pip install" in after[0]


def test_the_report_of_the_treaty_says_that_no_transfers_are_recorded(at_desk, known):
    page = at_desk("stan").get(reverse("return-neighbour", args=[YEAR, "att"]))

    text = page.content.decode()
    assert "No transfers are recorded in this system" in text
    assert "not verified against the template" in text
    assert (
        at_desk("stan")
        .get(reverse("return-neighbour", args=[YEAR, "unroca"]))
        .status_code
        == 404
    )


def test_a_neighbour_report_covers_two_years_and_says_what_it_lacks(at_desk, known):
    answer = at_desk("stan").get(reverse("return-neighbour-csv", args=[YEAR, "poa"]))

    rows = list(csv.DictReader(io.StringIO(content_of(answer).decode("utf-8-sig"))))
    by_code = {row["code"]: row for row in rows}
    assert (by_code["6.a"]["2021"], by_code["6.a"]["2022"]) != ("", "")
    assert by_code["6.a"]["2022"] == "2"
    assert by_code["22.2"]["standing"] == "BY_HAND"
    assert "not verified" in rows[-1]["section_title"]


def sent_back(client, path, **more):
    file = SimpleUploadedFile("return.xlsx", path.read_bytes())
    return client.post(address_back(), {"file": file, **more})


def address_back():
    return reverse("return-read-back", args=[YEAR])


@pytest.fixture
def workbook(at_desk, known, tmp_path):
    path = tmp_path / "return.xlsx"
    path.write_bytes(at_desk("stan").get(address("return-workbook")).content)
    return path


def test_a_workbook_that_comes_back_as_it_went_has_no_difference(at_desk, workbook):
    page = sent_back(at_desk("stan"), workbook).content.decode()

    assert "agrees with the records, cell by cell" in page


def test_a_figure_of_another_ministry_is_entered_only_when_asked(at_desk, workbook):
    words = '<c r="E4" t="inlineStr"><is><t>Ministry of Justice</t></is></c>'
    altered(workbook, r'<c r="C4" s="\d+"/>', '<c r="C4"><v>12</v></c>', "sheet6.xml")
    altered(workbook, r'<c r="E4" s="\d+"/>', words, "sheet6.xml")

    seen = sent_back(at_desk("stan"), workbook).content.decode()
    assert "E1:TARGETED:TOTAL" in seen
    assert EnteredFigure.objects.count() == 0
    sent_back(at_desk("stan"), workbook, enter="1")

    (entered,) = EnteredFigure.objects.all()
    assert (entered.cell, entered.value) == ("E1:TARGETED:TOTAL", 12)


def test_who_may_not_fill_returns_enters_nothing(at_desk, workbook):
    words = '<c r="E4" t="inlineStr"><is><t>Ministry of Justice</t></is></c>'
    altered(workbook, r'<c r="C4" s="\d+"/>', '<c r="C4"><v>12</v></c>', "sheet6.xml")
    altered(workbook, r'<c r="E4" s="\d+"/>', words, "sheet6.xml")

    answer = sent_back(at_desk("audrey"), workbook, enter="1")

    assert answer.status_code == 403
    assert EnteredFigure.objects.count() == 0


def test_a_file_that_is_no_workbook_comes_back_on_the_form(at_desk, known):
    file = SimpleUploadedFile("return.xlsx", b"not a workbook")

    wrong = at_desk("stan").post(address_back(), {"file": file})
    none = at_desk("stan").post(address_back(), {})

    for page in (wrong, none):
        (said,) = page.context["form"].errors["file"]
        assert page.content.decode().count(said) >= 1
        assert reverse("return-workbook", args=[YEAR]) in page.content.decode()


def test_RT_22_figures_without_a_source_come_back_beside_the_comparison(
    at_desk, workbook
):
    altered(workbook, r'<c r="C4" s="\d+"/>', '<c r="C4"><v>12</v></c>', "sheet6.xml")

    page = sent_back(at_desk("stan"), workbook, enter="1")

    (said,) = page.context["form"].errors["file"]
    assert said.startswith("Name the source of E1 Individuals, total")
    assert page.context["found"].entered
    assert not EnteredFigure.objects.exists()


def test_the_report_names_the_sources_of_what_was_entered(at_desk, known):
    for cell, told in (
        ("E1:TARGETED:TOTAL", {"value": 12}),
        ("E3:ONLY:TOTAL", {"value": None, "why_blank": WhyBlank.WITHHELD}),
    ):
        actions.enter_figure(
            stated=StatedFigure(YEAR, cell, source=f"Courts on {cell[:2]}", **told),
            by=actors.actor_for(known.people["stan"]),
            at=world.NOON + timedelta(hours=1),
        )

    page = at_desk("stan").get(address("return-report")).content.decode()

    plain = re.sub(r"<(?!/?sup)[^>]*>|Source", "", page)
    marked = re.sub(r"\s+", "", plain)
    assert "12<sup>1</sup>" in marked
    assert "withheld<sup>1</sup>" in marked
    assert '<li id="source-e3-1"><bdi>Courts on E3</bdi></li>' in page
    assert "<dd>Varnia (invented)</dd>" in page


def test_the_report_names_unverified_tables_in_the_language(at_desk, known):
    client = at_desk("stan")
    client.cookies["django_language"] = "fr"

    page = client.get(address("return-report")).content.decode()

    with translation.override("fr"):
        titles = [gettext(t.title) for t in questionnaire().tables if not t.is_verified]
    assert "G Significant seizures" not in page
    assert all(title in page for title in titles)
