"""Licences over the wire: the whole way, every refusal with its rule."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from armstrace.audit.models import LedgerEntry
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.vocabulary.actors import Role
from tests.cast import REGISTRAR
from tests.licensing import desk

pytestmark = pytest.mark.django_db

ASKED = {
    "activity": "POSSESS",
    "purpose": "sport",
    "categories": "B",
    "quantity": 2,
    "storage": "a safe",
    "born_on": "1980-05-01",
    "key": "k1",
}
GRANTED = {"is_granted": True, "reason": "no objection"}


def post(client, path, said=None):
    address = f"/api/v1/licences{path}"
    return client.post(address, said or {}, "application/json")


def test_a_programme_takes_an_application_its_whole_way(caller, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    officer = caller(Role.LICENSING, "VFR")
    second = caller(Role.LICENSING, "VFA")
    tomorrow = str(timezone.localdate() + desk.DAY)
    asked = ASKED | {"holder": desk.applicant()}
    made, again = (post(officer, "", asked).json()["id"] for _ in range(2))
    paper = SimpleUploadedFile("a.pdf", desk.PDF, "application/pdf")
    officer.post(
        f"/api/v1/licences/{made}/documents", {"kind": "IDENTITY", "file": paper}
    )
    for act, said in (
        ("SEND", {}),
        ("ACCEPT", {}),
        ("ASK", {"words": "Which safe?"}),
    ):
        assert post(officer, f"/{made}/acts", {"act": act, **said}).status_code == 200
    (question,) = officer.get(f"/api/v1/licences/{made}").json()["questions"]
    for client, act, said in (
        (officer, "ANSWER", {"question": question["id"], "words": "a big one"}),
        (officer, "VET", {}),
        (officer, "HEAR", {"department": "POLICE"}),
        (officer, "PROPOSE", {"is_granted": True, "reason": "in order"}),
        (second, "DECIDE", GRANTED | {"valid_from": tomorrow, "valid_until": tomorrow}),
        (officer, "ISSUE", {}),
    ):
        done = post(client, f"/{made}/acts", {"act": act, **said})
        assert done.status_code == 200, (act, done.content)

    assert made == again
    told = officer.get(f"/api/v1/licences/{made}").json()
    assert (told["row"]["stage"], told["acts"]) == ("ISSUED", [])
    assert told["missing"] == []
    number = told["row"]["licence_number"]
    ban = {"number": number, "act": "SUSPEND", "reason": "unsafe", "ground": "STORAGE"}
    assert post(second, "/restrictions", ban).status_code == 200
    check = officer.get("/api/v1/licences/check", {"number": number}).json()
    assert (check["stage"], check["blocks"]) == ("SUSPENDED", True)
    assert [each["code"] for each in check["missing"]] == ["LI-16"]


def test_an_act_of_another_stage_is_refused_with_rule_text_and_source(caller):
    made = desk.sent()

    answer = post(
        caller(Role.LICENSING, "VFR"), f"/{made.reference}/acts", {"act": "ISSUE"}
    )

    told = answer.json()
    assert answer.status_code == 409
    assert told["rule"] == "LI-01"
    assert "received" in told["detail"]
    assert told["source"].endswith("para. 30")


def test_a_refusal_is_appealed_and_overturned_over_the_wire(caller):
    made = desk.refused()
    officer, third = caller(Role.LICENSING, "VFR"), caller(Role.LICENSING, "VFB")

    told = officer.get(f"/api/v1/licences/{made.reference}").json()
    assert (told["appeal_to"], told["appeal_until"]) == ("", None)
    acts = f"/{made.reference}/acts"
    post(officer, acts, {"act": "APPEAL", "reason": "wrong"})
    post(third, acts, {"act": "OVERTURN", "reason": "wrong indeed"})

    (row,) = officer.get("/api/v1/licences?stage=ADVISED").json()["rows"]
    assert row["application_id"] == made.reference
    assert officer.get("/api/v1/licences/changed").json() == []


def test_another_agency_finds_nothing_over_the_wire(caller):
    made = desk.sent()
    trade = caller(Role.TRADE, "VDA")

    assert trade.get("/api/v1/licences").json()["rows"] == []
    assert trade.get(f"/api/v1/licences/{made.reference}").status_code == 404
    for act, status in (("WITHDRAW", 404), ("APPEAL", 404), ("REFUSE", 403)):
        said = {"act": act, "reason": "wrong"}
        assert post(trade, f"/{made.reference}/acts", said).status_code == status
    renewal = post(trade, f"/{made.reference}/acts", {"act": "RENEW"})
    assert renewal.status_code == 404


def test_reading_and_checking_leave_who_looked(caller):
    made, number = desk.sent(), desk.issued()
    officer = caller(Role.LICENSING, "VFR")

    for address in (made.reference, "", f"check?number={number}"):
        officer.get(f"/api/v1/licences/{address}".rstrip("/"))
        last = LedgerEntry.objects.latest("seq")
        assert last.operation == "CONSULT"
        assert json.loads(last.body)["subjects"]


def test_who_has_a_licence_of_an_unknown_kind_applies_and_a_number_that_is_none_is_said(
    caller,
):
    officer = caller(Role.LICENSING, "VFR")
    number = desk.applicant("H-9", licence_number="L-9", valid_until=date(2200, 12, 31))
    unknown = post(officer, "", ASKED | {"holder": "x1"})

    made = post(officer, "", ASKED | {"holder": number})
    check = officer.get("/api/v1/licences/check", {"number": "L-9"}).json()

    assert (unknown.status_code, made.status_code) == (404, 200)
    assert "no holder with the number x1" in unknown.json()["detail"]
    assert (check["activity"], check["blocks"]) == (None, False)


def test_LI_22_a_namesake_is_told_and_asked_about_over_the_wire(caller):
    other = desk.refused().holder.reference
    told = HolderInput("H-2", "SampleEva")
    licensing.enter_holder(stated=told, by=REGISTRAR, at=desk.MONDAY)
    made = desk.proposed(holder="H-2")
    officer = caller(Role.LICENSING, "VFA")

    page = officer.get(f"/api/v1/licences/{made.reference}").json()
    said = {"act": "DECIDE"} | GRANTED | {"valid_from": str(timezone.localdate())}
    answer = post(officer, f"/{made.reference}/acts", said)

    assert other in " ".join(page["ahead"])
    assert (answer.status_code, answer.json()["rule"]) == (409, "LI-22")
    assert other in answer.json()["detail"]


def test_LI_19_more_than_was_proposed_is_not_granted_over_the_wire(caller):
    made = desk.proposed()
    more = GRANTED | {"quantity": 3, "valid_from": str(timezone.localdate())}

    answer = post(
        caller(Role.LICENSING, "VFA"),
        f"/{made.reference}/acts",
        {"act": "DECIDE"} | more,
    )

    assert (answer.status_code, answer.json()["rule"]) == (409, "LI-19")
