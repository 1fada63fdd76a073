"""The list of reports of loss and theft holds what has no page of its own."""

import pytest
from django.urls import reverse

from armstrace.analysis.marks.description import Description
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.arms import ItemKind, LifeEventKind
from tests.web import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(known):
    world.reported()
    world.reported(
        number="B-10",
        item_kind=ItemKind.AMMUNITION,
        description=Description("9 mm cartridges", "CBC", "", "9x19", ""),
        loss_kind=LifeEventKind.LOST,
    )


def test_reports_of_ammunition_are_listed_beside_those_of_arms(at_desk, reports):
    page = at_desk("otto").get(reverse("losses")).content.decode()

    assert "B-9" in page
    assert "9 mm cartridges CBC 9x19" in page
    assert "ammunition" in page
    entry = LedgerEntry.objects.order_by("pk").last()
    assert entry.act == "list.shown"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"item_kind": "AMMUNITION"}, {"B-10"}),
        ({"loss_kind": "STOLEN"}, {"B-9"}),
        ({"q": "B-1"}, {"B-10"}),
        ({"q": "Z"}, set()),
    ],
)
def test_the_list_of_reports_is_narrowed(at_desk, reports, asked, shown):
    page = at_desk("otto").get(reverse("losses"), asked).content.decode()
    rows = page.split("<tbody>")[-1] if "<tbody>" in page else ""

    assert {number for number in ("B-9", "B-10") if f"{number}<" in rows} == shown
