"""Acts of the pages that a programme does too: the queue, the list, a case."""

from collections.abc import Callable

import pytest
from django.test import Client

from armstrace.licensing.models import HolderRecord
from armstrace.tracing.models import Assignment
from armstrace.vocabulary.actors import Role
from tests.api.test_api import SEIZURE
from tests.api.test_cases import CASE
from tests.api.test_desks import get, post

type Caller = Callable[[Role, str], Client]


def test_recoveries_are_assigned_and_freed_again(caller: Caller) -> None:
    analyst = caller(Role.ANALYST, "HUB")
    recovery = post(caller(Role.OFFICER, "VNP"), "recoveries", SEIZURE)["id"]
    chosen = {"recoveries": [recovery]}

    given = post(analyst, "traces/assignments", chosen | {"person": "analyst.hub"})

    assert given == {"count": 1}
    assert Assignment.objects.current().get().person == "analyst.hub"
    assert post(analyst, "traces/assignments", chosen) == {"count": 1}
    assert not Assignment.objects.current().exists()


def test_RI_02_a_list_is_drawn_only_where_goods_wait(caller: Caller) -> None:
    officer = caller(Role.CUSTOMS, "CUS")

    answer = officer.post(
        "/api/v1/risk/list", {"capacity": 5}, content_type="application/json"
    )

    assert (answer.status_code, answer.json()["rule"]) == (409, "RI-02")


def test_an_item_is_taken_out_of_a_case_with_a_reason(caller: Caller) -> None:
    lead = caller(Role.INVESTIGATOR, "VNP")
    item = post(caller(Role.OFFICER, "VNP"), "recoveries", SEIZURE)["id"]
    case = post(lead, "cases", CASE | {"recovery_ids": [item]})["id"]

    post(lead, f"cases/{case}/items/{item}/removal", {"reason": "another pistol"})

    assert get(lead, f"cases/{case}")["recovery_ids"] == []


def test_the_place_of_a_holder_is_corrected_without_naming_them_again(
    caller: Caller,
) -> None:
    clerk = caller(Role.REGISTRAR, "REG")
    held = {"number": "H-7", "name": "Finn Sample", "region": "North"}
    post(clerk, "holders", held)

    sent = {"number": "H-7", "place": "Hill", "reason": "moved house"}
    post(clerk, "holders/correction", sent)

    record = HolderRecord.objects.current().get(holder__number="H-7")
    assert (record.name, record.region, record.place) == (
        "Finn Sample",
        "North",
        "Hill",
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("custody/E1/acts", {"act": "PROPOSED", "way_out": "DESTRUCTION"}),
        ("custody/E1/acts", {"act": "OFFERED", "to_agency": "LAB", "errand": "BAD"}),
        ("custody/E1/acts", {"act": "RESEALED", "seal_state": "OPENISH"}),
        ("holders", {"number": "P9", "name": "A", "licence_type": "x"}),
        ("holders", {"number": "P9", "name": "A", "country": "E1"}),
    ],
)
def test_a_code_that_is_none_is_refused_by_its_field(
    caller: Caller, path: str, body: dict[str, str]
) -> None:
    clerk = caller(Role.REGISTRAR if path == "holders" else Role.CUSTODIAN, "VNP")
    said = body | ({"reason": "as told"} if "act" in body else {})

    answer = clerk.post(f"/api/v1/{path}", said, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["field"] == list(body)[-1]
