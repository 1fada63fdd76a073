"""What it would take: reasons with their points, their records, and as a file."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_figure_leads_to_what_it_would_take_and_each_reason_to_its_records(
    at_desk, known
):
    client = at_desk("stan")
    there = reverse("shortfall", args=[2022, "metadata"])
    assert there in client.get(reverse("figures-year", args=[2022])).content.decode()

    page = client.get(there)

    rows = page.context["rows"]
    assert rows
    for cost, _length in rows:
        reason = cost.reason
        address = reverse("shortfall-records", args=[2022, "metadata", reason.value])
        assert address in page.content.decode()
        behind = client.get(address)
        assert len(behind.context["rows"]) == cost.count
        assert reason.label in behind.content.decode()


def test_what_it_would_take_is_a_file_too(at_desk, known):
    there = reverse("shortfall", args=[2022, "metadata"])
    page = at_desk("stan").get(there)

    sent = at_desk("stan").get(there, {"format": "csv"})

    lines = b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "year,method,window,reason,words,arms,points"
    assert len(lines) == 1 + len(page.context["rows"])


def test_a_year_without_a_figure_says_why(at_desk, known):
    page = at_desk("stan").get(reverse("shortfall", args=[1990, "unodc_annual"]))

    assert "Nothing is filed or recorded for 1990." in page.content.decode()


def test_a_method_that_is_not_known_is_refused(at_desk, known):
    page = at_desk("stan").get(reverse("shortfall", args=[2022, "median"]))

    assert page.status_code == 422
