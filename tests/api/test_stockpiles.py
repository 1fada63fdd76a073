"""Stores of State arms over the wire."""

import pytest

from armstrace.stockpiles.models import StockCount
from armstrace.vocabulary.actors import Role
from tests.stockpiles import desk

pytestmark = pytest.mark.django_db


def test_a_scanner_lists_a_store_and_sends_a_count(caller):
    client = caller(Role.CUSTODIAN, "VNP")
    depot, arms = desk.stocked()

    (row,) = client.get("/api/v1/stockpiles").json()["rows"]
    assert (row["name"], row["arms"]) == (depot.name, 3)
    listed = client.get(f"/api/v1/stockpiles/{depot.pk}/arms").json()["rows"]
    assert [each["arm"] for each in listed] == [f"A{each}" for each in arms]
    sent = client.post(
        f"/api/v1/stockpiles/{depot.pk}/counts",
        {"kind": "PERIODIC", "second": desk.BEARER.name, "numbers": [f"A{arms[0]}"]},
        "application/json",
    )
    made = StockCount.objects.get().reference
    assert (sent.status_code, sent.json()["id"]) == (200, made)
