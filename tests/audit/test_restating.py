"""What a migration rewrites is stated anew; what was altered before is not."""

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from armstrace.audit import findings, keys, layouts, restating, verify, verify_records
from armstrace.audit.models import LedgerEntry
from armstrace.licensing.models import HolderRecord
from armstrace.vocabulary.ledger import FindingKind
from tests.audit import cast

pytestmark = [pytest.mark.django_db, pytest.mark.unledgered]
LABEL = "licensing.holderrecord"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    keys.make_missing(keys.folder())


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def rewrite(_apps, _editor):
    sql("UPDATE licensing_holderrecord SET region = 'renamed'")


def migrate(*operations):
    for operation in restating.restated(LABEL, operations):
        operation.code(apps, None)


def test_rows_that_a_migration_rewrites_are_stated_anew():
    cast.holders(30)
    migrate(migrations.RunPython(rewrite))

    assert verify.verify().is_sound
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.act, entry.actor) == ("records.restated", "system")


def test_a_row_that_was_altered_before_a_migration_stays_a_finding():
    cast.holders(3)
    key = HolderRecord.objects.latest("pk").pk
    sql(f"UPDATE licensing_holderrecord SET name = 'Other' WHERE id = {key}")

    migrate(migrations.RunPython(rewrite))

    found = verify.verify().findings
    assert [(f.kind, f.key) for f in found] == [(FindingKind.RECORD_EDITED, key)]


def test_a_new_database_states_nothing():
    migrate(migrations.RunPython(rewrite))

    assert not LedgerEntry.objects.exists()


def test_digests_over_a_dropped_column_trouble_nobody_once_stated_anew():
    cast.holders(3)
    state = MigrationLoader(connection).project_state()
    before = state.clone().apps
    state.remove_field("licensing", "holderrecord", "region")
    prove, stated = restating.restated(LABEL, [])
    connection.check_constraints()

    prove.code(before, None)
    sql("ALTER TABLE licensing_holderrecord DROP COLUMN region")
    stated.code(state.apps, None)

    after = layouts.layout_of(state.apps.get_model(LABEL))
    found = findings.Findings()
    assert sum(verify_records.prove_table(after, found)) == 3
    assert found.details == []


def test_digests_over_a_dropped_column_are_named_where_nobody_stated_anew():
    cast.holders(3)
    connection.check_constraints()
    sql("ALTER TABLE licensing_holderrecord DROP COLUMN region")
    state = MigrationLoader(connection).project_state()
    state.remove_field("licensing", "holderrecord", "region")

    found = findings.Findings()
    after = layouts.layout_of(state.apps.get_model(LABEL))
    list(verify_records.prove_table(after, found))

    assert [f.kind for f in found.details] == [FindingKind.LAYOUT_GONE]
