"""What was altered into no sense at all is named, and stops no proof and no page."""

import pytest
from django.db import connection

from armstrace.audit import bodies, inclusion, keys, queries, verify
from armstrace.vocabulary.actors import Scope
from armstrace.vocabulary.ledger import FindingKind
from tests.audit import cast

ALTERED = [
    "no json",
    "",
    "[",
    "5",
    "null",
    "[" * 100_000,
    "{}",
    '{"codes": 5, "subjects": {"a": 1}, "remarks": [[1]], "agency": null}',
    '{"subjects": [{"table": 5}, 7], "remarks": ["x", ["a", [], {}]]}',
]


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    keys.make_missing(keys.folder())


@pytest.mark.pure
@pytest.mark.parametrize("body", ALTERED)
def test_a_body_of_no_sense_says_nothing(body):
    assert bodies.told(body) == bodies.Told()


def alter(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.django_db
@pytest.mark.unledgered
@pytest.mark.parametrize("body", ALTERED)
def test_an_entry_of_no_sense_is_named_and_is_still_read(body, home):
    cast.holders(2)
    alter("UPDATE audit_ledgerentry SET body = %s WHERE seq = 0", body)

    found = verify.verify().findings
    auditor = cast.clerk(**{"ledger.view": Scope.ALL})
    rows = queries.entries(queries.EntryFilter(), viewer=auditor, at=cast.NOON)
    proved = inclusion.entry(0, viewer=auditor, at=cast.NOON)

    assert (FindingKind.ENTRY_CHANGED, 0) in {(each.kind, each.seq) for each in found}
    assert (rows[-1].seq, rows[-1].actor, rows[-1].codes) == (0, "clerk", {})
    assert not proved.is_included


MALFORMED = [
    ("UPDATE audit_digestblock SET keys = %s", b"\x01"),
    ("UPDATE audit_digestblock SET keys = %s", b""),
    ("UPDATE audit_digestblock SET states = %s", b"\x01"),
    ("UPDATE audit_digestblock SET layout = %s", "none"),
    ("UPDATE audit_recordlayout SET text = %s", "no json"),
    ("UPDATE audit_recordlayout SET text = %s", "5"),
    ("UPDATE audit_ledgerhead SET frontier = %s", b"\x01"),
    ("UPDATE audit_ledgerentry SET leaf = %s", b"\x01"),
]
ONLY_SQLITE = [
    ("UPDATE audit_digestblock SET keys = %s", "text"),
    ("UPDATE audit_digestblock SET states = %s", "text"),
    ("UPDATE audit_ledgerhead SET frontier = %s", "text"),
    ("UPDATE audit_ledgerhead SET size = %s", "text"),
    ("UPDATE audit_ledgerentry SET leaf = %s", "text"),
    ("UPDATE audit_ledgerentry SET body = %s", b"\xff\xfe"),
    ("UPDATE audit_ledgerentry SET at = %s", "never"),
    ("UPDATE audit_ledgerentry SET at = %s", 5),
    ("UPDATE audit_digestblock SET first_key = %s", "text"),
]


@pytest.mark.django_db
@pytest.mark.unledgered
@pytest.mark.parametrize(("statement", "value"), [*MALFORMED, *ONLY_SQLITE])
def test_a_malformed_value_of_the_ledger_stops_no_proof(statement, value, home):
    if connection.vendor != "sqlite" and (statement, value) in ONLY_SQLITE:
        pytest.skip("columns of this database hold values of their type alone")
    cast.holders(2)
    alter(statement, value)

    assert not verify.verify().is_sound
