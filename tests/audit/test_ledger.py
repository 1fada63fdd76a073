"""Acts and entries stand or fall together, and every act names its records."""

import json
from datetime import date, datetime

import pytest
from django.db import transaction

from armstrace.accounts.models import Agency
from armstrace.audit import blocks, canonical, ledger, merkle
from armstrace.audit.models import DigestBlock, LedgerEntry, LedgerHead
from armstrace.licensing.models import Holder
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.ledger import Operation
from tests.audit import cast

pytestmark = pytest.mark.django_db


def refuse() -> None:
    cast.clerk().require("registry.record")


def test_an_act_that_names_nothing_is_refused_and_leaves_nothing():
    with (
        pytest.raises(ledger.UnnamedSubject),
        ledger.entry("holder.recorded", by=cast.clerk(), at=cast.NOON),
    ):
        Holder.objects.create(number="H-1", known_at=cast.NOON)

    assert not Holder.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_a_refused_actor_leaves_nothing():
    def record_without_leave() -> None:
        with ledger.entry("holder.recorded", by=cast.clerk(), at=cast.NOON) as entry:
            entry.about(Holder.objects.create(number="H-1", known_at=cast.NOON))
            refuse()

    with pytest.raises(NotPermitted):
        record_without_leave()

    assert not Holder.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_an_entry_commits_to_the_state_of_its_record():
    made = cast.holder()

    leaf = LedgerEntry.objects.get()
    block = DigestBlock.objects.get()
    assert leaf.seq == 0
    assert bytes(leaf.leaf) == merkle.leaf_hash(canonical.utf8(leaf.body))
    assert blocks.unpack(block.keys).tolist() == [made.pk]
    assert len(bytes(block.states)) == blocks.STATE_BYTES
    assert json.loads(leaf.body)["subjects"][0]["table"] == "licensing.holder"


def test_entries_are_numbered_without_gaps_over_refused_acts():
    cast.holder("H-1")
    with (
        pytest.raises(ledger.UnnamedSubject),
        ledger.entry("holder.recorded", by=cast.clerk(), at=cast.NOON),
    ):
        pass
    cast.holder("H-2")

    seqs = LedgerEntry.objects.order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == [0, 1]
    assert LedgerHead.objects.get().size == 2


def test_the_head_holds_the_root_of_all_leaves():
    for number in range(7):
        cast.holder(f"H-{number}")

    leaves = LedgerEntry.objects.order_by("seq").values_list("leaf", flat=True)
    head = LedgerHead.objects.get()
    assert merkle.root_of(ledger.peaks(head.frontier)) == merkle.root(
        map(bytes, leaves)
    )


def test_a_bulk_act_is_one_entry_that_commits_to_every_record():
    cast.holders(5000)

    entry = LedgerEntry.objects.get()
    counts = {s["table"]: s["count"] for s in json.loads(entry.body)["subjects"]}
    assert counts == {"licensing.holder": 5000, "licensing.holderrecord": 5000}
    assert DigestBlock.objects.count() == 4


def test_nested_acts_are_leaves_of_their_own():
    with ledger.entry("agency.opened", by=cast.clerk(), at=cast.NOON) as entry:
        entry.about(Agency.objects.create(code="A", name="A", kind="POLICE"))
        cast.holder()

    acts = LedgerEntry.objects.order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["holder.recorded", "agency.opened"]


def test_a_nested_act_falls_with_the_outer_one():
    def open_agency_without_leave() -> None:
        with ledger.entry("agency.opened", by=cast.clerk(), at=cast.NOON):
            cast.holder()
            refuse()

    with pytest.raises(NotPermitted):
        open_agency_without_leave()

    assert not LedgerEntry.objects.exists()
    assert not Holder.objects.exists()


def test_a_nested_act_that_is_rolled_back_alone_leaves_no_leaf():
    def record_then_refuse() -> None:
        with transaction.atomic():
            cast.holder()
            refuse()

    with ledger.entry("agency.opened", by=cast.clerk(), at=cast.NOON) as entry:
        entry.about(Agency.objects.create(code="A", name="A", kind="POLICE"))
        with pytest.raises(NotPermitted):
            record_then_refuse()

    assert [e.act for e in LedgerEntry.objects.all()] == ["agency.opened"]


@pytest.mark.parametrize("value", ["Jan Kowalski", "ab", "", "A" * 65, "Ä"])
def test_free_text_never_enters_the_ledger(value):
    entry = ledger.Entry("holder.recorded", cast.clerk(), cast.NOON, Operation.ALTER)

    with pytest.raises(ValueError, match="free text"):
        entry.note(kind=value)


def test_codes_dates_numbers_and_truths_enter_the_ledger():
    with ledger.entry("holder.recorded", by=cast.clerk(), at=cast.NOON) as entry:
        made = Holder.objects.create(number="H", known_at=cast.NOON)
        entry.about(made, kind="PERSON", until=date(2026, 1, 2), count=3, new=True)
        entry.note(batch=7)

    body = json.loads(LedgerEntry.objects.get().body)
    assert body["codes"] == {"batch": 7}
    codes = {"kind": "PERSON", "until": "2026-01-02", "count": 3, "new": True}
    assert body["remarks"] == [["licensing.holder", made.pk, codes]]


def test_a_time_without_zone_is_refused():
    naive = datetime(2026, 3, 1)  # noqa: DTZ001 -- the point of the test

    with (
        pytest.raises(ValueError, match="zone"),
        ledger.entry("holder.recorded", by=cast.clerk(), at=naive),
    ):
        pass


def test_a_record_that_is_not_there_cannot_be_named():
    with (
        pytest.raises(ledger.UnnamedSubject, match="not in the database"),
        ledger.entry("holder.recorded", by=cast.clerk(), at=cast.NOON) as entry,
    ):
        entry.about_keys(Holder, [404])
