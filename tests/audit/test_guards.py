"""The database itself refuses to change the ledger."""

import pytest
from django.db import DatabaseError, connection, transaction

from armstrace.audit import guards
from armstrace.audit.models import LedgerEntry
from armstrace.licensing.models import Holder
from tests.audit import cast, guards_raised

pytestmark = pytest.mark.django_db

ATTACKS = [
    "UPDATE audit_ledgerentry SET body = '{}' WHERE seq = 0",
    "UPDATE audit_ledgerentry SET actor = 'someone'",
    "DELETE FROM audit_ledgerentry",
    "UPDATE audit_digestblock SET last_key = 5",
    "DELETE FROM audit_digestblock WHERE seq = 0",
    "UPDATE audit_recordlayout SET text = ''",
    "DELETE FROM audit_recordlayout",
    "UPDATE audit_ledgerhead SET size = 0",
    "DELETE FROM audit_ledgerhead",
]
REPLACING = [
    "INSERT OR REPLACE INTO audit_ledgerentry "
    "SELECT seq, at, 'x.y', operation, actor, body, leaf FROM audit_ledgerentry",
    "INSERT OR REPLACE INTO audit_digestblock SELECT * FROM audit_digestblock",
    "INSERT OR REPLACE INTO audit_digestblock SELECT id + 100, seq, part, label, kind,"
    " layout, first_key, last_key, keys, states FROM audit_digestblock",
    "INSERT OR REPLACE INTO audit_ledgerhead VALUES (1, 99, x'')",
    "INSERT INTO audit_ledgerhead VALUES (1, 1, x'') "
    "ON CONFLICT DO UPDATE SET size = 0",
]
APPLICATION = "armstrace_app"


@pytest.fixture
def guarded(db):
    cast.holder()
    guards_raised.raise_guards()


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("sql", ATTACKS)
def test_the_ledger_cannot_be_changed_by_sql(guarded, sql):
    assert refused(sql)


@pytest.mark.parametrize("sql", ATTACKS)
def test_without_the_guards_the_same_sql_passes(db, sql):
    cast.holder()

    assert not refused(sql)


@pytest.mark.parametrize("sql", REPLACING)
def test_the_ledger_cannot_be_replaced_on_sqlite(guarded, sql):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")

    assert refused(sql)


def test_the_ledger_still_grows_under_its_guards(guarded):
    cast.holder("H-2")

    assert LedgerEntry.objects.count() == 2


def test_missing_guards_are_named(db):
    lacking = guards.missing_guards(connection)

    assert any("audit_ledgerentry" in name for name in lacking)


def test_standing_triggers_are_found(guarded):
    lacking = guards.missing_guards(connection)

    assert not [name for name in lacking if "trigger" in name]


TO_THE_LEDGER = [
    "UPDATE audit_ledgerentry SET body = ''", "DELETE FROM audit_ledgerentry",
    "TRUNCATE audit_ledgerentry", "ALTER TABLE audit_ledgerentry ADD COLUMN x int",
    "DROP TABLE audit_ledgerentry", "ALTER TABLE audit_ledgerentry DISABLE TRIGGER ALL",
    "CREATE TRIGGER t BEFORE INSERT ON audit_ledgerentry EXECUTE FUNCTION x()",
    "CREATE RULE r AS ON INSERT TO audit_ledgerentry DO INSTEAD NOTHING",
    "SET session_replication_role = replica", "DELETE FROM licensing_holder",
    "TRUNCATE licensing_holder CASCADE", "UPDATE django_migrations SET name = 'x'",
    "CREATE TABLE public.mine (id int)",
]  # fmt: skip


@pytest.fixture
def as_application(db):
    if connection.vendor != "postgresql":
        pytest.skip("roles apart exist on PostgreSQL only")
    cast.holder()
    guards.grant_application_role(connection, APPLICATION)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE armstrace_app")


@pytest.mark.unledgered
@pytest.mark.parametrize("sql", TO_THE_LEDGER)
def test_the_application_role_is_refused(as_application, sql):
    assert refused(sql)


def test_the_application_role_can_act_and_read(as_application):
    cast.holder("H-2")

    assert Holder.objects.count() == 2
    assert LedgerEntry.objects.count() == 2


def test_the_application_role_lacks_no_refusal(as_application):
    lacking = guards.missing_guards(connection)

    assert not [name for name in lacking if "trigger" not in name]


def test_the_owner_is_named_as_the_wrong_role(db):
    if connection.vendor != "postgresql":
        pytest.skip("roles apart exist on PostgreSQL only")

    assert "a role that does not own the tables" in guards.missing_guards(connection)
