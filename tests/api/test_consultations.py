"""Whatever the API shows leaves who asked, by which token, and which records."""

import json

import pytest
from django.test import Client

from armstrace.accounts.actions import tokens
from armstrace.accounts.models import ApiToken
from armstrace.api.main import api
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.actors import Role
from tests.web import world

pytestmark = pytest.mark.django_db

SHOWS_NO_RECORD = {
    "read_indicator": "figures alone",
    "read_what_it_would_take": "figures alone",
}
ADDRESSES = {
    "list_recoveries": "/api/v1/recoveries",
    "read_recovery": "/api/v1/recoveries/R{recovery}",
    "find_candidates": "/api/v1/registry/candidates?serial=BK48010&make=Glock",
    "read_trace": "/api/v1/traces/R{recovery}",
}


@pytest.fixture
def recovery(db):
    world.people()
    world.holders()
    world.arms()
    return world.recovered()[0]


def readers():
    """Name the operations that answer a GET."""
    return [
        operation.view_func.__name__
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
        if "GET" in operation.methods
    ]


def test_every_operation_that_shows_records_leaves_which(caller, recovery):
    client = caller(Role.ANALYST, "HUB")
    silent = []

    for name in readers():
        if name in SHOWS_NO_RECORD:
            continue
        assert name in ADDRESSES, f"no address is laid down to try {name} with"
        answer = client.get(ADDRESSES[name].format(recovery=recovery))
        assert answer.status_code == 200, (name, answer.content)
        last = LedgerEntry.objects.latest("seq")
        body = json.loads(last.body)
        if last.operation != "CONSULT" or not body["subjects"]:
            silent.append(name)
        assert body["codes"]["token"] == ApiToken.objects.get().pk

    assert silent == []


def test_the_use_of_a_token_leaves_an_entry_every_ten_minutes(caller, recovery):
    client = caller(Role.ANALYST, "HUB")

    for _ in range(3):
        client.get("/api/v1/recoveries")

    assert LedgerEntry.objects.filter(act="token.used").count() == 1
    assert LedgerEntry.objects.filter(act="list.shown").count() == 3


def test_refused_tokens_are_written_down_and_bounded(db):
    client = Client(headers={"authorization": "Bearer armstrace_wrong"})

    for _ in range(tokens.REFUSALS_NOTED + 30):
        assert client.get("/api/v1/recoveries").status_code == 401

    refused = LedgerEntry.objects.filter(act="token.refused")
    assert refused.count() == tokens.REFUSALS_NOTED
    assert "armstrace_wrong" not in refused.first().body
