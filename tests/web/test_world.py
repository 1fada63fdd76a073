"""Other States' figures: loaded from a page, recomputed, laid beside the own."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.analysis.statistics.release_checks import TYPES
from armstrace.audit.models import LedgerEntry
from armstrace.indicators import queries
from armstrace.indicators.models import PublishedLine, PublishedRelease
from tests import cast
from tests.analysis.statistics.releases import HEADER, a_row, a_total, a_type
from tests.shared_data import shared_path

pytestmark = pytest.mark.django_db
TRACED = "Uniquely identifiable - from illegitimate owner in national registry"
NOT_BEGUN = "Uniquely identifiable - no tracing procedure initiated"
ROWS = [
    a_type("pistol", 7),
    a_type("pistoll", 8, Year=2019),
    a_total(9),
    a_row("Arms seized", "by location", TRACED, 3),
    a_row("Arms seized", "by location", NOT_BEGUN, 1),
]


def as_csv(*rows):
    lines = [",".join(map(str, row)) for row in (HEADER, *rows)]
    return SimpleUploadedFile("release.csv", "\n".join(lines).encode())


def as_workbook(*rows):
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Data")
    for at, row in enumerate([["UNODC"], ["17/06/2022"], HEADER, *rows]):
        sheet.write_row(at, 0, row)
    book.close()
    return SimpleUploadedFile("release.xlsx", file.getvalue())


@pytest.fixture
def stan(known, at_desk):
    return at_desk("stan")


def sent(desk, file):
    return desk.post(reverse("world"), {"file": file})


@pytest.mark.parametrize("made", [as_csv, as_workbook])
def test_a_release_is_kept_row_by_row_from_a_page(stan, made):
    answer = sent(stan, made(*ROWS))

    kept = PublishedRelease.objects.get()
    assert answer["Location"] == reverse("release", args=[kept.pk])
    assert PublishedLine.objects.count() == kept.rows_read == len(ROWS)
    assert LedgerEntry.objects.filter(act="release.kept").count() == 1


def test_the_day_of_a_release_is_read_from_its_title_rows(stan):
    sent(stan, as_workbook(*ROWS))

    assert str(PublishedRelease.objects.get().released_on) == "2022-06-17"


def test_the_same_file_again_changes_nothing(stan):
    sent(stan, as_csv(*ROWS))
    sent(stan, as_csv(*ROWS))

    assert PublishedRelease.objects.count() == 1
    assert LedgerEntry.objects.filter(act="release.kept").count() == 1


def test_FG_02_a_file_without_a_row_comes_back_on_the_form_with_the_reason(stan):
    page = sent(stan, as_csv(a_row("Swords", "Total", "Total", 3)))

    assert "choose the long table" in page.context["form"].errors["file"][0]
    assert not PublishedRelease.objects.exists()


def test_a_file_that_is_no_table_comes_back_on_the_form_with_the_reason(stan):
    page = sent(stan, SimpleUploadedFile("release.xlsx", b"not a workbook"))

    assert page.context["form"].errors["file"]
    assert not PublishedRelease.objects.exists()


def test_only_a_statistician_loads_a_release(known, at_desk):
    assert sent(at_desk("ana"), as_csv(*ROWS)).status_code == 403
    assert not PublishedRelease.objects.exists()


def test_what_was_not_plain_is_named_on_the_page(stan):
    page = stan.get(sent(stan, as_csv(*ROWS))["Location"]).content.decode()

    assert "“pistoll” is read as “pistol”." in page
    assert "Countries whose tables contradict themselves: 1 of 1" in page


def test_a_country_shows_every_method_and_its_contradictions(stan):
    page = stan.get(sent(stan, as_csv(*ROWS))["Location"] + "UTO/").content.decode()

    assert "75.00 %" in page
    assert "types 7" in page
    assert "total 9" in page
    assert "\u22122" in page


def test_the_own_series_stands_beside_it(stan):
    page = stan.get(sent(stan, as_csv(*ROWS))["Location"] + "UTO/")

    rows = {year: (theirs, own) for year, theirs, own in page.context["totals"]}
    assert rows[2018][0] == (9, None, None)
    assert rows[2022][1][0] == 2


def test_types_seized_stand_beside_those_of_table_b1(stan):
    page = stan.get(sent(stan, as_csv(*ROWS))["Location"] + "UTO/")

    rows = {(year, is_own): found for year, is_own, found in page.context["by_type"]}
    assert rows[2018, False][0] == 7
    assert (2018, True) not in rows
    filled = queries.return_of(year=2022, viewer=cast.ANALYST)
    own = [filled.cell(f"B1:{each}:SEIZED").value for each in TYPES]
    assert list(rows[2022, True]) == own


def test_a_country_that_is_not_in_the_release_is_not_found(stan):
    where = sent(stan, as_csv(*ROWS))["Location"]

    assert stan.get(f"{where}ABC/").status_code == 404
    assert stan.get(reverse("release", args=[99])).status_code == 404


@pytest.mark.parametrize("place", ["", "UTO/"])
def test_what_is_shown_goes_out_as_csv(stan, place):
    answer = stan.get(sent(stan, as_csv(*ROWS))["Location"] + f"{place}?format=csv")

    text = b"".join(answer.streaming_content).decode()
    assert len(text.splitlines()) >= 2


def test_a_stranger_sees_no_release(db):
    with pytest.raises(Exception, match=r"may not|permitted|cannot"):
        queries.releases(viewer=cast.STRANGER)


def test_the_release_of_2022_loads_and_shows_its_68_countries(stan):
    path = shared_path("iafq/unodc_iafq_long_release_2022-06-17.csv")
    file = SimpleUploadedFile(path.name, path.read_bytes())

    page = stan.get(sent(stan, file)["Location"])

    assert PublishedLine.objects.count() == 11_032
    assert len(page.context["countries"]) == 68


def test_a_check_with_a_refused_row_fails_nowhere_and_says_why(stan):
    sent(stan, as_csv(a_type("pistol", 3), a_type("rifle", -2), a_total(9)))
    kept = PublishedRelease.objects.get()

    page = stan.get(reverse("release", args=[kept.pk])).content.decode()

    assert "1: a row is blank or was refused" in page
    assert "No filed table contradicts another." in page


def traced_in(*years):
    return [
        a_row("Arms seized", "by location", label, count, Year=year)
        for year in years
        for label, count in ((TRACED, 3), (NOT_BEGUN, 1))
    ]


def test_the_line_breaks_at_a_year_without_a_figure(stan):
    where = sent(stan, as_csv(*traced_in(2017, 2018, 2020, 2021)))["Location"]

    (theirs, *_) = stan.get(f"{where}UTO/").context["chart"].lines

    assert [len(piece.split()) for piece in theirs.pieces] == [2, 2]


def test_a_mean_of_two_years_names_its_window(stan):
    where = sent(stan, as_csv(*traced_in(2017, 2018)))["Location"]

    page = stan.get(f"{where}UTO/").content.decode()

    assert '<bdi class="quiet small">2017-2018</bdi>' in page


def test_a_figure_that_is_lacking_says_why(stan):
    sent(stan, as_csv(a_total(9, Year=2017), *ROWS))
    kept = PublishedRelease.objects.get()

    page = stan.get(reverse("country", args=[kept.pk, "UTO"])).content.decode()

    assert "For 2018, 9 arms seized are filed; table 5.1 tells of 4." in page
    assert "The figure rests on one year alone; 2019 is lacking." in page
