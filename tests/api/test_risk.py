"""Declarations over the wire."""

import pytest

from armstrace.vocabulary.actors import Role
from tests.risk.desk import declare, draw, goods

pytestmark = pytest.mark.django_db


def test_a_programme_reads_points_and_says_what_was_found(caller):
    (one,) = declare(goods("P1", hs_code="93052000", licence=""))
    client = caller(Role.CUSTOMS, "VCU")
    address = f"/api/v1/risk/declarations/D{one.pk}"

    (row,) = client.get("/api/v1/risk/declarations?code=CU-01").json()["rows"]
    assert row["declaration_id"] == f"D{one.pk}"
    assert row["goods"]["licence"] == ""
    assert "no authorisation" in row["reasons"][0]["sentence"]

    said = {"find": "PARTS", "examined_on": "2026-11-24"}
    sent = client.post(f"{address}/outcome", said, "application/json")

    assert sent.status_code == 200, sent.content
    assert client.get(address).json()["find"] == "PARTS"
    worth = client.get("/api/v1/risk/backtest").json()
    assert (worth["examined"], worth["found"]) == (1, 1)
    assert client.get("/api/v1/risk/list").json() is None


def test_a_programme_reads_the_list_of_the_day(caller):
    (one,) = declare(goods("P1", hs_code="93052000", licence=""))
    draw(capacity=1)

    told = caller(Role.CUSTOMS, "VCU").get("/api/v1/risk/list").json()

    assert (told["agency"], told["capacity"]) == ("VCU", 1)
    assert [row["declaration_id"] for row in told["rows"]] == [f"D{one.pk}"]
    assert told["rows"][0]["goods"]["hs_code"] == "93052000"


def test_another_agency_finds_nothing_over_the_wire(caller):
    (one,) = declare(goods("P1"))
    client = caller(Role.CUSTOMS, "VCX")

    assert client.get("/api/v1/risk/declarations").json()["rows"] == []
    assert client.get(f"/api/v1/risk/declarations/D{one.pk}").status_code == 404
