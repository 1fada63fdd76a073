"""The customs desk: the list, the outcome, what it was worth; strangers see nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.intake.models import Batch
from armstrace.jobs import tasks
from armstrace.risk.models import Declaration, Examination
from armstrace.vocabulary.actors import Role
from tests import cast
from tests.risk.desk import declare, draw, goods


@pytest.fixture
def carl(known, at_desk):
    return at_desk("carl")


@pytest.fixture
def declared(known):
    by = cast.actor(Role.CUSTOMS, "PC-NORTE")
    today = {"declared_on": known.today} if hasattr(known, "today") else {}
    return declare(
        goods("P-1", hs_code="93052000", licence="", consignee="Ana Lima", **today),
        goods("P-2", description="shirts", **today),
        by=by,
    )


def text(response):
    return response.content.decode()


def test_from_the_list_to_what_was_found(carl, declared):
    Declaration.objects.update()  # the day of the desk is the day of the goods
    one = declared[0]
    address = reverse("declaration", args=[one.pk])
    page = text(carl.get(address))
    assert "no authorisation is named" in page
    assert "Base, before any reason: -8.8" in page
    assert "Ana Lima" in page

    sent = carl.post(
        address, {"find": "PARTS", "examined_on": "2026-11-24"}, follow=True
    )

    assert "Record the recovery" in text(sent)
    assert Examination.objects.get().find == "PARTS"
    assert "P-1" in text(carl.get(reverse("declarations") + "?shown=TO_RECORD"))
    assert "parts or ammunition found, no recovery" in text(carl.get(reverse("today")))
    assert "P-2" not in text(carl.get(reverse("declarations") + "?shown=FOUND"))
    assert "1" in text(carl.get(reverse("risk-backtest")))


def test_a_recovery_is_recorded_from_its_declaration_and_leads_back(carl, declared):
    address = reverse("declaration", args=[declared[0].pk])
    found = {"find": "PARTS", "examined_on": "2026-11-24"}
    shown = carl.post(address, found, follow=True)
    (form,) = {a for a in shown.context["record_address"].split() if a}
    values = carl.get(form).context["form"]
    told = {name: values[name].value() or "" for name in values.fields}
    told |= {"recovery_kind": "SEIZED"}

    made = carl.post(reverse("recovery-record"), told, follow=True)

    assert told["item_kind"] == "PART"
    number = f"D{declared[0].pk}"
    assert number in text(made)
    recovery = Examination.objects.current().get().recovery_id
    assert f"R{recovery}" in text(carl.get(address))


def test_a_wrong_number_of_a_recovery_is_said_beside_its_field(carl, declared):
    address = reverse("declaration", args=[declared[0].pk])
    said = {"find": "ARMS", "examined_on": "2026-11-24", "recovery": "nine"}

    sent = carl.post(address, said)

    assert sent.status_code == 422
    assert "nine is not a recovery" in text(sent)
    assert not Examination.objects.exists()


def test_the_catalogue_shows_every_indicator_with_its_hits(carl, declared):
    page = text(carl.get(reverse("risk-indicators")))

    assert "CU-01" in page
    assert "drop_names: 3" in page


def test_the_desk_draws_its_list(carl, declared):
    page = text(carl.get(reverse("examinations")))
    assert "No list is drawn yet" in page

    sent = carl.post(reverse("examinations"), {"capacity": "0"})

    assert sent.status_code == 422


def test_a_row_of_the_list_shows_its_points_sender_and_receiver(carl, declared):
    by = cast.actor(Role.CUSTOMS, "PC-NORTE")
    declare(goods("P-3", consignor="Bo Ruiz", consignee="Eva Sol"), by=by)
    draw(capacity=3, by=by)

    page = text(carl.get(reverse("examinations")))

    for said in ("Points", "Bo Ruiz", "Eva Sol", "selected at random"):
        assert said in page


def test_another_agency_and_the_police_see_nothing(known, at_desk, declared):
    address = reverse("declaration", args=[declared[0].pk])

    assert at_desk("otto").get(address).status_code == 403
    assert at_desk("otto").get(reverse("examinations")).status_code == 403
    assert at_desk("ana").get(address).status_code == 200


def test_a_customs_officer_loads_a_file_of_declarations(carl):
    content = b"source_number,hs_code,licence\nP9,93052000,\nP9b,6109,\n"
    sent = carl.post(
        reverse("intake"),
        {"file": SimpleUploadedFile("goods.csv", content), "kind": "declarations"},
        follow=True,
    )

    assert sent.status_code == 200
    assert "armstrace-declarations" in text(sent)
    assert Batch.objects.count() == 0
    assert tasks is not None


def test_the_hub_sees_signs_and_dealers_with_the_caution(known, at_desk):
    ana = at_desk("ana")

    for name in ("risk-traced", "risk-dealers"):
        assert "no random sample" in text(ana.get(reverse(name)))
        assert at_desk("carl").get(reverse(name)).status_code == 403
