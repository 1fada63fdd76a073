"""The figures of a whole table of the return, entered at once with one source."""

import pytest
from django.urls import reverse

from armstrace.indicators.models import EnteredFigure

pytestmark = pytest.mark.django_db
YEAR = 2022
MALE, FEMALE = "E2:ARRESTED:MALE", "E2:ARRESTED:FEMALE"


@pytest.fixture
def stan(known, at_desk):
    return at_desk("stan")


def there(table="E2"):
    return reverse("return-enter-table", args=[YEAR, table])


def test_the_numbers_of_a_table_are_entered_with_one_source(stan):
    page = stan.get(reverse("return-year", args=[YEAR]))
    assert f'href="{there()}"' in page.content.decode()

    answer = stan.post(there(), {MALE: "7", FEMALE: "0", "source": "Ministry"})

    assert answer.status_code == 302
    told = EnteredFigure.objects.order_by("pk").values_list("cell", "value", "cited")
    assert list(told) == [(MALE, 7, "Ministry"), (FEMALE, 0, "Ministry")]
    assert {one.origin for one in EnteredFigure.objects.all()} == {"ENTERED"}


def test_sums_and_words_are_no_boxes_of_the_form(stan):
    keys = list(stan.get(there()).context["form"].fields)

    assert MALE in keys
    assert "E2:ARRESTED:TOTAL" not in keys
    assert stan.get(there("I")).status_code == 404
    assert stan.get(there("Z9")).status_code == 404


def test_RT_25_only_what_differs_is_corrected_and_with_its_reason(stan):
    stan.post(there(), {MALE: "7", FEMALE: "2", "source": "Ministry"})
    anew = {MALE: "7", FEMALE: "3", "source": "Ministry"}

    refused = stan.post(there(), anew)
    stan.post(there(), anew | {"reason": "counted again"})

    assert refused.context["form"].errors["reason"]
    standing = EnteredFigure.objects.current().values_list("cell", "value")
    assert set(standing) == {(MALE, 7), (FEMALE, 3)}
    assert EnteredFigure.objects.count() == 3


def test_a_form_without_a_number_comes_back(stan):
    page = stan.post(there(), {"source": "Ministry"})

    assert page.context["form"].non_field_errors() == ["Enter at least one number."]
    assert not EnteredFigure.objects.exists()


def test_who_may_not_fill_returns_enters_no_table(known, at_desk):
    answer = at_desk("audrey").post(there(), {MALE: "7", "source": "Ministry"})

    assert answer.status_code == 403
    assert not EnteredFigure.objects.exists()
