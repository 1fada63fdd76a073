"""Forms of the bench: nothing chosen for the examiner, nothing lost on a refusal."""

import pytest
from django.urls import reverse

from armstrace.ballistics.models import Conclusion
from armstrace.web import record_numbers
from armstrace.web.ballistics import forms
from tests.web.at_bench import CLASS, enrolled, folder, kept, read, uploaded

__all__ = ["enrolled", "folder", "kept"]

pytestmark = pytest.mark.django_db


def test_no_conclusion_is_chosen_beforehand(at_desk, kept):
    page = read(at_desk("elena"), "comparison", kept.pk)

    assert forms.VerdictForm()["verdict"].value() is None
    assert '<option value="" selected>' in page
    assert '<option value="IDENTIFICATION" selected>' not in page


def test_a_conclusion_must_be_chosen(at_desk, kept):
    address = reverse("conclude", args=[kept.pk])

    at_desk("elena").post(address, {"verdict": "", "reason": "Lines agree."})

    assert not Conclusion.objects.exists()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("{own}", "choose another mark"),
        ("B999999", "There is no mark B999999"),
        ("varnia-04.x3p", "like B12"),
    ],
)
def test_a_mark_that_cannot_be_compared_with_is_said_beside_the_field(
    at_desk, enrolled, other, said
):
    own = enrolled[0]
    address = reverse("mark-compare", args=[own.pk])

    answer = at_desk("elena").post(address, {"other": other.format(own=f"B{own.pk}")})

    assert answer.status_code == 422
    assert said in str(answer.context["compare_form"].errors["other"])
    assert own.reference in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"owner": "R999999"}, "owner"),
        ({"owner": "A1", "origin": "EXHIBIT"}, "origin"),
        ({"file": uploaded(b"no zip", "x.x3p")}, "file"),
    ],
)
def test_a_refused_enrolment_points_to_its_field(
    at_desk, known, folder, changed, field
):
    given = {
        "file": uploaded(),
        "mark_type": "BREECH_FACE",
        "origin": "EXHIBIT",
        "owner": f"R{known.recovered[0]}",
        "label": "L-7",
        **CLASS,
    }

    answer = at_desk("elena").post(reverse("mark-enrol"), given | changed)

    assert answer.context["form"].errors[field]
    assert "L-7" in answer.content.decode()


def test_an_enrolment_begins_with_what_a_trace_knows(at_desk, known):
    page = read(
        at_desk("elena"),
        "mark-enrol",
        owner="R7",
        origin="TEST_FIRE",
        calibre="9x19",
    )

    assert 'value="R7"' in page
    assert '<option value="TEST_FIRE" selected>' in page
    assert 'value="9x19"' in page


def test_a_ring_below_nothing_is_asked_for_again_and_drawn(at_desk, enrolled):
    address = reverse("mark-region", args=[enrolled[0].pk])
    ring = {"centre_x": "1.8", "centre_y": "1.8", "outer": "-1", "pin": "-2"}

    answer = at_desk("elena").post(address, ring)

    assert answer.context["form"].errors["outer"]
    assert answer.context["ring"]["outer"] == 0.0
    assert 'r="-' not in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("B11", ("ballistic-mark", 11)),
        ("k8", ("comparison", 8)),
        ("S2", ("mark-search-run", 2)),
        ("A7", ("arm", 7)),
        ("ZZ3", None),
    ],
)
def test_a_number_of_a_record_leads_to_its_page(text, page):
    assert record_numbers.reference_of(text) == page
