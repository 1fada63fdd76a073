"""Oversight reads of which arm an extract was printed."""

import pytest
from django.urls import reverse

from armstrace.audit import consulted
from armstrace.vocabulary.ledger import Access
from armstrace.web.audit import presenters
from tests import cast
from tests.web import world

pytestmark = pytest.mark.django_db


def test_the_log_of_consultations_names_the_arm_of_an_extract(at_desk, known) -> None:
    arm = known.arms[0]
    at_desk("rita").get(reverse("arm-extract", args=[arm]))

    printed = consulted.ConsultationFilter(kind=Access.PRINT)
    (row,) = consulted.consultations(printed, viewer=cast.AUDITOR, at=world.NOON)

    assert presenters.row(row).opened.words == f"A{arm}"
