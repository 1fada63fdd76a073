"""The ledger's page: narrowed and exported."""

import pytest
from django.db import connection
from django.urls import reverse

from armstrace.audit.models import LedgerEntry

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


@pytest.mark.unledgered
@pytest.mark.parametrize("body", ["no json", '{"codes": 5, "subjects": [7]}'])
def test_entries_of_no_sense_stop_no_page_that_reads_them(body, at_desk, looked):
    otto = looked.people["otto"]
    given = {"role": "ANALYST", "reason": "moved to the hub"}
    at_desk("ada").post(reverse("person-do", args=[otto.pk, "role"]), given)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_ledgerentry SET body = %s", [body])
    last = LedgerEntry.objects.filter(act="record.opened").first().seq
    record = f"R{looked.recovered[0]}"

    opened = {
        "ada": [reverse("person", args=[otto.pk]), reverse("roles")],
        "sam": [reverse("acts-done"), reverse("waivers"), reverse("today")],
        "audrey": [
            reverse("ledger"),
            reverse("ledger") + "?format=csv",
            reverse("ledger-entry", args=[last]),
            reverse("ledger-proof"),
            reverse("consultations"),
            reverse("unusual-use", args=["otto"]),
            reverse("who-looked", args=[record]),
        ],
    }

    for name, pages in opened.items():
        answers = {page: at_desk(name).get(page).status_code for page in pages}
        assert answers == dict.fromkeys(pages, 200)
