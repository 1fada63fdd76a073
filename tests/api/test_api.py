"""The API says who may do what, and answers every refusal in one shape."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.schemas import APIOperation

from armstrace.api.main import api
from armstrace.api.recoveries import STATED
from armstrace.audit.models import LedgerEntry
from armstrace.project.wsgi import application
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes, RecoveryField
from armstrace.recoveries.models import RecoveryRecord, Resighting
from armstrace.vocabulary.actors import Role
from tests import builders
from tests.bad_marks import COMPARED, NOT_COMPARED
from tests.cast import OFFICER
from tests.examples import examples

type Caller = Callable[[Role, str], Client]
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
OPENAPI = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"
EXAMPLES = examples(int(os.environ.get("API_EXAMPLES", "4")))
"""Calls of each operation; a run by hand takes more."""
SEIZURE = {
    "source_number": "77",
    "kind": "SEIZED",
    "recovered_on": "2025-06-01",
    "agency": "VNP",
    "make": "Glock",
    "model": "17",
    "calibre": "9x19",
    "serial": "ABC123",
}


def post(client: Client, path: str, body: object) -> object:
    return client.post(path, json.dumps(body), content_type="application/json")


def test_the_committed_description_is_the_api_as_it_is() -> None:
    schema = json.loads(json.dumps(api.get_openapi_schema()))

    assert json.loads(OPENAPI.read_text(encoding="utf-8")) == schema


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "Bearer wrong", "Bearer ", "Basic abc"])
def test_without_a_good_token_nothing_is_answered(token: str) -> None:
    headers = {"authorization": token} if token else {}

    answer = Client(headers=headers).get("/api/v1/recoveries")

    assert answer.status_code == 401
    assert answer.json()["type"] == "/api/docs#no-token"
    assert "token" in answer.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api", "/api/v2/recoveries", "/api/v1/nothing"])
def test_an_address_that_is_none_is_answered_in_the_shape_of_a_refusal(
    path: str,
) -> None:
    for answer in (Client().get(path), Client().post(path, {})):
        assert answer.status_code == 404
        assert answer.json()["type"] == "/api/docs#not-found"


def test_a_recovery_is_recorded_read_and_listed(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")

    made = post(officer, "/api/v1/recoveries", SEIZURE).json()
    read = officer.get(f"/api/v1/recoveries/{made['id']}").json()
    listed = officer.get("/api/v1/recoveries?text=ABC123").json()

    assert made["fate"] == "NEW"
    serial = next(r for r in read["readings"] if r["field"] == "serial")
    assert (serial["as_written"], serial["value"]) == ("ABC123", "ABC123")
    assert [row["id"] for row in listed["rows"]] == [made["id"]]


def test_every_field_that_is_sent_is_read_again(caller: Caller) -> None:
    body = {
        name: list(each.codes)[:1] if each.is_several else _told(each)
        for name, each in STATED.items()
    }
    officer = caller(Role.OFFICER, "VNP")
    made = post(officer, "/api/v1/recoveries", SEIZURE | body).json()

    read = officer.get(f"/api/v1/recoveries/{made['id']}").json()

    assert {name: read[name] for name in body} == body


def _told(each: RecoveryField) -> object:
    """Give something to send in a field."""
    told = {"year_of_manufacture": 1999, "known_on": "2025-06-02", "country": "UY"}
    code = next(iter(each.codes)) if each.codes else "text"
    return told.get(each.name, code)


def test_a_recovery_is_set_beside_those_on_record_at_once(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")

    first, second = (
        post(officer, "/api/v1/recoveries", SEIZURE | {"source_number": number}).json()
        for number in ("77", "78")
    )

    (met,) = Resighting.objects.current()
    ids = {f"R{met.recovery_id}", f"R{met.earlier_id}"}
    assert ids == {first["id"], second["id"]}


def test_sending_a_recovery_again_changes_nothing(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")

    fates = [post(officer, "/api/v1/recoveries", SEIZURE).json() for _ in range(2)]

    assert [fate["fate"] for fate in fates] == ["NEW", "UNCHANGED"]


def test_a_refusal_is_said_in_the_language_of_the_request(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")

    told = {
        code: officer.get("/api/v1/recoveries/999", headers={"accept-language": code})
        for code in ("de", "en", "fr")
    }

    bodies = {code: answer.json() for code, answer in told.items()}
    assert {body["type"] for body in bodies.values()} == {"/api/docs#not-found"}
    assert bodies["de"] == bodies["en"]
    assert "There is no" in bodies["en"]["detail"]
    assert "R999" in bodies["fr"]["detail"]
    assert "There is no" not in bodies["fr"]["detail"]


def test_a_field_that_is_not_sent_stays_as_it_is(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")
    made = post(officer, "/api/v1/recoveries", SEIZURE | {"notes": "a note"}).json()
    recovery_id = int(made["id"][1:])
    correcting.correct_recovery(
        recovery_id=recovery_id,
        changes=Changes(stated={"seal_number": "S-9", "taken_from": "A. Sample"}),
        reason="sealed",
        by=OFFICER,
        at=datetime.now(UTC),
    )

    same = post(officer, "/api/v1/recoveries", SEIZURE).json()
    sent = SEIZURE | {"calibre": "9x21", "reason": "measured"}
    changed = post(officer, "/api/v1/recoveries", sent).json()
    again = post(officer, "/api/v1/recoveries", sent).json()

    assert [same["fate"], changed["fate"]] == ["UNCHANGED", "CORRECTED"]
    assert again["fate"] == "UNCHANGED"
    record = RecoveryRecord.objects.current().get(recovery_id=recovery_id)
    assert (record.seal_number, record.taken_from) == ("S-9", "A. Sample")
    assert (record.notes, record.calibre_as_written) == ("a note", "9x21")


def test_RS_02_the_api_does_not_undo_what_a_person_corrected(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")
    made = post(officer, "/api/v1/recoveries", SEIZURE).json()
    correcting.correct_recovery(
        recovery_id=int(made["id"][1:]),
        changes=Changes(description={"serial": "ABC128"}),
        reason="photograph",
        by=OFFICER,
        at=datetime.now(UTC),
    )

    same = post(officer, "/api/v1/recoveries", SEIZURE)
    other = SEIZURE | {"serial": "ABC777", "reason": "read again"}
    anew = post(officer, "/api/v1/recoveries", other)

    assert same.json()["fate"] == "UNCHANGED"
    assert (anew.status_code, anew.json()["rule"]) == (409, "RS-02")
    assert RecoveryRecord.objects.current().get().serial_as_marked == "ABC128"


def test_RS_01_the_api_corrects_nothing_without_a_reason(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")
    post(officer, "/api/v1/recoveries", SEIZURE)

    answer = post(officer, "/api/v1/recoveries", SEIZURE | {"serial": "ABC777"})

    assert (answer.status_code, answer.json()["rule"]) == (409, "RS-01")


def test_a_stranger_gets_404_for_another_agencys_recovery(caller: Caller) -> None:
    made = post(caller(Role.OFFICER, "VNP"), "/api/v1/recoveries", SEIZURE).json()
    stranger = caller(Role.OFFICER, "VCG")

    answer = stranger.get(f"/api/v1/recoveries/{made['id']}")

    assert answer.status_code == 404
    assert "ABC123" not in answer.content.decode()
    assert stranger.get("/api/v1/recoveries").json()["rows"] == []


def test_recording_for_another_agency_is_refused_and_written_down(
    caller: Caller,
) -> None:
    answer = post(caller(Role.OFFICER, "VCG"), "/api/v1/recoveries", SEIZURE)

    assert answer.status_code == 403
    assert answer.json()["type"] == "/api/docs#not-permitted"
    assert LedgerEntry.objects.latest("seq").act == "api.refused"


def test_partly_read_marks_find_their_arm(caller: Caller) -> None:
    arm_id = builders.stolen_pistol()

    found = caller(Role.OFFICER, "VNP").get(
        "/api/v1/registry/candidates?serial=A?C123&make=Glock"
    )

    best = found.json()["candidates"][0]
    assert best["id"] == f"A{arm_id}"
    assert best["evidence"]
    assert "as A?C123: ? is a character" in found.json()["remarks"][-1]


def test_where_nothing_is_compared_no_chance_is_stated(caller: Caller) -> None:
    builders.stolen_pistol()

    found = caller(Role.OFFICER, "VNP").get("/api/v1/registry/candidates?serial=?")

    answer = found.json()
    assert (answer["probability_absent"], answer["probability_others"]) == (None, None)
    assert "at least two characters" in answer["note"]


@pytest.mark.django_db
@pytest.mark.parametrize(("marks", "why"), (NOT_COMPARED | COMPARED).items())
def test_bad_marks_are_answered_with_a_reason(
    caller: Caller, marks: tuple[str, str], why: str
) -> None:
    builders.stolen_pistol()
    asked = dict(zip(("serial", "make"), marks, strict=True))

    answer = caller(Role.OFFICER, "VNP").get("/api/v1/registry/candidates", asked)

    told = answer.json()
    is_told = any(why in words for words in (*told.get("remarks", ()), told["note"]))
    assert is_told or told["candidates"]


@pytest.mark.django_db
def test_a_mark_that_is_longer_than_any_is_refused(caller: Caller) -> None:
    answer = caller(Role.OFFICER, "VNP").get(
        "/api/v1/registry/candidates", {"serial": "9" * 500}
    )

    assert answer.status_code == 422
    assert "serial" in answer.json()["detail"]


def test_a_trace_is_run_and_read(caller: Caller) -> None:
    builders.stolen_pistol()
    (recovery_id,) = builders.recovered()
    analyst = caller(Role.ANALYST, "VFH")

    (ran,) = post(analyst, "/api/v1/traces", {"recoveries": [f"R{recovery_id}"]}).json()
    read = analyst.get(f"/api/v1/traces/R{recovery_id}").json()

    assert ran == read
    assert read["point_of_diversion"]["kind"] == "HOLDER_THEFT"


def test_the_indicator_comes_in_two_definitions_unless_one_is_named(
    caller: Caller,
) -> None:
    builders.recovered()
    analyst = caller(Role.ANALYST, "VFH")

    both = analyst.get("/api/v1/indicator/16.4.2?year=2025").json()
    one = analyst.get("/api/v1/indicator/16.4.2?year=2025&method=metadata").json()

    assert [each["method"] for each in both] == ["metadata", "unodc_annual"]
    assert [each["method"] for each in one] == ["metadata"]
    assert (one[0]["numerator"], one[0]["denominator"]) == (0, 1)


def test_what_it_would_take_adds_up_to_what_the_figure_lacks(caller: Caller) -> None:
    builders.recovered()
    analyst = caller(Role.ANALYST, "VFH")
    path = "/api/v1/indicator/16.4.2"

    told = analyst.get(f"{path}/what-it-would-take?year=2025&method=metadata").json()

    lost = sum(each["points"] for each in told["reasons"])
    assert told["reasons"]
    assert lost + told["value"] == pytest.approx(100)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/api/v1/recoveries/R", "write it as R12"),
        ("/api/v1/registry/candidates", "Nothing was read"),
        ("/api/v1/indicator/16.4.2?year=2025&as_of=2025-01-01T00:00:00", "time zone"),
    ],
)
def test_bad_input_gets_one_sentence(caller: Caller, path: str, sentence: str) -> None:
    answer = caller(Role.ANALYST, "VFH").get(path)

    assert answer.status_code == 422
    assert sentence in answer.json()["detail"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"recovered_on": None}, "“recovered_on” must be text"),
        ({"recovered_on": "2018-13"}, "“2018-13” is not a day, a month or a year"),
        ({"kind": "STOLEN"}, "“kind” must be one of: SEIZED"),
        ({"case_number": "9" * 500}, "“case_number” has 500 characters, and the"),
        ({"place": 5}, "“place” must be text"),
        ({"place": "Port\x00"}, "“place” has control characters"),
        ({"source_number": "x\x00"}, "“source_number” has control characters"),
        ({"criminal_contexts": "DOMESTIC"}, "“criminal_contexts” must be a list"),
        ({"taken_from": "Test Person"}, "no field called “taken_from”"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(
    caller: Caller, change: dict[str, object], sentence: str
) -> None:
    answer = post(
        caller(Role.OFFICER, "VNP"), "/api/v1/recoveries", {**SEIZURE, **change}
    )

    assert answer.status_code == 422
    assert sentence in answer.json()["detail"]
    assert answer.json()["field"] == next(iter(change))


def test_a_missing_field_is_named(caller: Caller) -> None:
    answer = post(caller(Role.OFFICER, "VNP"), "/api/v1/recoveries", {})

    said = answer.json()["detail"]
    assert said.startswith("“source_number” is missing. “kind” is missing.")


@pytest.fixture
def connection_kept() -> Iterator[None]:
    """Keep a whole application from closing the connection of the test."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("connection_kept")
@pytest.mark.parametrize("role", [Role.ANALYST, Role.OFFICER])
def test_no_input_breaks_the_api(caller: Caller, role: Role) -> None:
    """Hold generated requests to the description: status, type and body of each."""
    builders.stolen_pistol()
    builders.recovered()
    token = caller(role, "VNP").defaults["HTTP_AUTHORIZATION"]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)

    for found in schema.get_all_operations():
        try_operation(found.ok(), {"Authorization": token})


def try_operation(operation: APIOperation, headers: dict[str, str]) -> None:
    @given(operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def check(case: schemathesis.Case) -> None:
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)

    check()
