"""A token opens what its scopes and its account allow, and so often."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.test import Client

from armstrace.accounts import actions, actors, policy, tokens
from armstrace.accounts.models import User
from armstrace.api.limits import TokenLimit
from armstrace.vocabulary.accounts import TokenScope
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput
from tests import builders
from tests.api.test_api import SEIZURE

type Caller = Callable[[Role, str], Client]
RECOVERIES = "/api/v1/recoveries"


def narrowed(client: Client, *scopes: TokenScope) -> Client:
    """Give a client of the same account with another token."""
    del client
    at, secret = datetime.now(UTC), tokens.new_secret()
    stated = actions.NewToken("narrow", secret, at + timedelta(days=1), scopes)
    user = User.objects.latest("pk")
    actions.issue_token(user=user, stated=stated, by=actors.system_actor(), at=at)
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_a_token_for_reading_reads_and_records_nothing(caller: Caller) -> None:
    reader = narrowed(caller(Role.OFFICER, "VNP"), TokenScope.READ)

    read = reader.get(RECOVERIES)
    recorded = reader.post(RECOVERIES, json.dumps(SEIZURE), "application/json")

    assert read.status_code == 200
    assert recorded.status_code == 403
    assert "This token does not open it" in recorded.json()["detail"]


def test_a_token_shows_names_only_where_that_was_allowed(caller: Caller) -> None:
    clerk = caller(Role.REGISTRAR, "VFR")
    both = (TokenScope.READ, TokenScope.NAMES)

    refused = narrowed(clerk, TokenScope.READ).get("/api/v1/holders")
    shown = narrowed(clerk, *both).get("/api/v1/holders")

    assert (refused.status_code, shown.status_code) == (403, 200)


def test_a_token_for_recording_decides_nothing(caller: Caller) -> None:
    arm_id, (recovery_id,) = builders.stolen_pistol(), builders.recovered()
    both = (TokenScope.READ, TokenScope.RECORD)
    analyst = narrowed(caller(Role.ANALYST, "VFH"), *both)
    stated = {"recovery_id": f"R{recovery_id}", "arm_id": f"A{arm_id}"}
    stated |= {"judgement": "SAME", "reason": "marks"}

    answer = analyst.post(
        "/api/v1/judgements/arms", json.dumps(stated), "application/json"
    )

    assert answer.status_code == 403


def test_a_token_without_a_scope_is_not_issued(caller: Caller) -> None:
    with pytest.raises(InvalidInput):
        narrowed(caller(Role.OFFICER, "VNP"))


def test_every_grant_has_its_scope_and_none_manages_accounts(db: None) -> None:
    scopes = {grant.action: policy.scope_of(grant.action) for grant in policy.policy()}

    assert scopes["recovery.view"] is TokenScope.READ
    assert scopes["holder.view"] is TokenScope.NAMES
    assert scopes["recovery.correct"] is TokenScope.RECORD
    assert scopes["trace.confirm"] is TokenScope.DECIDE
    deciding = ("step.waive", "deactivation.verify", "stock.dispose")
    deciding += ("disposal.destroy", "certificate.issue", "certificate.revoke")
    assert {scopes[each] for each in deciding} == {TokenScope.DECIDE}
    assert {scopes["ledger.verify"], scopes["stock.list"]} == {TokenScope.READ}
    assert scopes["account.manage"] is None
    assert scopes["token.issue"] is None


def test_a_token_waits_where_it_called_too_often(caller: Caller, settings) -> None:
    settings.API_CALLS_A_MINUTE = 2
    caches["limits"].clear()
    officer, other = caller(Role.OFFICER, "VNP"), caller(Role.OFFICER, "VCG")

    answers = [officer.get(RECOVERIES) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60
    assert answers[2].json()["type"] == "/api/docs#too-many-requests"
    assert other.get(RECOVERIES).status_code == 200


def test_calls_that_are_sent_side_by_side_are_all_counted(settings, tmp_path) -> None:
    settings.HOME, settings.API_CALLS_A_MINUTE = tmp_path, 10
    files = "django.core.cache.backends.filebased.FileBasedCache"
    limits = {"BACKEND": files, "LOCATION": tmp_path / "limits"}
    settings.CACHES = settings.CACHES | {"limits": limits}
    request, limit = SimpleNamespace(token_digest="one"), TokenLimit()

    with ThreadPoolExecutor(8) as pool:
        let_in = list(pool.map(limit.allow_request, [request] * 40))

    assert sum(let_in) == 10
