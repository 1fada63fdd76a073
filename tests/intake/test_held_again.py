"""What is held of a file follows what is on record and what a person decided."""

from dataclasses import replace

import pytest

from armstrace.intake import queries
from armstrace.intake.actions import held as held_actions
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import HeldRow
from armstrace.recoveries.models import Resighting
from armstrace.registry.models import LossReport
from armstrace.vocabulary.actors import Scope
from armstrace.vocabulary.outcomes import Settlement
from tests.intake import files
from tests.intake.loads import ARM, LATER, LOADER, dry_run, held, load, recovery, table
from tests.intake.test_foretelling import correct

pytestmark = pytest.mark.django_db


def test_a_row_that_was_mended_is_not_held_again(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1", recovered_on="?")))
    load(path)
    mended = {"recovered_on": "2019-03-01"}
    held_actions.mend_row(
        held=HeldRow.objects.get(), values=mended, by=LOADER, at=LATER
    )

    foretold = dry_run(path)
    again = load(path, at=LATER)
    rows = table(recovery("1", recovered_on="?", make="Taurus"))
    other = load(files.csv_file(tmp_path / "b.csv", rows), at=LATER)

    assert foretold.tally.by_reason == {"UNCHANGED": 1}
    assert (again.rows_held, again.by_reason) == (0, {"UNCHANGED": 1})
    assert other.by_reason == {"NOT_A_DATE": 1}


def test_a_row_that_was_dismissed_is_not_held_again(tmp_path):
    rows = [recovery("1", recovered_on="?"), recovery("1", recovered_on="??")]
    path = files.csv_file(tmp_path / "a.csv", table(*rows))
    load(path)
    for row in HeldRow.objects.all():
        held_actions.dismiss_row(held=row, reason="a toy", by=LOADER, at=LATER)

    foretold = dry_run(path)
    again = load(path, at=LATER)
    rows = table(recovery("1", recovered_on="?", make="Taurus"))
    other = load(files.csv_file(tmp_path / "b.csv", rows), at=LATER)

    assert foretold.tally.by_reason == {"DISMISSED": 2}
    assert (again.rows_held, again.by_reason) == (0, {"DISMISSED": 2})
    assert other.by_reason == {"NOT_A_DATE": 1}


@pytest.mark.unledgered
def test_a_dismissed_row_that_is_wrong_otherwise_waits_again(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1", recovered_on="?")))
    load(path)
    row = HeldRow.objects.get()
    held_actions.dismiss_row(held=row, reason="a toy", by=LOADER, at=LATER)
    HeldRow.objects.update(reason="FUTURE_DATE")

    assert load(path, at=LATER).by_reason == {"NOT_A_DATE": 1}


def test_a_mended_recovery_meets_the_others_at_once(tmp_path):
    row = recovery("1", case_number="one")
    load(files.csv_file(tmp_path / "a.csv", table(row)))
    row = recovery("2", case_number="other", recovered_on="?")
    load(files.csv_file(tmp_path / "b.csv", table(row)), at=LATER)
    assert not Resighting.objects.exists()

    mended = {"recovered_on": "2019-03-01"}
    held_actions.mend_row(
        held=HeldRow.objects.get(), values=mended, by=LOADER, at=LATER
    )

    made = Resighting.objects.get()
    numbers = {made.recovery.source_number, made.earlier.source_number}
    assert numbers == {"1", "2"}


def test_what_is_taken_over_a_correction_meets_the_others_at_once(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1"))))
    correct("XY7654")
    row = recovery("1", serial="NEW123")
    load(files.csv_file(tmp_path / "b.csv", table(row)), at=LATER)
    row = recovery("3", serial="NEW123", case_number="other")
    load(files.csv_file(tmp_path / "c.csv", table(row)), at=LATER)
    assert not Resighting.objects.current().exists()

    held_actions.settle_row(
        held=HeldRow.objects.get(),
        settlement=Settlement.TAKE,
        reason="looked again",
        by=LOADER,
        at=LATER,
    )

    made = Resighting.objects.current().get()
    numbers = {made.recovery.source_number, made.earlier.source_number}
    assert numbers == {"1", "3"}


def test_the_reasons_of_a_file_follow_what_is_decided_of_its_rows(tmp_path):
    rows = [recovery("1"), recovery("2", recovered_on="?"), recovery("3", make="A\x07")]
    batch = load(files.csv_file(tmp_path / "a.csv", table(*rows)))
    row = HeldRow.objects.get(identity="2")
    held_actions.dismiss_row(held=row, reason="a toy", by=LOADER, at=LATER)

    card = queries.batch(batch.pk, viewer=LOADER)

    assert card.open_by_reason == {"CONTROL_CHARACTER": 1}


@pytest.mark.parametrize("name", ["arm_number", "holder_number"])
def test_a_loss_of_an_unknown_arm_or_holder_is_held(tmp_path, name):
    row = {"source_number": "L1", "loss_kind": "LOST", "serial": "A1", name: "9"}
    path = files.csv_file(tmp_path / "a.csv", table(row))

    batch = load(path, IntakeKind.LOSSES)

    assert batch.by_reason == {"UNKNOWN_REFERENCE": 1}
    assert held(batch)[0].field == name
    assert not LossReport.objects.exists()


def test_HO_01_a_licence_has_one_holder(tmp_path):
    row = {"holder_number": "H1", "name": "One", "kind": "DEALER",
           "licence_number": "L1", "licence_type": "POSSESS"}  # fmt: skip
    first = files.csv_file(tmp_path / "a.csv", table(row))
    others = [{**row, "holder_number": number} for number in ("H2", "H3")]
    second = files.csv_file(
        tmp_path / "b.csv",
        table(others[0], *({**each, "licence_number": "L2"} for each in others[1:])),
    )
    load(first, IntakeKind.HOLDERS)

    batch = load(second, IntakeKind.HOLDERS)

    assert (batch.rows_loaded, batch.by_reason) == (1, {"RULE_BROKEN": 1})
    assert "L1" in str(held(batch)[0].sentence)
    assert "H1" in str(held(batch)[0].sentence)


def test_a_register_says_that_it_does_not_take_who_holds_an_arm(tmp_path):
    row = {**ARM, "holder_number": "H1", "acquired_on": "2001-01-01"}
    path = files.csv_file(tmp_path / "a.csv", table(row))

    remarks = " ".join(map(str, dry_run(path, IntakeKind.REGISTRY).remarks))

    assert "(holder_number, acquired_on) is not taken" in remarks
    assert "once more as events" in remarks


def test_IN_06_a_row_of_an_agency_that_is_not_ones_own_is_held(tmp_path):
    grants = {**LOADER.grants, "recovery.record": Scope.OWN}
    clerk = replace(LOADER, agency="POL", grants=grants)
    rows = table(recovery("1"), recovery("2", agency="CUSTOMS"))
    path = files.csv_file(tmp_path / "a.csv", rows)

    batch = load(path, by=clerk)

    assert (batch.rows_loaded, batch.by_reason) == (1, {"RULE_BROKEN": 1})
    (row,) = held(batch)
    assert row.field == "agency"
    assert "“CUSTOMS”" in str(row.sentence)


def test_who_records_for_all_may_load_rows_of_any_agency(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1", agency="SEDENA")))

    assert load(path).rows_loaded == 1
