"""The box of the page's head finds every number that stands on paper."""

import pytest
from django.apps import apps
from django.urls import reverse

from armstrace.audit import declarations
from armstrace.licensing.models import Holder
from armstrace.recoveries.models import RecoveryRecord
from tests.ledger_guard import written_directly
from tests.web import test_consultations as consulted

pytestmark = pytest.mark.django_db


def look_up(client, text):
    return client.get(reverse("look-up"), {"q": text})


def write(row, **columns):
    with written_directly():
        type(row).objects.filter(pk=row.pk).update(**columns)


@pytest.fixture
def record(known):
    row = RecoveryRecord.objects.current().first()
    write(row, seal_number="SL-4471", case_number="K 17/26")
    return row


def test_the_seal_of_one_recovery_opens_it(at_desk, record):
    answer = look_up(at_desk("otto"), "sl-4471")

    assert answer["Location"] == reverse("recovery", args=[record.recovery_id])


def test_the_recoveries_of_a_case_are_offered(at_desk, record):
    other = RecoveryRecord.objects.current().exclude(pk=record.pk).first()
    write(other, case_number="K 17/26", agency=record.agency)

    page = look_up(at_desk("otto"), "K 17/26").content.decode()

    for each in (record, other):
        assert f"Open recovery R{each.recovery_id}" in page
    seen = consulted.named(consulted.last("marks.looked_up"))
    assert {record.recovery_id, other.recovery_id} <= set(seen["recoveries.recovery"])


def test_a_number_of_another_agency_leads_nowhere(at_desk, record):
    write(record, agency="ELSEWHERE")

    page = look_up(at_desk("otto"), "SL-4471").content.decode()

    assert f"R{record.recovery_id}" not in page


def test_a_holder_is_found_by_number_and_only_by_who_may_see_holders(at_desk, known):
    holder = Holder.objects.first()

    found = look_up(at_desk("rita"), holder.number)
    page = look_up(at_desk("otto"), holder.number)

    assert found["Location"] == reverse("holder", args=[holder.pk])
    assert "Open holder" not in page.content.decode()


FEW = {"ammunitionrecord", "licenceterms", "paper", "partrecord"}
"""Models of few rows."""
PLACES = [
    (app, where)
    for app, named in declarations.numbers_declared()
    for where in named.on_paper
    if where.model not in FEW
]


@pytest.mark.parametrize(("app", "where"), PLACES, ids=str)
def test_every_number_on_paper_is_found_by_an_index(app, where):
    meta = apps.get_model(app, where.model)._meta
    begun = {index.fields[0] for index in meta.indexes}
    begun |= {each.fields[0] for each in meta.constraints if hasattr(each, "fields")}
    begun |= {field.name for field in meta.fields if field.unique or field.db_index}

    assert set(where.columns) <= begun
