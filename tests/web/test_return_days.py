"""The day whose knowledge counts, and the records behind a number on it."""

import pytest
from django.urls import reverse

from armstrace.web.figures import records_sent
from tests.web.test_return import YEAR, address

pytestmark = pytest.mark.django_db
BEFORE_ALL = "?as_of=2020-01-01"
KNOWN = "?as_of=2026-03-01"


@pytest.fixture
def stan(known, at_desk):
    return at_desk("stan")


@pytest.mark.parametrize("name", ["figures-year", "look-year", "return-checks"])
def test_what_is_printed_says_its_day(stan, name):
    page = stan.get(reverse(name, args=[YEAR]) + KNOWN).content.decode()

    printed = page.partition('<p class="d-none d-print-block">')[2]
    assert printed.startswith("As known on 1 Mar 2026")


def test_a_day_on_which_nothing_was_known_says_so_and_leads_on(stan):
    there = reverse("figures-year", args=[YEAR])

    page = stan.get(there + BEFORE_ALL).content.decode()

    assert "No recovery was known here on this day" in page
    assert "No recovery is on record" not in page
    assert 'name="as_of" value="2020-01-01"' in page
    assert f'href="{there}{BEFORE_ALL}"' in page
    assert f'href="{there}">As known now' in page


LISTS = [
    ("figure-records", [YEAR, "metadata", "DENOMINATOR"], "figures-year"),
    ("return-records", [YEAR, "B1:PISTOL:SEIZED"], "return-year"),
    ("progress-records", [YEAR, "RECOVERED"], "look-year"),
]


@pytest.mark.parametrize(("name", "parts", "up"), LISTS)
def test_records_behind_a_number_name_their_day_and_lead_back_to_it(
    stan, name, parts, up
):
    page = stan.get(reverse(name, args=parts) + KNOWN).content.decode()

    assert "As known on 1 Mar 2026" in page
    assert f'href="{reverse(up, args=[YEAR])}{KNOWN}"' in page


@pytest.mark.parametrize(("name", "parts", "up"), LISTS)
def test_records_behind_a_number_are_handed_over_whole(
    stan, monkeypatch, name, parts, up
):
    monkeypatch.setattr(records_sent, "AT_ONCE", 1)
    there = reverse(name, args=parts) + KNOWN
    shown = stan.get(there)
    assert f"{KNOWN}&amp;format=csv" in shown.content.decode()

    sent = stan.get(there + "&format=csv")
    told = b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()
    book = stan.get(there + "&format=xlsx")

    numbers = [row.reference for row in shown.context["rows"]]
    assert [line.split(",")[0] for line in told] == ["number", *numbers]
    assert len(numbers) > 1
    assert b"".join(book.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("name", ["return-year", "return-checks", "return-changes"])
def test_the_day_whose_knowledge_counts_can_be_asked_for(stan, name):
    assert stan.get(address(name) + "?as_of=2026-02-01").status_code == 200


@pytest.mark.parametrize(
    "name", ["return-year", "return-checks", "return-out", "return-report"]
)
def test_a_day_that_lies_ahead_is_refused_in_a_sentence(stan, name):
    page = stan.get(address(name) + "?as_of=2199-01-01")

    assert page.status_code == 422
    assert "That day is in the future" in page.content.decode()


def test_links_of_a_return_keep_the_day_that_was_asked_for(stan):
    page = stan.get(address("return-year") + "?as_of=2026-02-01").content.decode()

    for name in (
        *("return-checks", "return-changes", "return-out"),
        *("figures-year", "look-year"),
    ):
        assert f'href="{address(name)}"' not in page
        assert f'href="{address(name)}?as_of=2026-02-01"' in page
