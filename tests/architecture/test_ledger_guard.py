"""A write to a ledgered table outside ``ledger.entry`` fails when it is sent."""

import pytest
from django.db import connection

from armstrace.audit import ledger
from armstrace.licensing.models import Holder
from armstrace.records import bulk
from armstrace.registry.models import PopulationSnapshot
from armstrace.vocabulary.ledger import Operation
from tests.audit import cast
from tests.cast import NOW, REGISTRAR
from tests.ledger_guard import WrittenOutsideTheLedger, written_directly

pytestmark = pytest.mark.django_db


def by_sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


WRITES = {
    "create": lambda: Holder.objects.create(number="1", known_at=NOW),
    "bulk_create": lambda: Holder.objects.bulk_create(
        [Holder(number="1", known_at=NOW)]
    ),
    "save": lambda: Holder.objects.get().save(),
    "update": lambda: Holder.objects.update(number="2"),
    "delete": lambda: Holder.objects.all().delete(),
    "raw update": lambda: by_sql("UPDATE licensing_holder SET number = '2'"),
    "raw delete": lambda: by_sql('  delete from "licensing_holder" where id < 0'),
    "behind a comment": lambda: by_sql("/* x */ UPDATE licensing_holder SET number=2"),
    "behind a WITH": lambda: by_sql(
        "WITH some AS (SELECT 1) UPDATE licensing_holder SET number = '2'"
    ),
    "or ignored": lambda: by_sql("UPDATE OR IGNORE licensing_holder SET number = '2'"),
    "in a schema": lambda: by_sql('DELETE FROM "main"."licensing_holder"'),
    "copied": lambda: by_sql("COPY licensing_holder (number) FROM STDIN"),
    "emptied": lambda: by_sql("TRUNCATE TABLE licensing_holder"),
}


@pytest.mark.parametrize("way", WRITES)
def test_no_way_of_writing_gets_around_the_ledger(way):
    cast.holder()

    with pytest.raises(WrittenOutsideTheLedger):
        WRITES[way]()


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL copies; no statement is sent"
)
def test_rows_inserted_in_bulk_do_not_get_around_it_either():
    with pytest.raises(WrittenOutsideTheLedger):
        bulk.insert(Holder, [{"number": "1", "known_at": NOW}])


def test_inside_an_entry_records_are_written():
    with ledger.entry("holder.recorded", by=REGISTRAR, at=NOW) as entry:
        entry.about(Holder.objects.create(number="1", known_at=NOW))

    assert Holder.objects.count() == 1


def test_what_a_test_lays_down_itself_it_says_so():
    with written_directly():
        Holder.objects.create(number="1", known_at=NOW)

    assert Holder.objects.count() == 1


def test_what_is_derived_may_be_rebuilt_at_will():
    assert PopulationSnapshot.objects.filter(pk=0).delete()[0] == 0


def seen_only(known):
    look = Operation.CONSULT
    with ledger.entry("holder.read", by=REGISTRAR, at=NOW, op=look) as entry:
        Holder.objects.update(number="2")
        entry.about(known)


def named_beside(known):
    with ledger.entry("holder.recorded", by=REGISTRAR, at=NOW) as entry:
        Holder.objects.update(number="2")
        entry.about_all([])
        entry.beside(Holder, [known.pk])


@pytest.mark.parametrize("way", [seen_only, named_beside])
def test_an_entry_that_names_a_record_as_seen_lets_no_write_pass(way):
    known = cast.holder()

    with pytest.raises(WrittenOutsideTheLedger):
        way(known)


def test_a_write_of_a_nested_act_is_named_by_that_act():
    with ledger.entry("licence.recorded", by=REGISTRAR, at=NOW) as outer:
        with ledger.entry("holder.recorded", by=REGISTRAR, at=NOW) as inner:
            inner.about(Holder.objects.create(number="1", known_at=NOW))
        outer.about_all([])

    assert Holder.objects.count() == 1


def test_an_update_that_finds_no_row_writes_nothing():
    with ledger.entry("holder.recorded", by=REGISTRAR, at=NOW) as entry:
        Holder.objects.filter(pk=0).update(number="2")
        entry.about_all([])
