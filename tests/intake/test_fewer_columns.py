"""A file that corrects a record leaves what it has no column for as it is."""

from datetime import date

import pytest

from armstrace.analysis.marks.description import Description
from armstrace.intake import filling
from armstrace.intake.actions.held import settle_row
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import HeldRow
from armstrace.intake.outcomes import Trouble
from armstrace.licensing.actions import at_desk as holders
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import HolderRecord, Licence
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry.actions import correcting as arms
from armstrace.registry.actions import life
from armstrace.registry.models import ArmRecord, LifeEvent, LossReport
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.outcomes import Settlement
from armstrace.vocabulary.recoveries import RecoveryKind
from tests.cast import REGISTRAR
from tests.intake import files
from tests.intake.loads import ARM, LATER, LOADER, NOON, dry_run, load, recovery, table

pytestmark = pytest.mark.django_db
FEW = ("source_number", "recovery_kind", "recovered_on", "agency", "serial")

AMMUNITION = recovery("1", item_kind="AMMUNITION", quantity="5", arm_type="Cartridge")
LOSS = {"source_number": "L1", "loss_kind": "LOST", "serial": "ABC123", "make": "Glock",
        "happened_on": "2019-01-01", "place": "Hill"}  # fmt: skip
HOLDER = {"holder_number": "H-1", "name": "Ada", "kind": "DEALER", "place": "Hill",
          "licence_number": "L1", "licence_type": "DEAL"}  # fmt: skip


def only(row, *names):
    return {name: row[name] for name in names}


def given(tmp_path, row, name="a.csv"):
    return files.csv_file(tmp_path / name, table(row))


def test_a_file_with_fewer_columns_takes_nothing_from_a_recovery(tmp_path):
    whole = recovery("1", place="Hill", recovered_until="2019-03-09")
    load(given(tmp_path, whole))
    few = given(tmp_path, only(recovery("1", serial="ABC124"), *FEW), name="b.csv")

    assert dry_run(few).tally.rows_corrected == 1
    again = load(few, at=LATER)

    assert again.rows_corrected == 1
    now = RecoveryRecord.objects.current().get()
    assert (now.make, now.model_as_written, now.place) == ("GLOCK", "17", "Hill")
    assert now.serial_as_marked == "ABC124"
    assert (now.recovered_on, now.recovered_until) == (date(2019, 3, 1), None)
    assert load(few, at=LATER).by_reason == {"UNCHANGED": 1}


def test_what_a_row_tells_without_a_column_of_it_is_its_own(tmp_path):
    load(given(tmp_path, recovery("1")))
    was = RecoveryRecord.objects.current().get()
    told = RecoveryInput(
        "1", RecoveryKind.FOUND, date(2020, 1, 2), "VNP", Description()
    )

    known = filling.known([told], [was.recovery_id], source=was.source)
    (filled,) = filling.fill([told], known, given={"source_number"})

    assert (filled.recovery_kind, filled.agency) == (RecoveryKind.FOUND, "VNP")
    assert filled.recovered_on == date(2020, 1, 2)
    assert (filled.description.make, filled.description.serial) == ("Glock", "ABC123")


def test_an_empty_cell_states_that_nothing_is_known(tmp_path):
    load(given(tmp_path, recovery("1")))

    load(given(tmp_path, recovery("1", make=""), name="b.csv"), at=LATER)

    assert RecoveryRecord.objects.current().get().make_as_written == ""


def test_a_file_with_fewer_columns_takes_nothing_from_an_arm(tmp_path):
    load(given(tmp_path, ARM | {"notes": "boxed"}), IntakeKind.REGISTRY)
    few = only(ARM | {"serial": "ABC124"}, "source_number", "serial", "make")

    load(given(tmp_path, few, name="b.csv"), IntakeKind.REGISTRY, at=LATER)

    now = ArmRecord.objects.current().get()
    assert (now.serial_as_marked, now.model_as_written) == ("ABC124", "17")
    assert (now.type_as_written, now.calibre, now.notes) == (
        "Pistol",
        "9x19 mm",
        "boxed",
    )


def test_a_file_with_fewer_columns_takes_nothing_from_a_holder(tmp_path):
    whole = {
        "holder_number": "H-1",
        "name": "Eva Sample",
        "kind": "DEALER",
        "place": "Hill",
        "licence_number": "L-1",
        "licence_type": "DEAL",
        "valid_from": "2019-01-01",
        "valid_until": "2029-01-01",
    }
    load(given(tmp_path, whole), IntakeKind.HOLDERS)
    few = only(whole | {"name": "Eva Samples"}, "holder_number", "name")
    load(given(tmp_path, few, name="b.csv"), IntakeKind.HOLDERS, at=LATER)
    few = only(
        whole | {"valid_until": "2028-01-01"},
        *("holder_number", "name", "licence_number", "valid_until"),
    )
    load(given(tmp_path, few, name="c.csv"), IntakeKind.HOLDERS, at=LATER)

    now, licence = HolderRecord.objects.current().get(), Licence.objects.current().get()
    assert (now.kind, now.place) == ("DEALER", "Hill")
    assert (licence.licence_type, licence.valid_from) == ("DEAL", date(2019, 1, 1))
    assert licence.valid_until == date(2028, 1, 1)


def test_files_with_fewer_columns_take_nothing_from_events_and_losses(tmp_path):
    load(given(tmp_path, ARM, "arms.csv"), IntakeKind.REGISTRY)
    made = {"source_number": "E1", "arm_number": "A-1", "event": "MANUFACTURED"}
    made |= {"happened_on": "2001-01-01", "place": "Works", "document": "D 1"}
    lost = {"source_number": "L1", "loss_kind": "LOST", "arm_number": "A-1"}
    lost |= {"happened_on": "2019-01-01", "place": "Hill", "make": "Glock"}
    lost |= {"serial": "ABC123"}
    load(given(tmp_path, made, "e.csv"), IntakeKind.EVENTS)
    load(given(tmp_path, lost, "l.csv"), IntakeKind.LOSSES)
    few_events = only(made, "source_number", "arm_number", "event", "happened_on")
    few_losses = only(lost, "source_number", "loss_kind", "arm_number", "serial")
    few_events["happened_on"] = "2001-02-02"
    few_losses["serial"] = "ABC124"
    events = given(tmp_path, few_events, "fe.csv")
    losses = given(tmp_path, few_losses, "fl.csv")

    assert load(events, IntakeKind.EVENTS, at=LATER).rows_corrected == 1
    assert load(losses, IntakeKind.LOSSES, at=LATER).rows_corrected == 1

    event = LifeEvent.objects.current().get(source_number="E1")
    assert (event.place, event.document) == ("Works", "D 1")
    assert event.happened_on == date(2001, 2, 2)
    report = LossReport.objects.current().get()
    assert (report.place, report.make_as_written) == ("Hill", "Glock")
    assert (report.serial_as_marked, report.happened_on) == ("ABC124", date(2019, 1, 1))
    again = load(events, IntakeKind.EVENTS, at=LATER)
    assert again.by_reason == {"UNCHANGED": 1}
    again = load(losses, IntakeKind.LOSSES, at=LATER)
    assert again.by_reason == {"UNCHANGED": 1}


def corrected(tmp_path, kind):
    """Load a record of which a person then corrects a field; give its row."""
    if kind is IntakeKind.RECOVERIES:
        row = recovery("1", place="Port")
        load(given(tmp_path, row))
        correcting.correct_recovery(
            recovery_id=RecoveryRecord.objects.current().get().recovery_id,
            changes=Changes(where={"place": "Desk"}),
            reason="seen",
            by=LOADER,
            at=NOON,
        )
        return row
    if kind is IntakeKind.REGISTRY:
        row = ARM | {"year_of_manufacture": "2010", "notes": "Port"}
        load(given(tmp_path, row), kind)
        arm_id = ArmRecord.objects.current().get().arm_id
        told = {"arm_id": arm_id, "changes": {"notes": "Desk"}, "reason": "seen"}
        arms.correct_arm(**told, by=LOADER, at=NOON)
        return row
    if kind is IntakeKind.HOLDERS:
        row = {"holder_number": "H-1", "name": "Ada One", "place": "Port"}
        row |= {"licence_number": "L-1", "licence_type": "DEAL"}
        row |= {"valid_from": "2019-01-01"}
        load(given(tmp_path, row), kind)
        stated = HolderInput("H-1", "Ada One", place="Desk")
        holders.correct_holder(stated=stated, reason="seen", by=LOADER, at=NOON)
        return row
    load(given(tmp_path, ARM, "arms.csv"), IntakeKind.REGISTRY)
    row = {"source_number": "E1", "arm_number": "A-1", "event": "MANUFACTURED"}
    row |= {"happened_on": "2001-01-01", "place": "Port", "document": "D"}
    load(given(tmp_path, row), kind)
    event = LifeEvent.objects.current().get()
    life.correct_event(
        event=life.OfLife(event.arm_id, event.pk),
        changes={"place": "Desk"},
        reason="seen",
        by=REGISTRAR,
        at=NOON,
    )
    return row


OF_KIND = {
    IntakeKind.RECOVERIES: (RecoveryRecord, "place", {"model": "19"}),
    IntakeKind.REGISTRY: (ArmRecord, "notes", {"model": "19"}),
    IntakeKind.HOLDERS: (HolderRecord, "place", {"name": "Ada Two"}),
    IntakeKind.EVENTS: (LifeEvent, "place", {"document": "D 2"}),
}
LICENCE = {"licence_number", "licence_type", "valid_from"}
EVERY_KIND = pytest.mark.parametrize("kind", OF_KIND)


@EVERY_KIND
def test_a_file_without_the_column_of_a_correction_says_nothing_of_it(tmp_path, kind):
    row = corrected(tmp_path, kind)
    record, name, _ = OF_KIND[kind]
    without = only(row, *(each for each in row if each not in {name, *LICENCE}))
    versions = record.objects.count()

    few = load(given(tmp_path, without, "few.csv"), kind, at=LATER)
    same = load(given(tmp_path, row, "same.csv"), kind, at=LATER)
    path = given(tmp_path, row | {name: "Vale"}, "new.csv")
    tried, new = dry_run(path, kind), load(path, kind, at=LATER)

    assert few.by_reason == same.by_reason == {"UNCHANGED": 1}
    assert record.objects.count() == versions
    assert tried.tally.by_reason == new.by_reason == {"CONFLICT": 1}
    assert getattr(record.objects.current().get(), name) == "Desk"
    (told,) = HeldRow.objects.get().troubles
    assert f"differ in: {words_of(name)}." in str(Trouble.read(told).sentence)


@EVERY_KIND
@pytest.mark.parametrize("settlement", [Settlement.TAKE, Settlement.KEEP])
def test_what_is_chosen_beside_a_correction_leaves_it_guarded(
    tmp_path, kind, settlement
):
    row = corrected(tmp_path, kind)
    record, name, changed = OF_KIND[kind]
    few = given(tmp_path, only(row | changed, *(row.keys() - {name})), "few.csv")

    assert load(few, kind, at=LATER).by_reason == {"CONFLICT": 1}
    settle_row(
        held=HeldRow.objects.get(),
        settlement=settlement,
        reason="looked again",
        by=LOADER,
        at=LATER,
    )
    again = load(few, kind, at=LATER)
    new = load(
        given(tmp_path, row | changed | {name: "Vale"}, "new.csv"), kind, at=LATER
    )

    assert getattr(record.objects.current().get(), name) == "Desk"
    assert again.by_reason == {"UNCHANGED": 1}
    assert new.by_reason == {"CONFLICT": 1}


@pytest.mark.parametrize(
    ("kind", "row", "left_out"),
    [
        (IntakeKind.RECOVERIES, AMMUNITION, ["quantity"]),
        (IntakeKind.LOSSES, LOSS, ["place", "make"]),
        (IntakeKind.HOLDERS, HOLDER, ["licence_number", "licence_type"]),
        (IntakeKind.REGISTRY, ARM, ["make"]),
    ],
)
def test_fewer_columns_in_which_nothing_changed_correct_nothing(
    tmp_path, kind, row, left_out
):
    load(given(tmp_path, row), kind)
    few = only(row, *(name for name in row if name not in left_out))
    path = given(tmp_path, few, name="b.csv")

    assert dry_run(path, kind).tally.by_reason == {"UNCHANGED": 1}
    assert load(path, kind, at=LATER).by_reason == {"UNCHANGED": 1}
