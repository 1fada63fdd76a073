"""A programme reads, checks, tries and keeps versions of a procedure."""

from armstrace.analysis.procedures import reading
from armstrace.procedures.models import ProcedureVersion
from armstrace.vocabulary.actors import Role
from tests.api.test_steps import SEIZURE, post
from tests.procedures import desk


def test_a_version_is_checked_tried_kept_and_put_into_use(caller):
    police, hub = caller(Role.OFFICER, "VNP"), caller(Role.SUPERVISOR, "VFH")
    post(police, "recoveries", SEIZURE)
    text = reading.write(desk.with_step())

    _, checked = post(hub, "procedures/check", {"text": text})
    _, tried = post(hub, "procedures/simulation", {"text": text, "year": 2025})
    assert ProcedureVersion.objects.count() == 1
    _, kept = post(hub, "procedures", {"text": text})
    use = f"procedures/{kept['version_id']}/use"
    assert post(hub, use, {"gaining": checked["gained"]})[0] == 409
    second = caller(Role.SUPERVISOR, "VFI")
    status, used = post(second, use, {"gaining": checked["gained"]})

    assert (checked["is_sound"], checked["gained"], checked["kept"]) == (True, 1, 0)
    (step,) = checked["by_step"]
    assert (step["words"], step["gained"], step["days"]) == ("Ask the neighbours", 1, 0)
    assert (tried["recoveries"], tried["cases"], tried["steps"]) == (1, 1, 12)
    assert tried["waivers"] is None
    assert (status, used["gained"]) == (200, 1)
    latest, first = hub.get("/api/v1/procedures").json()
    assert (latest["is_in_use"], first["is_in_use"]) == (True, False)
    assert reading.parse(latest["text"])["version"] == "2"


def test_each_fault_of_a_text_is_one_sentence(caller):
    hub = caller(Role.SUPERVISOR, "VFH")
    text = reading.write(desk.with_step(role="WIZARD", after=["extra"], triggers=[]))

    status, told = post(hub, "procedures/check", {"text": text})
    refused, why = post(hub, "procedures", {"text": text})
    year, _ = post(hub, "procedures/simulation", {"text": text, "year": "20x5"})
    torn, _ = post(hub, "procedures/check", {"text": "step = ["})

    assert (status, told["is_sound"], told["gained"]) == (200, False, None)
    for words in ("which does no steps", "waits for itself"):
        assert any(words in each for each in told["faults"])
    assert refused == year == torn == 422
    assert why["detail"] in told["faults"]
