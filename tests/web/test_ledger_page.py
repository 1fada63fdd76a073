"""The ledger's page: narrowed and exported."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked(at_desk, known):
    """Let an officer open a recovery."""
    recovery = known.recovered[0]
    at_desk("otto").get(reverse("recovery", args=[recovery]))
    return known


def test_the_ledger_is_narrowed_by_record_act_and_period_and_exported(at_desk, looked):
    client = at_desk("audrey")
    number = looked.recovered[0]

    sent = client.get(
        reverse("ledger"), {"record": f"R{number}", "act": "record.", "format": "csv"}
    )
    told = b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()

    assert [line.split(",")[2] for line in told[1:]] == ["record.opened"]
    none = client.get(reverse("ledger"), {"until": "2020-01-01"})
    assert none.context["rows"] == []
