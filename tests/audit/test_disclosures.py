"""Nobody reads personal data, or is refused, without an entry."""

import json

import pytest
from django.db import DatabaseError, connection

from armstrace.audit import disclosures, ledger, queries, refusals, verify
from armstrace.audit.models import LedgerEntry
from armstrace.licensing.models import Holder, HolderRecord
from armstrace.vocabulary.actors import Scope
from armstrace.vocabulary.errors import InvalidInput, NotPermitted
from armstrace.vocabulary.ledger import Operation
from tests.audit import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def read(reason: str = "") -> list[HolderRecord]:
    return disclosures.disclose(
        viewer=cast.clerk(),
        at=cast.NOON,
        act="holder.viewed",
        records=HolderRecord.objects.order_by("id"),
        reason=reason,
    )


def test_a_reading_names_who_read_which_records_and_why():
    cast.holders(3)
    found = read("case 2026/17, theft from a home")

    body = json.loads(LedgerEntry.objects.get(operation=Operation.CONSULT).body)
    assert len(found) == 3
    assert body["purpose"] == "REGISTRATION"
    assert body["subjects"][0]["count"] == 3
    assert "theft" not in json.dumps(body)
    assert len(body["codes"]["justification"]) == 64
    assert verify.verify().is_sound


@pytest.mark.unledgered
def test_a_reading_does_not_vouch_for_what_was_read():
    (record,) = cast.holders(1)
    HolderRecord.objects.filter(pk=record.pk).update(name="tampered")
    read()

    assert [f.key for f in verify.verify().findings] == [record.pk]


def test_no_entry_no_data(monkeypatch):
    """The ledger's table is broken on purpose: the reading has to fail."""
    cast.holders(1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_ledgerentry RENAME TO lost")

    with pytest.raises(DatabaseError):
        read()


def test_no_entry_no_act():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_digestblock RENAME TO lost")

    with pytest.raises(DatabaseError):
        cast.holder()


def test_a_reading_is_refused_to_whoever_lacks_its_grant():
    with pytest.raises(NotPermitted):
        disclosures.disclose(
            viewer=cast.clerk(),
            at=cast.NOON,
            act="held_row.person_viewed",
            records=HolderRecord.objects.all(),
            reason="just so",
            grants=("holder.view",),
        )
    assert not LedgerEntry.objects.exists()


def test_a_refusal_leaves_a_leaf():
    refusals.record_refusal(
        act="trace.confirm", why="NOT_PERMITTED", by=cast.clerk(), at=cast.NOON
    )

    entry = LedgerEntry.objects.get()
    assert (entry.operation, entry.actor) == ("REFUSE", "clerk")


def auditor():
    return cast.clerk(**{"ledger.view": Scope.ALL, "ledger.verify": Scope.ALL})


def test_an_auditor_finds_who_touched_a_record():
    made = cast.holders(5)
    with ledger.entry("holder.renamed", by=cast.clerk(), at=cast.NOON) as entry:
        entry.about(made[2])
    read()

    found = queries.entries(
        queries.EntryFilter(record=f"licensing.HolderRecord:{made[2].pk}"),
        viewer=auditor(),
        at=cast.NOON,
    )
    assert [row.act for row in found] == [
        "holder.viewed",
        "holder.renamed",
        "holders.recorded",
    ]


def test_entries_are_narrowed_by_actor_operation_act_and_number():
    cast.holder("H-1")
    cast.holder("H-2")
    read()

    def acts(**narrowed: object) -> list[str]:
        wanted = queries.EntryFilter(**narrowed)
        found = queries.entries(wanted, viewer=auditor(), at=cast.NOON)
        return [row.act for row in found if row.act != "ledger.read"]

    assert acts(operation="CONSULT") == ["holder.viewed"]
    assert acts(act="holder.rec") == ["holder.recorded", "holder.recorded"]
    assert acts(actor="nobody") == []
    assert acts(before=1) == ["holder.recorded"]


def test_the_reading_of_the_ledger_is_in_the_ledger():
    queries.entries(queries.EntryFilter(), viewer=auditor(), at=cast.NOON)

    assert LedgerEntry.objects.get().act == "ledger.read"


def test_a_stranger_reads_no_ledger_and_leaves_no_trace_of_it():
    with pytest.raises(NotPermitted):
        queries.entries(queries.EntryFilter(), viewer=cast.clerk(), at=cast.NOON)
    with pytest.raises(NotPermitted):
        queries.standing(viewer=cast.clerk())


@pytest.mark.parametrize("record", ["x", "12", ":12", "a.b:c"])
def test_a_record_that_is_misspelt_is_explained(record):
    with pytest.raises(InvalidInput, match="table:number"):
        queries.entries(
            queries.EntryFilter(record=record), viewer=auditor(), at=cast.NOON
        )


def test_the_standing_tells_size_and_last_proof():
    cast.holder()
    verify.keep(verify.verify(), at=cast.NOON)

    standing = queries.standing(viewer=auditor())
    assert (standing.size, standing.proved_findings) == (1, 0)
    assert standing.checkpoint_size is None


def test_names_of_models_that_are_no_records_are_refused():
    with (
        pytest.raises(ValueError, match="no business record"),
        ledger.entry("job.run", by=cast.clerk(), at=cast.NOON) as entry,
    ):
        entry.about_keys(LedgerEntry, [1])


def test_an_unsaved_record_cannot_be_named():
    with (
        pytest.raises(ValueError, match="not saved"),
        ledger.entry("holder.recorded", by=cast.clerk(), at=cast.NOON) as entry,
    ):
        entry.about(Holder(number="H", known_at=cast.NOON))
