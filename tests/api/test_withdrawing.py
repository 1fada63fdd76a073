"""A recovery entered twice, or a wrong photograph, is withdrawn over the wire."""

from collections.abc import Callable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from armstrace.vocabulary.actors import Role
from tests.api.test_api import SEIZURE
from tests.api.test_desks import get, post
from tests.web.test_work import PNG

type Caller = Callable[[Role, str], Client]
SAID = {"reason": "the patrol sent it twice"}


def test_a_recovery_is_withdrawn_read_and_brought_back(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")
    stands = post(officer, "recoveries", SEIZURE)["id"]
    gone = post(officer, "recoveries", SEIZURE | {"source_number": "twice"})["id"]

    post(officer, f"recoveries/{gone}/withdrawal", SAID | {"same_as": stands})

    assert [row["id"] for row in get(officer, "recoveries")["rows"]] == [stands]
    assert get(officer, f"recoveries/{gone}")["withdrawn_for"] == stands
    again = officer.post(
        "/api/v1/recoveries",
        SEIZURE | {"source_number": "twice"},
        content_type="application/json",
    )
    assert (again.status_code, again.json()["rule"]) == (409, "RC-12")
    post(officer, f"recoveries/{gone}/reinstatement", {"reason": "two pistols"})
    assert get(officer, f"recoveries/{gone}")["withdrawn_for"] is None


def test_a_photograph_is_withdrawn_and_its_picture_stays(
    caller: Caller, settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    officer = caller(Role.OFFICER, "VNP")
    recovery = post(officer, "recoveries", SEIZURE)["id"]
    address = f"/api/v1/photographs/{recovery}"
    picture = SimpleUploadedFile("left.png", PNG, "image/png")
    made = officer.post(address, {"file": picture, "caption": "left"}).json()["id"]

    post(officer, f"photographs/{recovery}/{made}/withdrawal", SAID)

    assert get(officer, f"recoveries/{recovery}")["photographs"] == []
    assert officer.get(f"{address}/{made}").status_code == 200
    stranger = caller(Role.OFFICER, "VCG")
    other = stranger.post(
        f"{address}/{made}/withdrawal", SAID, content_type="application/json"
    )
    assert other.status_code == 404
