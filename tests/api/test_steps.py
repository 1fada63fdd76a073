"""A programme follows the steps of a recovery to its closing."""

from armstrace.vocabulary.actors import Role

SEIZURE = {
    "source_number": "77",
    "kind": "SEIZED",
    "recovered_on": "2025-06-01",
    "agency": "VNP",
    "make": "Glock",
    "serial": "ABC123",
    "criminal_contexts": ["TERRORISM"],
}


def post(client, path, body):
    answer = client.post(f"/api/v1/{path}", body, content_type="application/json")
    return answer.status_code, answer.json()


def test_what_is_recorded_has_steps_that_are_done_waived_and_counted(caller):
    police, hub = caller(Role.OFFICER, "VNP"), caller(Role.SUPERVISOR, "VFH")
    investigator = caller(Role.INVESTIGATOR, "VNP")
    _, made = post(police, "recoveries", SEIZURE)
    number = made["id"]

    panel = investigator.get(f"/api/v1/steps/{number}").json()
    keys = {each["code"]: each["step_id"] for each in panel["steps"]}
    where = f"steps/{number}/1/interview/done"
    stale = {"evidence": "9/26", "seen": keys["dna"]}
    assert post(investigator, where, stale)[0] == 409
    said = {"evidence": "9/26", "seen": keys["interview"]}
    status, done = post(investigator, where, said)
    said = {"ground": "NOT_POSSIBLE", "reason": "burnt"}
    post(investigator, f"steps/{number}/1/dna/waiver", said)
    (asked,) = hub.get("/api/v1/steps?is_asked=true").json()["rows"]
    _, waived = post(
        hub,
        f"steps/{asked['recovery_id']}/{asked['round']}/{asked['code']}/waiver-decision",
        {"is_granted": True, "reason": "seen"},
    )
    closed, _ = post(hub, f"steps/{number}/closing", {"is_closed": True})

    by_code = {each["code"]: each["state"] for each in waived["steps"]}
    assert status == 200
    assert done["open_steps"] == 10
    assert (by_code["interview"], by_code["dna"]) == ("DONE", "WAIVED")
    assert closed == 409
    told = hub.get("/api/v1/steps/figures").json()
    listed = hub.get("/api/v1/steps?agency=VNP").json()["rows"]
    assert (told["eligible"], told["by_agency"]["VNP"]["open_steps"]) == (1, 5)
    assert len(listed) == 5
