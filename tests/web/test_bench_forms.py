"""Forms of the bench: nothing chosen for the examiner, nothing lost on a refusal."""

import pytest
from django.urls import reverse

from armstrace.ballistics.models import Conclusion
from armstrace.web.ballistics import forms
from tests.web.at_bench import enrolled, folder, kept, read

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
