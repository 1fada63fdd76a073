"""A return that was kept: it stands as it was, and its files are fetched again."""

import io
import zipfile

import pytest
from django.urls import reverse

from armstrace.analysis.statistics.sdmx import messages
from armstrace.indicators.models import Return
from tests.web.test_return import YEAR, address, shown_cells, where_explained

pytestmark = pytest.mark.django_db


@pytest.fixture
def stan(known, at_desk):
    return at_desk("stan")


def test_a_kept_return_stands_as_it_was(stan):
    stan.post(address("return-keep"), {"stage": "KEPT"})
    stan.post(
        address("return-enter", "E1:TARGETED:TOTAL"),
        {"value": "12", "why_blank": "", "source": "Ministry"},
    )
    kept = Return.objects.get()

    page = stan.get(reverse("return-kept", args=[kept.pk]))

    assert shown_cells(page)["E1:TARGETED:TOTAL"].value is None
    assert kept.content_hash in page.content.decode()


@pytest.fixture
def submitted(stan):
    for check in stan.get(address("return-checks")).context["checks"]:
        if check.found.holds is False:
            stan.post(
                where_explained(check),
                {"reason_code": "COVERAGE", "words": "one office"},
            )
    stan.post(address("return-keep"), {"stage": "SUBMITTED"})
    return Return.objects.get()


def test_a_kept_return_shows_its_checks_with_their_explanations(stan, submitted):
    page = stan.get(reverse("return-kept", args=[submitted.pk]))

    failing = [c for c in page.context["checks"] if c.found.holds is False]
    assert failing
    assert {(c.state, c.found.explanation) for c in failing} == {
        ("explained", "one office")
    }
    assert "one office" in page.content.decode()


def test_what_was_submitted_can_be_fetched_whatever_became_known(stan, submitted):
    there = reverse("return-out", args=[YEAR])
    assert "is what was submitted" in stan.get(there).content.decode()
    stan.post(
        address("return-enter", "E1:TARGETED:TOTAL"),
        {"value": "12", "why_blank": "", "source": "Ministry"},
    )

    differing = stan.get(there).content.decode()
    assert "differs from what was submitted" in differing
    assert f"{address('return-changes')}?since={submitted.pk}" in differing
    page = stan.get(reverse("return-kept", args=[submitted.pk]))
    files = {
        name: stan.get(reverse("return-kept-file", args=[submitted.pk, name]))
        for name, _words in page.context["files"]
    }
    assert {each.status_code for each in files.values()} == {200}
    assert {"sdmx.csv", "sdmx.xml", "report.pdf"} <= set(files)
    assert files["report.pdf"].content.startswith(b"%PDF")
    (seen,) = messages.read(files["sdmx.xml"].content)
    assert (seen["SERIES"], seen["TIME_PERIOD"]) == ("VC_ARM_SZTRACE", str(YEAR))
    told = b"".join(files["cells.csv"].streaming_content).decode()
    (line,) = [each for each in told.splitlines() if each.startswith("E1,")]
    assert "ENTERED_BY_OTHERS" in line
    book = io.BytesIO(files["return.xlsx"].content)
    with zipfile.ZipFile(book) as parts:
        texts = "".join(parts.read(n).decode() for n in parts.namelist() if "xml" in n)
    assert submitted.content_hash in texts
    lost = reverse("return-kept-file", args=[submitted.pk, "other.txt"])
    assert stan.get(lost).status_code == 404
