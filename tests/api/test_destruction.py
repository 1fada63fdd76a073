"""Lots of destruction over the wire."""

from armstrace.vocabulary.actors import Role
from tests.disposal import desk


def send(client, address, body):
    return client.post(address, body, content_type="application/json")


def test_a_programme_opens_fills_and_reads_a_lot(caller):
    exhibit = desk.approved()
    client = caller(Role.CUSTODIAN, "VNP")
    given = {"method": "SHREDDED", "works": "Works", "place": "Hill"}
    lot = send(client, "/api/v1/destruction/lots", given).json()["id"]
    address = f"/api/v1/destruction/lots/{lot}"

    assert send(client, f"{address}/items", {"items": ["R1"]}).status_code == 404
    send(client, f"{address}/items", {"items": [exhibit.reference]})
    send(client, f"{address}/witnesses", {"name": "Wanda", "body": "Observatory"})

    told = client.get(address).json()
    assert told["items"] == [{"number": exhibit.reference, "missing": []}]
    assert told["is_blocked"]
    assert [one["code"] for one in told["missing"]] == ["DX-11", "DX-12"]
    rows = client.get("/api/v1/destruction/lots?is_destroyed=false").json()["rows"]
    assert [(row["lot_id"], row["count_in"]) for row in rows] == [(lot, 1)]
    ended = {"destroyed_on": "2026-01-01", "count_out": 1}
    refused = send(client, f"{address}/end", ended)
    assert (refused.status_code, refused.json()["rule"]) == (409, "DX-11")
    taken = {"item": exhibit.reference, "reason": "needed again"}
    send(client, f"{address}/withdrawals", taken)
    assert client.get(address).json()["count_in"] == 0


def test_a_programme_decides_and_checks_what_comes_before(caller):
    exhibit = desk.custody.received()
    client = caller(Role.CUSTODIAN, "VNP")
    address = f"/api/v1/destruction/items/{exhibit.reference}"
    given = {"kind": "TITLE", "answer": "CONFISCATED", "authority": "Court"}
    given |= {"document": "7/26", "decided_on": "2026-03-05"}

    send(client, f"{address}/decisions", given)
    send(client, f"{address}/check", {})

    rows = {row["kind"]: row for row in client.get(address).json()}
    assert (rows["TITLE"]["answer"], rows["TITLE"]["missing"]) == ("CONFISCATED", "")
    assert rows["CHECK"]["answer"] == "NOT_REPORTED"
    assert "not settled" in rows["CLAIMS"]["missing"]
