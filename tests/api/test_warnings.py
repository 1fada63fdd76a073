"""Early warnings over the wire: listed, read, decided."""

import json
from collections.abc import Callable

from django.test import Client

from armstrace.vocabulary.actors import Role
from tests.risk import warned

type Caller = Callable[[Role, str], Client]
PATH = "/api/v1/warnings"


def test_an_investigator_reads_a_warning_and_dismisses_it(caller: Caller) -> None:
    warned.recovered("VNP", "VNP", "VNP")
    (made,) = warned.raised()
    client = caller(Role.INVESTIGATOR, "VNP")

    (row,) = client.get(PATH, {"state": "NEW"}).json()["rows"]
    read = client.get(f"{PATH}/{row['warning_id']}").json()
    sent = client.post(
        f"{PATH}/{row['warning_id']}/decide",
        json.dumps({"state": "DISMISSED", "reason": "One lot", "seen": read["seen"]}),
        content_type="application/json",
    )

    assert row["warning_id"] == made.reference
    assert len(read["evidence"]) == 3
    assert sent.status_code == 200, sent.content
    assert client.get(PATH, {"state": "NEW"}).json()["rows"] == []


def test_another_agency_reads_none(caller: Caller) -> None:
    warned.recovered("VNP", "VNP", "VNP")
    (made,) = warned.raised()
    client = caller(Role.INVESTIGATOR, "VCG")

    assert client.get(PATH).json()["rows"] == []
    assert client.get(f"{PATH}/{made.reference}").status_code == 404
