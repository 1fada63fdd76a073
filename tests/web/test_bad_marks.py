"""The quick look-up answers whatever is typed, and says why."""

import pytest
from django.urls import reverse

from tests import builders
from tests.bad_marks import COMPARED, FOUND, NOT_COMPARED

pytestmark = pytest.mark.django_db

CROWD = 60


@pytest.fixture
def crowd(people):
    """Register arms that all bear one number."""
    stated = [
        builders.an_arm(number=f"C{n}", description=builders.glock("AAA111"))
        for n in range(CROWD)
    ]
    return builders.registered(*stated)


@pytest.fixture
def looked_up(at_desk):
    """Give the page that an officer sees."""
    client = at_desk("otto")

    def page(serial, make="Glock", **headers):
        asked = {"q": serial, "make": make}
        answer = client.get(reverse("look-up"), asked, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


@pytest.mark.parametrize(("marks", "why"), NOT_COMPARED.items())
def test_what_is_no_number_states_no_chance_and_says_why(looked_up, crowd, marks, why):
    page = looked_up(*marks)

    assert why in page
    assert "the serial is what is needed" in page
    assert "none-of-them" not in page


@pytest.mark.parametrize(("marks", "why"), COMPARED.items())
def test_odd_marks_are_compared_and_what_is_odd_is_said(looked_up, crowd, marks, why):
    page = looked_up(*marks)

    assert why in page
    assert "none-of-them" in page


@pytest.mark.parametrize("written", FOUND)
def test_odd_ways_of_writing_find_the_arm(looked_up, people, written):
    (arm,) = builders.registered(builders.an_arm(description=builders.glock("AAA111")))

    assert f"A{arm}" in looked_up(written)


def test_the_number_of_an_import_mark_is_looked_up(at_desk, people):
    (arm,) = builders.registered(builders.an_arm(description=builders.glock("AAA111")))

    answer = at_desk("otto").get(reverse("look-up"), {"import_mark": "BE 21 AAA111"})

    page = answer.content.decode()
    assert f"A{arm}" in page
    assert "number of the import mark taken for the serial" in page


def test_more_than_a_mark_can_hold_is_refused_with_the_field(looked_up, people):
    for headers in ({}, {"HX-Request": "true"}):
        page = looked_up("9" * 500, **headers)

        assert "in any order</a>: Ensure this value has at most 400" in page
        assert "none-of-them" not in page


def test_nothing_typed_asks_for_something(looked_up, people):
    assert "appear here as you type" in looked_up("", make="")
