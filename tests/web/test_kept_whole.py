"""What is not changed stays; what is narrowed is exported narrowed."""

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.recoveries.actions import recording
from armstrace.recoveries.models import RecoveryRecord
from armstrace.recoveries.stated import StatedPlace
from armstrace.vocabulary.arms import ProductionClass
from tests.web import world

pytestmark = pytest.mark.django_db
NOT_COMPARED = {"id", "superseded_at", "known_at", "reason", "content_key"}


def _values(record: RecoveryRecord) -> dict[str, object]:
    names = {field.attname for field in record._meta.concrete_fields}
    return {name: getattr(record, name) for name in names - NOT_COMPARED}


def test_a_correction_changes_what_was_changed_and_nothing_else(at_desk, known):
    stated = world.a_recovery(
        "N-77",
        where=StatedPlace(place="Vila", latitude=-22.9, longitude=-43.2),
        year_of_manufacture=1988,
        production_class=ProductionClass.CRAFT,
        notes="first line\nsecond line",
        taken_from="Person Nine",
    )
    (made,) = recording.record_recoveries(
        source="POLICE", stated=[stated], by=actors.system_actor(), at=world.NOON
    )
    client = at_desk("otto")
    address = reverse("recovery-correct", args=[made.record_id])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    sent["notes"] = "first line\r\nsecond line"

    client.post(address, sent | {"case_number": "C-9", "reason": "wrong case"})

    rows = RecoveryRecord.objects.filter(recovery=made.record_id).order_by("pk")
    before, after = map(_values, rows)
    assert after == before | {"case_number": "C-9"}


def test_a_correction_that_changes_nothing_writes_nothing(at_desk, known):
    recovery = known.recovered[0]
    client = at_desk("otto")
    address = reverse("recovery-correct", args=[recovery])

    page = client.post(address, _sent(client, address), follow=True)

    assert "nothing was changed" in page.content.decode()
    assert RecoveryRecord.objects.filter(recovery=recovery).count() == 1


def _sent(client, address):
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    return sent | {"reason": "looked again"}
