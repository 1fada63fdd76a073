"""No list reads all of a table that grows: the planner of the database is asked."""

import re
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armstrace.audit import ledgered
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry.models import REPORTED_MISSING, LifeEvent
from armstrace.stockpiles.models import StockedArm

pytestmark = pytest.mark.django_db
LISTS = {
    "lisa": ("today", "licences", "holders", "vettings", "transfers"),
    "rita": ("today", "registry", "losses", "refusals", "certificates"),
    "ana": ("today", "recoveries", "traces", "hits", "intelligence"),
    "cleo": ("today", "custody", "lots"),
    "sam": ("today", "held-rows", "erasures"),
}
SEARCHED = {
    "holders": "sample eva",
    "licences": "L-1",
    "registry": "ABC123",
    "recoveries": "ABC123",
    "vettings": "H12",
}
WAITS = {
    "lisa": ("transfer_due",),
    "ana": ("recovery_by_age",),
    "otto": ("recovery_record_agency",),
    "cleo": (
        "custody_event_offered",
        "custody_event_unplaced",
    ),
}
# Acts of people now and then, and a list a day.
FEW = {
    *("retention_erasure", "accounts_factorrecovery", "certificates_publishedlist"),
    "techniques_authority",
}
WHOLE = {
    "sqlite": re.compile(r"^SCAN (\w+)$"),
    "postgresql": re.compile(r"Seq Scan on (\w+)"),
}
SORTED = re.compile(r"FOR ORDER BY|Sort Key")


def plan_of(sql: str) -> list[str]:
    """Give the plan of a query, as if every table were large."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            return [row[3] for row in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        lines = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = on")
        return lines


def whole_reads(sql: str) -> set[str]:
    """Give the tables that a query reads whole: nothing narrows, orders or ends it."""
    plan = plan_of(sql)
    if " LIMIT " in sql and not any(map(SORTED.search, plan)):
        return set()
    found = map(WHOLE[connection.vendor].search, plan)
    return {one[1] for one in found if one}


@pytest.mark.parametrize("name", LISTS)
def test_no_list_reads_the_whole_of_a_table_that_grows(name: str, at_desk: Any) -> None:
    kept = {model._meta.db_table for model in ledgered.business_models()}
    client = at_desk(name)

    for page in LISTS[name]:
        for text in ("", SEARCHED.get(page, "")):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(page), {"q": text}).status_code == 200
            read = [each["sql"] for each in asked if each["sql"].startswith("SELECT")]
            for sql in read:
                assert not whole_reads(sql) & (kept - FEW), (page, text, sql)


@pytest.mark.parametrize("name", WAITS)
def test_what_waits_today_is_counted_in_indexes(name: str, at_desk: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of tables, and these are empty")
    client = at_desk(name)

    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("today")).status_code == 200
    read = [each["sql"] for each in asked if each["sql"].startswith("SELECT")]
    plans = [line for sql in read for line in plan_of(sql)]

    for index in WAITS[name]:
        assert any(re.search(rf"\b{index}\b", line) for line in plans), index


def test_missing_arms_and_types_of_recoveries_are_found_in_indexes() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of tables, and these are empty")
    of_store = StockedArm.objects.current().filter(arm=OuterRef("arm_id"))
    reported = LifeEvent.objects.filter(REPORTED_MISSING, Exists(of_store))

    # With bound values: SQLite sees of fewer conditions that an index holds them.
    assert "life_event_missing" in reported.explain()
    assert (
        "recovery_record_type"
        in RecoveryRecord.objects.current()
        .filter(recovery=1)
        .values("arm_type")
        .explain()
    )
