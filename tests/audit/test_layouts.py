"""Equal rows have equal digests on both databases; unequal ones do not."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from armstrace.audit import canonical, layouts, ledgered

pytestmark = pytest.mark.pure


def layout(*kinds: str) -> layouts.Layout:
    columns = tuple((f"c{place}", kind) for place, kind in enumerate(kinds))
    return layouts.Layout("app.thing", "app_thing", "id", columns)


def digest(kind: str, value: object, vendor: str) -> bytes:
    return layouts.digester(layout(kind), vendor)([value])


SAME_ON_BOTH = [
    ("time", "2026-03-01 12:00:00", datetime(2026, 3, 1, 12, tzinfo=UTC)),
    (
        "time",
        "2026-03-01 12:00:00.000007",
        datetime(2026, 3, 1, 14, 0, 0, 7, tzinfo=timezone(timedelta(hours=2))),
    ),
    ("date", "2026-03-01", date(2026, 3, 1)),
    ("truth", 1, True),
    ("truth", 0, False),
    ("json", '{"b": 1, "a": [1.0, "é"]}', '{"a": [1, "\\u00e9"], "b": 1}'),
    ("json", "[]", "[]"),
    ("json", "1e2", "100"),
    ("bytes", b"\x00\x01", memoryview(b"\x00\x01")),
    ("uuid", "00000000000000000000000000000001", UUID(int=1)),
    ("decimal6", 12.5, Decimal("12.500000")),
    ("decimal2", 3, Decimal("3.00")),
    ("float", 0.1, 0.1),
    ("text", "Ünïcode", "Ünïcode"),
    ("whole", 2**60, 2**60),
    ("time", None, None),
]


@pytest.mark.parametrize(("kind", "on_sqlite", "on_postgresql"), SAME_ON_BOTH)
def test_both_databases_give_the_same_digest(kind, on_sqlite, on_postgresql):
    assert digest(kind, on_sqlite, "sqlite") == digest(
        kind, on_postgresql, "postgresql"
    )


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("text", "1", "2"),
        ("text", "", None),
        ("truth", 1, 2),
        ("whole", 1, "1"),
        ("text", "a", "a "),
        ("time", "2026-03-01 12:00:00", "2026-03-01 12:00:00.000001"),
        ("time", "2026-03-01 12:00:00", "not a time at all"),
        ("json", "{", "{}"),
        ("decimal2", 1, "one"),
        ("bytes", b"a", "a"),
    ],
)
def test_different_values_give_different_digests(kind, one, other):
    assert digest(kind, one, "sqlite") != digest(kind, other, "sqlite")


def test_a_value_cannot_move_between_columns():
    make = layouts.digester(layout("text", "text"), "sqlite")

    assert make(["ab", "c"]) != make(["a", "bc"])
    assert make(["a", None]) != make([None, "a"])


def test_a_digest_can_be_computed_by_hand():
    under = layout("text", "whole", "truth")

    made = layouts.digester(under, "sqlite")(["x", 7, 1])

    text = (
        '["app.thing","app_thing","id",[["c0","text"],["c1","whole"],["c2","truth"]]]'
    )
    assert under.text == text
    assert made == hashlib.sha256(f'{text}\n["x",7,true]'.encode()).digest()


def test_a_layout_is_read_back_from_its_text():
    for model in apps.get_models():
        if ledgered.is_ledgered(model):
            made = layouts.layout_of(model)
            assert layouts.read_layout(made.text) == made


def test_every_business_table_has_a_layout():
    labels = [layouts.layout_of(model).label for model in ledgered.business_models()]

    assert "registry.arm" in labels
    assert labels == sorted(labels)


def test_columns_that_move_by_themselves_are_left_out():
    model = apps.get_model("accounts.ApiToken")

    names = {name for name, _ in layouts.layout_of(model).columns}
    assert "digest" in names
    assert "last_used_at" not in names


def test_sign_in_jobs_and_the_ledger_are_no_business_records():
    apps_named = {m._meta.app_label for m in ledgered.business_models()}

    others = {"axes", "sessions", "django_tasks_database", "audit", "contenttypes"}
    assert {"accounts", "registry", "recoveries"} <= apps_named
    assert not apps_named & others


@given(st.text(), st.text())
def test_texts_have_equal_digests_exactly_when_they_are_equal(one, other):
    same = digest("text", one, "sqlite") == digest("text", other, "sqlite")

    assert same == (one == other)


def test_half_of_a_surrogate_pair_still_has_a_digest():
    assert digest("text", "\ud800", "sqlite") != digest("text", "\udc00", "sqlite")


def test_canonical_json_sorts_and_has_no_spaces():
    assert canonical.text_of({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'
