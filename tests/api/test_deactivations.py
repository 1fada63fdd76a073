"""Deactivations over the wire."""

import pytest

from armstrace.vocabulary.actors import Role
from tests import builders
from tests.deactivations import desk

pytestmark = pytest.mark.django_db


def test_a_programme_records_lists_and_reads_deactivations(caller):
    (arm_id,) = builders.registered()
    client = caller(Role.REGISTRAR, "REG")
    body = {
        "arm_id": f"A{arm_id}",
        "kind": "PISTOL",
        "performed_on": "2026-02-20",
        "performed_by": "Old Mill Gunsmiths",
    }

    made = client.post("/api/v1/deactivations", body, "application/json")

    assert made.status_code == 200, made.content
    number = made.json()["id"]
    listed = client.get("/api/v1/deactivations").json()["rows"]
    assert [each["reference"] for each in listed] == [number]
    assert client.get(f"/api/v1/deactivations/{number}").json()["arm"] == f"A{arm_id}"
    refused = client.post("/api/v1/deactivations", body, "application/json")
    assert (refused.status_code, refused.json()["rule"]) == (409, "DA-13")


def test_who_may_only_look_is_refused_to_record(caller):
    made = desk.recorded()
    client = caller(Role.AUDITOR, "AUDIT")
    body = {"arm_id": "A1", "kind": "PISTOL", "performed_on": "2026-02-20"}
    body |= {"performed_by": "Old Mill Gunsmiths"}

    assert client.get(f"/api/v1/deactivations/{made.reference}").status_code == 200
    sent = client.post("/api/v1/deactivations", body, "application/json")
    assert sent.status_code == 403
