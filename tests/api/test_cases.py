"""Cases over the wire, and that a sealed one is there for nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.test import Client

from armstrace.vocabulary.actors import Role
from tests.api.test_api import SEIZURE
from tests.api.test_desks import get, post

type Caller = Callable[[Role, str], Client]
CASE = {"title": "Pistols at the port", "aims": ["DISRUPT"], "why": "three of a make"}
AHEAD = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()


def test_a_case_is_opened_written_closed_and_reopened(caller: Caller) -> None:
    officer, lead = caller(Role.OFFICER, "VNP"), caller(Role.INVESTIGATOR, "VNP")
    item = post(officer, "recoveries", SEIZURE)["id"]
    case = post(lead, "cases", CASE | {"recovery_ids": [item]})["id"]
    event = {"kind": "EVENT", "text": "They met.", "when": "2026-02"}
    person = {"subject_kind": "PERSON", "text": "Ama Sample", "role": "WITNESS"}
    event |= {"origin": "statement", "subjects": [person], "recovery_ids": [item]}
    assert post(lead, f"cases/{case}/entries", event)["id"] == "2"

    first, second = get(lead, f"cases/{case}/entries")
    assert (first["text"], second["mentions"]) == ("Ama Sample", [1])
    again = event | {"subjects": [], "text": "They met twice.", "reason": "read again"}
    post(lead, f"cases/{case}/entries/2", again | {"seen": second["seen"]})
    post(lead, f"cases/{case}/entries/1/withdrawal", {"reason": "another person"})
    task = {"kind": "TASK", "text": "ask the maker", "due_on": AHEAD}
    post(lead, f"cases/{case}/entries", task)
    post(lead, f"cases/{case}/entries/3/done", {"done_on": "2026-01-05"})
    post(lead, f"cases/{case}/items", {"recovery_ids": [item]})
    assert post(lead, f"cases/{case}/ask", {}) == []

    end = {"results": {"DISRUPT": "REACHED"}, "preventive_action": "inspections"}
    end |= {"lessons": [{"kind": "ROUTE", "text": "by bus"}]}
    post(lead, f"cases/{case}/close", end)
    post(lead, f"cases/{case}/reopen", {"reason": "a new arm"})
    told = get(lead, f"cases/{case}")
    assert (told["state"], told["recovery_ids"]) == ("OPEN", [item])
    assert told["outcomes"][0]["lessons"] == ["ROUTE: by bus"]


def test_a_case_of_no_agency_is_not_opened(caller: Caller) -> None:
    told = caller(Role.ANALYST, "VFH").post(
        "/api/v1/cases", CASE | {"agency": "X" * 50}, content_type="application/json"
    )

    assert told.status_code == 422
    assert "There is no agency" in told.json()["detail"]


def test_a_sealed_case_is_read_by_its_members_alone(caller: Caller) -> None:
    lead, prosecutor = caller(Role.INVESTIGATOR, "VNP"), caller(Role.PROSECUTOR, "VPO")
    case = post(lead, "cases", CASE)["id"]
    member = {"person": "prosecutor.vpo", "reason": "charges"}
    post(lead, f"cases/{case}/members", member)
    post(lead, f"cases/{case}/seal", {"is_sealed": True, "reason": "source"})

    for client in (lead, prosecutor):
        assert get(client, "cases")["rows"][0]["case_id"] == case
    hub = caller(Role.SUPERVISOR, "VFH")
    assert get(hub, "cases")["rows"] == []
    assert hub.get(f"/api/v1/cases/{case}").status_code == 404
    post(lead, f"cases/{case}/members", member | {"is_member": False})
    assert prosecutor.get(f"/api/v1/cases/{case}").status_code == 404
