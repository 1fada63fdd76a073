"""Vetting over the wire."""

import pytest

from armstrace.vocabulary.actors import Role
from tests.vetting import desk

pytestmark = pytest.mark.django_db
AREA = "/api/v1/vetting"


def test_a_programme_asks_reads_and_answers(caller):
    clerk, officer = caller(Role.REGISTRAR, "VFR"), caller(Role.SUPERVISOR, "VFH")

    asked = clerk.post(
        f"{AREA}/requests",
        {"name": "Ilse Vornhagen", "capacity": "STAFF"},
        "application/json",
    ).json()
    address = f"{AREA}/requests/{asked['id']}"
    said = officer.post(f"{address}/answer", {"answer": "CLEAR"}, "application/json")

    assert said.status_code == 200, said.content
    told = clerk.get(address).json()
    assert (told["state"], told["answer"]) == ("IN_FORCE", "CLEAR")
    (row,) = clerk.get(f"{AREA}/requests?state=IN_FORCE").json()["rows"]
    assert row == told


def test_a_programme_reads_hits_and_judges(caller, tmp_path):
    subject = desk.holder("1", "Ilse Vornhagen")
    desk.load(tmp_path, "1,Person,Ilse Vornhagen,\n")
    client = caller(Role.ANALYST, "VFH")

    (hit,) = client.get(f"{AREA}/hits?examined=WAITING").json()["rows"]
    said = {"examined": "CONFIRMED", "reason": "same document"}
    sent = client.post(
        f"{AREA}/hits/{hit['hit_id']}/judgement", said, "application/json"
    )

    assert sent.status_code == 200, sent.content
    assert (hit["subject"], hit["score"], hit["cut"]) == (subject, 1.0, 0.7)
    (now,) = client.get(f"{AREA}/hits?text={subject}").json()["rows"]
    assert now["examined"] == "CONFIRMED"
