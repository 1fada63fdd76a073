"""Rows inserted in bulk are the rows that objects would have saved."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from armstrace.licensing.models import Holder, HolderRecord, Licence
from armstrace.records import bulk
from armstrace.registry.models import Arm, ArmRecord
from armstrace.vocabulary.arms import ArmBasis, ArmState

pytestmark = pytest.mark.unledgered
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_keys_come_in_the_order_of_the_rows() -> None:
    rows = [{"number": f"H-{n}", "known_at": NOW} for n in range(50)]

    keys = bulk.insert(Holder, rows)

    numbers = dict(Holder.objects.values_list("pk", "number"))
    assert [numbers[key] for key in keys] == [row["number"] for row in rows]


@pytest.mark.django_db
def test_an_object_saved_afterwards_gets_a_key_of_its_own() -> None:
    before = Holder.objects.create(number="before", known_at=NOW)
    keys = bulk.insert(Holder, [{"number": "in bulk", "known_at": NOW}])
    after = Holder.objects.create(number="after", known_at=NOW)

    assert before.pk < keys[0] < after.pk


@pytest.mark.django_db
def test_values_read_back_as_they_were_given() -> None:
    (holder,) = bulk.insert(Holder, [{"number": "1", "known_at": NOW}])
    (key,) = bulk.insert(
        Licence,
        [
            {
                "holder_id": holder,
                "number": "tab\there, a \\ and “quotes”\nnext line, Ñandú",
                "licence_type": "",
                "valid_from": date(2020, 2, 29),
                "known_at": NOW.astimezone(timezone(timedelta(hours=-3))),
            }
        ],
    )

    kept = Licence.objects.get(pk=key)
    assert kept.number == "tab\there, a \\ and “quotes”\nnext line, Ñandú"
    assert (kept.licence_type, kept.valid_from, kept.valid_until) == (
        "",
        date(2020, 2, 29),
        None,
    )
    assert (kept.known_at, kept.superseded_at) == (NOW, None)


@pytest.mark.django_db
def test_columns_left_out_get_their_defaults() -> None:
    (arm,) = bulk.insert(
        Arm, [{"source": "register", "source_number": "1", "known_at": NOW}]
    )
    (record,) = bulk.insert(ArmRecord, [{"arm_id": arm, "known_at": NOW}])

    kept = ArmRecord.objects.select_related("arm").get(pk=record)
    assert (kept.arm.state, kept.arm.basis) == (ArmState.UNKNOWN, ArmBasis.REGISTERED)
    assert (kept.make, kept.import_year, kept.readings) == ("", None, [])


@pytest.mark.django_db
def test_lists_are_kept_as_json() -> None:
    (arm,) = bulk.insert(
        Arm, [{"source": "register", "source_number": "1", "known_at": NOW}]
    )
    readings = [{"field": "make", "value": "GLOCK", "note": "“as” written"}]

    (key,) = bulk.insert(
        ArmRecord, [{"arm_id": arm, "known_at": NOW, "readings": readings}]
    )

    assert ArmRecord.objects.get(pk=key).readings == readings


@pytest.mark.django_db
def test_a_column_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match="Holder has no column nmber"):
        bulk.insert(Holder, [{"nmber": "1", "known_at": NOW}])


@pytest.mark.django_db
def test_constraints_hold() -> None:
    (holder,) = bulk.insert(Holder, [{"number": "1", "known_at": NOW}])
    row = {"holder_id": holder, "name": "n", "kind": "PERSON", "known_at": NOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(HolderRecord, [row, row])

    assert not HolderRecord.objects.exists()


@pytest.mark.django_db
def test_no_rows_are_no_keys() -> None:
    assert bulk.insert(Holder, []) == []


@pytest.mark.django_db(transaction=True)
def test_rows_are_inserted_inside_a_transaction_only() -> None:
    with pytest.raises(TransactionManagementError):
        bulk.insert(Holder, [{"number": "1", "known_at": NOW}])
