"""Transfers over the wire: the whole way, every refusal with its rule."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from armstrace.transfers import actions
from armstrace.vocabulary.actors import Role
from tests.transfers import desk

pytestmark = pytest.mark.django_db

ASKED = {
    "direction": "EXPORT",
    "recipient": "Sport Shop of Ghent",
    "export_country": "XV",
    "import_country": "NL",
    "transit": ["FR"],
    "is_brokered": False,
    "issue_place": "Casamar",
    "valid_until": "2031-01-31",
    "key": "k1",
}
GOODS = {"item_kind": "ARM", "description": "rifle", "quantity": 4}


def post(client, path, said=None):
    address = f"/api/v1/transfers{path}"
    return client.post(address, said or {}, "application/json")


def test_a_programme_takes_an_export_its_whole_way(caller, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    officer, second = caller(Role.LICENSING, "VFR"), caller(Role.LICENSING, "VFA")
    made, again = (post(officer, "", ASKED).json()["id"] for _ in range(2))
    assert made == again
    assert post(officer, f"/{made}/goods", GOODS).json()["id"] == "1"
    refused = post(second, f"/{made}/acts", {"act": "ISSUE"})
    assert (refused.status_code, refused.json()["rule"]) == (409, "TX-02")
    for paper in desk.sound(datetime.now(UTC).date()).papers:
        told = {
            "kind": paper.kind,
            "country": paper.country,
            "signatory": paper.signatory,
            "signatory_title": paper.signatory_title,
            "file": SimpleUploadedFile("a.pdf", desk.PDF, "application/pdf"),
        }
        told |= {"issued_on": paper.issued_on} if paper.issued_on else {}
        told |= {"received_on": paper.received_on} if paper.received_on else {}
        done = officer.post(f"/api/v1/transfers/{made}/documents", told)
        assert done.status_code == 200, done.content

    told = officer.get(f"/api/v1/transfers/{made}").json()
    assert told["missing"] == []
    done = post(second, f"/{made}/acts", {"act": "ISSUE", "seen": told["seen"]})

    assert done.status_code == 200, done.content
    checked = officer.get("/api/v1/transfers/check", {"number": made}).json()
    assert (checked["stage"], checked["blocks"]) == ("ISSUED", False)
    listed = officer.get("/api/v1/transfers", {"stage": "ISSUED"}).json()
    assert [row["quantity"] for row in listed["rows"]] == [4]


def test_a_document_is_taken_off_the_file_with_its_reason(caller, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = desk.ready(tmp_path)
    officer = caller(Role.LICENSING, "VFR")

    path = f"/{made.reference}/documents/1/removal"
    assert post(officer, path, {"reason": "of another"}).status_code == 200

    told = officer.get(f"/api/v1/transfers/{made.reference}").json()
    assert "TX-IMPORT-LICENCE" in {each["code"] for each in told["missing"]}
    assert post(officer, f"/{made.reference}/acts", {"act": "GOODS"}).status_code == 404


def test_customs_read_what_blocks_and_a_stranger_nothing(caller):
    made = desk.recorded()
    path = f"/api/v1/transfers/check?number={made.reference}"

    assert caller(Role.CUSTOMS, "VCG").get(path).json()["blocks"]
    assert caller(Role.OFFICER, "VNP").get(path).status_code == 403


def test_a_programme_sends_a_consignment_and_asks_what_is_due(caller, tmp_path):
    today = datetime.now(UTC).date()
    made = desk.ready(tmp_path, desk.sound(today), is_multiple=True)
    desk.decide(made, at=datetime.now(UTC))
    customs = caller(Role.CUSTOMS, "VCG")
    body = {
        "authorisation": made.reference,
        "departed_on": str(today),
        "items": [{"line": 1, "quantity": 3}, {"line": 1, "serial": "AB1"}],
        "key": "k",
    }

    def post(path, said):
        address = f"/api/v1/consignments{path}"
        return customs.post(address, said, "application/json")

    number = post("", body).json()["id"]
    over = post("", body | {"key": "l", "items": [{"line": 1, "quantity": 37}]})
    assert (over.status_code, over.json()["rule"]) == (409, "TX-12")
    step = {"kind": "ARRIVED", "happened_on": str(today), "quantity": 5}
    assert post(f"/{number}/steps", step).status_code == 200
    (row,) = customs.get("/api/v1/consignments", {"is_due": True}).json()["rows"]
    assert (row["sent"], row["alarm"]) == (4, "OVER_DELIVERY")
    back = post(f"/{number}/steps/taken-back", {"reason": "counted again"})
    assert (back.status_code, back.json()["rule"]) == (409, "TX-55")
    actions.take_back_step(
        consignment_id=int(number[1:]),
        reason="counted again",
        by=desk.COLLEAGUE,
        at=datetime.now(UTC),
    )
    step = {"kind": "DIVERTED", "happened_on": str(today)}
    post(f"/{number}/steps", step)
    analyst = caller(Role.ANALYST, "VFH")
    path = f"/api/v1/consignments/{number}"
    assert analyst.get(path).json()["alarm"] == "DIVERSION"
    case = analyst.post(f"{path}/case", {}, "application/json")
    assert case.json()["id"].startswith("C")
