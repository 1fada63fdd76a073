"""A number that stands on several items of one seizure names each of them."""

import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from armstrace.intake.fields import IntakeKind
from armstrace.intake.planning import Seen
from armstrace.recoveries.models import (
    AmmunitionRecord,
    PartRecord,
    Recovery,
    RecoveryRecord,
)
from armstrace.registry.models import Arm, ArmRecord, LossReport, SerialKey
from armstrace.vocabulary.arms import ItemKind
from tests.intake import files
from tests.intake.loads import LATER, dry_run, load, recovery, table

pytestmark = pytest.mark.django_db
RECORDS = (RecoveryRecord, AmmunitionRecord, PartRecord)
ITEMS = some.lists(
    some.builds(
        lambda number, **values: recovery(number, **values),
        some.sampled_from(["7", "8"]),
        item_kind=some.sampled_from(["ARM", "AMMUNITION", "PART"]),
        serial=some.sampled_from(["", "ABC123", "ABC124", "sem número"]),
        loss_kind=some.sampled_from(["", "", "STOLEN"]),
        notes=some.sampled_from(["", "black grip"]),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda row: tuple(row.values()),
)


def put(folder: Path, name: str, *rows: dict[str, str]) -> Path:
    return files.csv_file(folder / f"{name}.csv", table(*rows))


def numbers() -> set[str]:
    return set(Recovery.objects.values_list("source_number", flat=True))


def test_items_of_one_seizure_are_told_apart_by_kind_and_count(tmp_path):
    rows = [
        recovery("7", item_kind=kind, serial=serial)
        for kind, serial in (("AMMUNITION", ""), ("ARM", "ABC123"), ("ARM", "XYZ9"))
    ]

    batch = load(put(tmp_path, "a", *rows))

    assert (batch.rows_loaded, batch.rows_held) == (3, 0)
    assert numbers() == {"7", "7 ARM", "7 ARM 2"}


def test_unmarked_items_of_one_seizure_are_not_merged(tmp_path):
    rows = [recovery("7", serial="", notes=note) for note in ("black", "brown")]

    load(put(tmp_path, "a", *rows))

    assert RecoveryRecord.objects.count() == 2


def test_one_serial_told_in_two_ways_is_held(tmp_path):
    rows = [recovery("7"), recovery("7", make="Taurus")]

    batch = load(put(tmp_path, "a", *rows))

    assert batch.by_reason == {"DUPLICATE_IDENTIFIER": 1}


def test_a_new_item_of_a_known_number_joins_the_others(tmp_path):
    load(put(tmp_path, "a", recovery("7")))

    batch = load(put(tmp_path, "b", recovery("7", serial="XYZ9"), recovery("7")))

    assert batch.by_reason == {"UNCHANGED": 1}
    assert numbers() == {"7", "7 ARM 2"}


def test_a_file_says_once_that_rows_share_a_number(tmp_path):
    rows = [recovery(n, serial=s) for n in "78" for s in ("ABC1", "DEF2", "GHI3")]

    batch = load(put(tmp_path, "a", *rows))

    said = [each for each in map(str, batch.remarks) if "the same number" in each]
    assert len(said) == 1
    assert "becomes “… ARM 2”" in said[0]


def test_a_corrected_item_keeps_its_place_among_the_others(tmp_path):
    first, second = recovery("7"), recovery("7", serial="XYZ9")
    load(put(tmp_path, "a", first, second))

    batch = load(put(tmp_path, "b", second, {**first, "model": "19"}), at=LATER)

    assert batch.by_reason == {"UNCHANGED": 1}
    mended = RecoveryRecord.objects.get(model="19")
    assert mended.recovery.source_number == "7"


def test_an_export_of_named_items_loads_as_them(tmp_path):
    rows = [recovery("7", item_kind=kind) for kind in ("ARM", "PART")]
    load(put(tmp_path, "a", *rows))
    rows = [
        recovery("7 PART", item_kind="PART"),
        recovery("7", item_kind="ARM"),
    ]

    batch = load(put(tmp_path, "b", *rows))

    assert batch.by_reason == {"UNCHANGED": 2}


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=some.data())
def test_a_file_in_another_order_changes_nothing(data: some.DataObject) -> None:
    rows = data.draw(ITEMS)
    with transaction.atomic(), tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        load(put(folder, "a", *rows), chunk_rows=data.draw(some.integers(1, 4)))
        kept = _records()
        other = put(folder, "b", *data.draw(some.permutations(rows)))
        size = data.draw(some.integers(1, 4))

        seen = dry_run(other, chunk_rows=size)
        again = load(other, chunk_rows=size, at=LATER)

        assert seen.tally.rows_loaded == again.rows_loaded
        assert seen.tally.by_reason == again.by_reason
        assert again.rows_corrected == 0 or _serials_told_twice(rows)
        assert _records() == kept or _serials_told_twice(rows)
        transaction.set_rollback(True)


def _records() -> list[tuple[str, int]]:
    return [
        (table.__name__, key)
        for table in (*RECORDS, LossReport)
        for key in table.objects.values_list("pk", flat=True).order_by("pk")
    ]


def _serials_told_twice(rows: list[dict[str, str]]) -> bool:
    """Tell whether a serial stands on two rows, of which the first is loaded."""
    marked = [
        (row["source_number"], row["item_kind"], row["serial"])
        for row in rows
        if row["serial"].startswith("ABC")
    ]
    return len(set(marked)) < len(marked)


def test_stolen_cartridges_are_reported_and_never_looked_up_as_an_arm(tmp_path):
    stolen = {"loss_kind": "STOLEN", "recovery_kind": ""}
    rows = [
        recovery("7", item_kind="AMMUNITION", arm_type="cartridge", **stolen),
        recovery("7", item_kind="ARM", arm_type="Pistol", **stolen),
    ]

    batch = load(put(tmp_path, "a", *rows))
    again = load(put(tmp_path, "b", *reversed(rows)))

    assert (batch.rows_loaded, batch.by_reason) == (2, {})

    kinds = dict(LossReport.objects.values_list("item_kind", "arm_id"))
    assert kinds["AMMUNITION"] is None
    assert kinds["ARM"] == Arm.objects.get().pk
    assert Arm.objects.count() == ArmRecord.objects.count() == 1
    assert set(SerialKey.objects.values_list("arm_id", flat=True)) == {
        Arm.objects.get().pk
    }
    assert again.by_reason == {"UNCHANGED": 2}


def test_a_file_of_losses_tells_cartridges_from_arms(tmp_path):
    rows = [
        {"source_number": "L1", "arm_type": kind, "loss_kind": "LOST"}
        for kind in ("cartridges", "pistol")
    ]
    rows[1]["source_number"] = "L2"

    load(put(tmp_path, "losses", *rows), IntakeKind.LOSSES)

    told = dict(LossReport.objects.values_list("source_number", "item_kind"))
    assert told == {"L1": "AMMUNITION", "L2": "ARM"}


@pytest.mark.pure
@pytest.mark.parametrize("first", [ItemKind.ARM, ItemKind.PART])
def test_the_kind_that_comes_first_bears_the_number_alone(first):
    seen = Seen()
    if first is ItemKind.ARM:
        seen.earlier("7", b"12345678", 1)
    else:
        assert seen.owner("7", first, is_loss=False) is first

    assert seen.owner("7", ItemKind.AMMUNITION, is_loss=False) is first
    assert seen.owner("7", ItemKind.ARM, is_loss=False) is first
    assert seen.owner("7", ItemKind.AMMUNITION, is_loss=True) is ItemKind.AMMUNITION
