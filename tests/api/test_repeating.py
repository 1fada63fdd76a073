"""A call that is sent twice under one key is done once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from armstrace.accounts import kept_answers
from armstrace.accounts.models import KeptAnswer
from armstrace.audit.models import LedgerEntry
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Role
from tests.api.test_api import SEIZURE

type Caller = Callable[[Role, str], Client]
PATH = "/api/v1/recoveries"


def send(
    client: Client,
    body: object,
    key: str = "k-1",
    path: str = PATH,
    **asked: object,
) -> object:
    return client.post(
        path,
        json.dumps(body),
        content_type="application/json",
        headers={"idempotency-key": key},
        **asked,
    )


def test_the_same_key_and_body_is_given_the_first_answer(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")

    first, again = (send(officer, SEIZURE) for _ in range(2))

    assert first.json()["fate"] == "NEW"
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert Recovery.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")
    send(officer, SEIZURE)

    other = send(officer, SEIZURE | {"source_number": "78"})

    assert other.status_code == 422
    assert other.json()["field"] == "Idempotency-Key"
    assert Recovery.objects.count() == 1


def test_who_is_given_an_answer_again_consults_what_it_shows(caller: Caller) -> None:
    recovery = send(caller(Role.OFFICER, "VNP"), SEIZURE).json()["id"]
    analyst, body = caller(Role.ANALYST, "VFH"), {"recoveries": [recovery]}
    paths = {"path": "/api/v1/traces"}
    first, again = (send(analyst, body, **paths) for _ in range(2))

    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json() == first.json()
    one, two = LedgerEntry.objects.filter(act="list.shown").order_by("seq")
    assert json.loads(two.body)["subjects"] == json.loads(one.body)["subjects"]
    assert (two.actor, two.operation) == ("analyst.vfh", "CONSULT")


def test_an_agency_that_nobody_has_is_refused_in_one_sentence(caller: Caller) -> None:
    hub = caller(Role.ANALYST, "VFH")

    answer = send(hub, SEIZURE | {"agency": "NOBODY"})

    assert (answer.status_code, answer.json()["field"]) == (422, "agency")
    assert "There is no agency “NOBODY”" in answer.json()["detail"]
    assert not Recovery.objects.exists()


def test_an_answer_that_was_edited_behind_the_application_is_not_given(
    caller: Caller,
) -> None:
    officer = caller(Role.OFFICER, "VNP")
    send(officer, SEIZURE)
    (kept,) = KeptAnswer.objects.all()
    forged = kept.answer.replace("NEW", "UNCHANGED")
    KeptAnswer.objects.update(answer=forged)

    again = send(officer, SEIZURE)

    assert (again.status_code, again.json()["field"]) == (422, "Idempotency-Key")


def test_keys_of_two_programmes_do_not_meet(caller: Caller) -> None:
    answers_ = [
        send(caller(Role.OFFICER, agency), SEIZURE | {"agency": agency}).json()
        for agency in ("VNP", "VCG")
    ]

    assert [each["fate"] for each in answers_] == ["NEW", "NEW"]


def test_a_refusal_is_not_kept_and_leaves_nothing(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")

    refused = send(officer, SEIZURE | {"recovered_on": "2018-13"})
    done = send(officer, SEIZURE)

    assert (refused.status_code, done.json()["fate"]) == (422, "NEW")


@pytest.mark.parametrize("key", ["", "x" * 201, "é"])
def test_a_key_that_is_none_is_refused(caller: Caller, key: str) -> None:
    answer = send(caller(Role.OFFICER, "VNP"), SEIZURE, key)

    assert answer.status_code == 422
    assert answer.json()["field"] == "Idempotency-Key"


@pytest.mark.django_db
def test_an_answer_is_kept_for_a_day_and_once() -> None:
    at = datetime.now(UTC)
    call = kept_answers.Repeatable("c", "k", "a")

    kept_answers.keep_answer(call, answer="{}", at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        kept_answers.keep_answer(call, answer="{}", at=at)
    late = at + timedelta(hours=25)
    assert kept_answers.find_answer(call, at=at) == "{}"
    assert kept_answers.find_answer(call, at=late) is None
    kept_answers.keep_answer(call, answer="[]", at=late)
    assert kept_answers.find_answer(call, at=late) == "[]"
