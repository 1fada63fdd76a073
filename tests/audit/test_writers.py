"""Writers at the same time get numbers without gaps; columns may be added."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from armstrace.audit import layouts, ledger, verify
from armstrace.audit.models import LedgerEntry
from armstrace.licensing.models import Holder
from armstrace.vocabulary.ledger import FindingKind
from tests.audit import cast


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.mark.django_db(transaction=True)
def test_eight_writers_leave_no_gap_and_no_false_alarm():
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time is SQLite's own rule")
    shared = cast.holder("shared")

    def write(writer: int) -> None:
        try:
            for turn in range(10):
                with ledger.entry("holder.turned", by=cast.clerk(), at=cast.NOON) as it:
                    number = f"w{writer}-{turn}"
                    it.about(Holder.objects.create(number=number, known_at=cast.NOON))
                    Holder.objects.filter(pk=shared.pk).update(number=f"s{number}")
                    it.about(shared)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    seqs = LedgerEntry.objects.order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(81))
    assert verify.verify().is_sound


@pytest.mark.django_db
@pytest.mark.unledgered
def test_a_column_that_is_added_later_leaves_earlier_digests_true(monkeypatch):
    now = layouts.layout_of(Holder)
    fewer = layouts.Layout(
        now.label,
        now.table,
        now.key_column,
        tuple(column for column in now.columns if column[0] != "known_at"),
    )
    monkeypatch.setattr(layouts, "layout_of", lambda model: fewer)
    old = cast.holder("H-1")
    cast.holder("H-2")
    monkeypatch.undo()
    cast.holder("H-3")

    assert verify.verify().is_sound
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE licensing_holder SET number = 'x' WHERE id = %s", [old.pk]
        )
    (finding,) = verify.verify().findings
    assert (finding.kind, finding.key) == (FindingKind.RECORD_EDITED, old.pk)
