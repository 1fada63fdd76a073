"""Certificates over the wire."""

import pytest

from armstrace.vocabulary.actors import Role
from tests.certificates import desk


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.CERTIFICATE_KEYS = str(tmp_path)


def post(client, path, **body):
    return client.post(
        f"/api/v1/certificates{path}", body, content_type="application/json"
    ).json()


def test_a_programme_issues_checks_revokes_and_publishes(caller):
    client = caller(Role.REGISTRAR, "VFR")
    desk.licence("L-1")

    made = post(client, "", licence="L-1")

    assert post(client, "/check", code=made["token"])["answer"] == "VALID"
    address = f"/{made['certificate_id']}"
    assert post(client, f"{address}/revocation", reason="lost")["state"] == "REVOKED"
    checked = post(client, "/check", code=made["token"])
    assert (checked["answer"], checked["stated"]["subject"]) == ("REVOKED", "L-1")
    assert post(client, "/lists") == {"revoked": 1}
    told = client.get("/api/v1/certificates/trust").json()["text"]
    assert told.startswith("TRUST=")
    rows = client.get("/api/v1/certificates?state=REVOKED").json()["rows"]
    assert [row["number"] for row in rows] == [made["number"]]


def test_a_licence_that_is_left_out_is_named_so(caller):
    answer = post(caller(Role.REGISTRAR, "VFR"), "")

    assert "licence" in answer["detail"]


def test_CF_04_who_asked_does_not_sign_over_the_wire(caller):
    client = caller(Role.REGISTRAR, "VFR")
    made = desk.certified()

    answer = post(client, f"/{made.pk}/signature")

    assert answer["rule"] == "CF-06"


def test_the_name_needs_the_reason_that_holders_need(caller):
    client = caller(Role.ANALYST, "VFR")
    made = desk.certified()

    def told(**headers):
        one = client.get(f"/api/v1/certificates/{made.pk}", headers=headers).json()
        (row,) = client.get("/api/v1/certificates", headers=headers).json()["rows"]
        assert (one["name"], one["token"]) == (row["name"], row["token"])
        return one["name"], one["token"]

    assert told() == ("H-L-1", "")
    assert told(Justification="trace R7") == ("Eva Sample", made.token)
