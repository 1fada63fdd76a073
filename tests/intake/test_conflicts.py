"""What contradicts a correction is shown beside it, and a person chooses."""

import pytest

from armstrace.intake import conflicts, queries
from armstrace.intake.actions import held as actions
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import HeldRow
from armstrace.licensing.actions import at_desk as holders
from armstrace.licensing.inputs import HolderInput
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry.actions import correcting as arms
from armstrace.registry.actions import life
from armstrace.registry.models import ArmRecord, LifeEvent, LossReport
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.outcomes import Settlement
from tests.cast import REGISTRAR
from tests.intake import files
from tests.intake.loads import ARM, LATER, LOADER, NOON, load, recovery, table
from tests.intake.test_foretelling import correct

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(tmp_path) -> HeldRow:
    """Load a row, correct it, and load the row with another serial."""
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", notes="a"))))
    correct("XY7654")
    rows = table(recovery("1", serial="NEW123", notes="a"))
    load(files.csv_file(tmp_path / "b.csv", rows), at=LATER)
    return HeldRow.objects.get()


def serial() -> str:
    return RecoveryRecord.objects.current().get().serial_as_marked


def test_both_sides_of_a_conflict_are_shown_field_by_field(held):
    sides = queries.conflict_sides(held.pk, viewer=LOADER, at=LATER)

    different = [side for side in sides if side.is_different]
    assert [(s.name, s.on_record, s.stated) for s in different] == [
        ("serial", "XY7654", "NEW123")
    ]
    assert ("make", "Glock") in [(side.name, side.on_record) for side in sides]


def different_sides() -> list[conflicts.Side]:
    sides = queries.conflict_sides(HeldRow.objects.get().pk, viewer=LOADER, at=LATER)
    return [side for side in sides if side.is_different]


def test_a_row_that_cannot_be_read_leaves_a_conflict_waiting(held, tmp_path):
    rows = table(recovery("1", serial="NEW123", recovered_on="?"))
    load(files.csv_file(tmp_path / "c.csv", rows), at=LATER)
    both = [row.state for row in HeldRow.objects.all()]
    rows = table(recovery("1", serial="NEW124", notes="a"))
    load(files.csv_file(tmp_path / "d.csv", rows), at=LATER)

    waiting = HeldRow.objects.get(state="OPEN")
    assert both == ["OPEN", "OPEN"]
    assert waiting.values["serial"] == "NEW124"


def test_both_sides_of_a_corrected_arm_are_shown(tmp_path):
    kind = IntakeKind.REGISTRY
    load(files.csv_file(tmp_path / "a.csv", table(ARM)), kind)
    record = ArmRecord.objects.current().get()
    arms.correct_arm(
        arm_id=record.arm_id,
        changes={"serial": "XY7654"},
        reason="seen",
        by=LOADER,
        at=NOON,
    )
    rows = table(ARM | {"serial": "NEW123"})
    load(files.csv_file(tmp_path / "b.csv", rows), kind, at=LATER)

    assert different_sides() == [conflicts.Side("serial", "XY7654", "NEW123", True)]


def test_a_corrected_holder_differs_without_a_name_in_clear(tmp_path):
    kind, row = IntakeKind.HOLDERS, {"holder_number": "H-1", "name": "Ada One"}
    load(files.csv_file(tmp_path / "a.csv", table(row)), kind)
    stated = HolderInput("H-1", "Ada Two")
    holders.correct_holder(stated=stated, reason="seen", by=LOADER, at=NOON)
    load(
        files.csv_file(tmp_path / "b.csv", table(row | {"name": "Ada Six"})),
        kind,
        at=LATER,
    )

    assert different_sides() == [
        conflicts.Side("name", "", "", is_different=True, is_personal=True)
    ]


def settle(held: HeldRow, settlement: Settlement, reason: str = "looked again"):
    return actions.settle_row(
        held=held, settlement=settlement, reason=reason, by=LOADER, at=LATER
    )


def test_a_person_takes_what_the_file_states(held, tmp_path):
    settle(held, Settlement.TAKE)

    held.refresh_from_db()
    assert (serial(), held.state) == ("NEW123", "MENDED")
    assert RecoveryRecord.objects.current().get().reason == "looked again"


@pytest.mark.parametrize("is_dismissed", [False, True])
def test_a_person_keeps_the_record_and_is_not_asked_again(held, tmp_path, is_dismissed):
    if is_dismissed:
        actions.dismiss_row(held=held, reason="looked again", by=LOADER, at=LATER)
    else:
        settle(held, Settlement.KEEP)

    rows = table(recovery("1", serial="NEW123", notes="a"))
    again = load(files.csv_file(tmp_path / "c.csv", rows), at=LATER)

    held.refresh_from_db()
    assert (serial(), held.state) == ("XY7654", "DISMISSED")
    assert again.by_reason == {"UNCHANGED": 1}


def test_RS_01_a_conflict_is_settled_with_a_reason(held):
    with pytest.raises(RuleBroken) as refused:
        settle(held, Settlement.TAKE, " ")

    assert refused.value.rule == "RS-01"
    assert serial() == "XY7654"


def test_a_reason_that_is_too_long_is_refused(held):
    with pytest.raises(InvalidInput, match="501 characters"):
        settle(held, Settlement.TAKE, ("a b " * 126)[:501])

    assert serial() == "XY7654"


def test_IN_05_a_row_without_a_conflict_is_mended_not_settled(tmp_path):
    rows = table(recovery("1", recovered_on="?"))
    load(files.csv_file(tmp_path / "a.csv", rows))

    with pytest.raises(RuleBroken) as refused:
        settle(HeldRow.objects.get(), Settlement.KEEP)

    assert refused.value.rule == "IN-05"


def test_a_row_that_contradicts_a_correction_is_not_mended(held):
    with pytest.raises(InvalidInput, match="choose between it and the record"):
        actions.mend_row(held=held, values={"notes": "mended"}, by=LOADER, at=LATER)


def few(tmp_path, serial="XY7654", name="few.csv"):
    """Give a file of the recovery that has no column for most of it."""
    whole = recovery("1", serial=serial)
    names = ("source_number", "recovery_kind", "recovered_on", "agency", "serial")
    path = tmp_path / name
    return files.csv_file(path, table({each: whole[each] for each in names}))


def test_a_file_with_fewer_columns_that_agrees_contradicts_nothing(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", notes="a"))))
    correct("XY7654")

    assert load(few(tmp_path), at=LATER).by_reason == {"UNCHANGED": 1}


@pytest.mark.parametrize("settlement", [Settlement.TAKE, Settlement.KEEP])
def test_a_choice_on_a_file_with_fewer_columns_leaves_the_rest(tmp_path, settlement):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", notes="a"))))
    correct("XY7654")
    load(few(tmp_path, "NEW123"), at=LATER)
    held = HeldRow.objects.get()
    sides = conflicts.sides_of(held, viewer=LOADER, at=LATER)
    assert [one.name for one in sides if one.is_different] == ["serial"]

    settle(held, settlement)

    record = RecoveryRecord.objects.current().get()
    assert (record.make_as_written, record.model_as_written) == ("Glock", "17")
    assert record.notes == "a"
    again = load(few(tmp_path, "NEW123", "again.csv"), at=LATER)
    assert again.by_reason == {"UNCHANGED": 1}


@pytest.mark.parametrize("settlement", [Settlement.TAKE, Settlement.KEEP])
def test_a_conflict_of_an_event_shows_its_sides_and_is_settled(tmp_path, settlement):
    load(files.csv_file(tmp_path / "arms.csv", table(ARM)), IntakeKind.REGISTRY)
    made = {"source_number": "E1", "arm_number": "A-1", "event": "MANUFACTURED"}
    made |= {"happened_on": "2001-01-01", "place": "Works"}
    load(files.csv_file(tmp_path / "e.csv", table(made)), IntakeKind.EVENTS)
    event = LifeEvent.objects.current().get()
    life.correct_event(
        event=life.OfLife(event.arm_id, event.pk),
        changes={"place": "Hill"},
        reason="the letter says so",
        by=REGISTRAR,
        at=LATER,
    )
    other = files.csv_file(tmp_path / "f.csv", table(made | {"place": "Vale"}))
    load(other, IntakeKind.EVENTS, at=LATER)
    held = HeldRow.objects.get()
    (side,) = (
        one
        for one in conflicts.sides_of(held, viewer=REGISTRAR, at=LATER)
        if one.is_different
    )
    assert (side.name, side.on_record, side.stated) == ("place", "Hill", "Vale")

    settle(held, settlement)

    place = "Vale" if settlement is Settlement.TAKE else "Hill"
    assert LifeEvent.objects.current().get().place == place
    again = load(other, IntakeKind.EVENTS, at=LATER)
    assert again.by_reason == {"UNCHANGED": 1}


def test_a_conflict_of_a_report_of_loss_shows_what_the_report_says(tmp_path):
    lost = {"source_number": "L1", "loss_kind": "LOST", "serial": "ABC123"}
    lost |= {"happened_on": "2019-01-01", "place": "Hill", "make": "Glock"}
    load(files.csv_file(tmp_path / "l.csv", table(lost)), IntakeKind.LOSSES)
    event = LifeEvent.objects.current().get()
    life.correct_event(
        event=life.OfLife(event.arm_id, event.pk),
        changes={"place": "Dale"},
        reason="the witness says so",
        by=REGISTRAR,
        at=LATER,
    )
    other = files.csv_file(tmp_path / "m.csv", table(lost | {"place": "Vale"}))
    load(other, IntakeKind.LOSSES, at=LATER)

    assert different_sides() == [conflicts.Side("place", "Dale", "Vale", True)]

    settle(HeldRow.objects.get(), Settlement.TAKE)
    assert LossReport.objects.current().get().place == "Vale"


def test_a_conflict_of_a_holder_shows_the_licence_too(tmp_path):
    row = {"holder_number": "H-1", "name": "Ada One", "place": "Hill"}
    row |= {"licence_number": "L-1", "licence_type": "DEAL"}
    row |= {"valid_from": "2019-01-01", "valid_until": "2024-01-01"}
    load(files.csv_file(tmp_path / "a.csv", table(row)), IntakeKind.HOLDERS)
    stated = HolderInput("H-1", "Ada One", place="Dale")
    holders.correct_holder(stated=stated, reason="seen", by=LOADER, at=NOON)
    renewed = row | {"valid_until": "2029-01-01"}
    path = files.csv_file(tmp_path / "b.csv", table(renewed))
    load(path, IntakeKind.HOLDERS, at=LATER)

    told = {(side.name, side.is_personal) for side in different_sides()}
    assert told == {("place", True), ("valid_until", False)}
