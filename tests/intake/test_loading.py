"""Loading is repeatable: nothing twice, corrections with history."""

import pytest

from armstrace.audit.models import LedgerEntry
from armstrace.intake import queries, reports
from armstrace.intake.actions import held as held_actions
from armstrace.intake.actions import loading
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile, IncomingRows
from armstrace.intake.models import Batch, Chunk, HeldRow
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.licensing.models import HolderRecord
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, LossReport, SerialKey
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.content import CONTENT_KEY
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from tests.intake import files
from tests.intake.loads import (
    ARM,
    LATER,
    LOADER,
    NOON,
    actor,
    dry_run,
    held,
    load,
    recovery,
    table,
)

pytestmark = pytest.mark.django_db


def test_a_file_is_loaded_with_its_marks_read(tmp_path):
    rows = table(recovery("1", serial="AB-1234"), recovery("2"))

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    record = RecoveryRecord.objects.get(recovery__source_number="1")
    assert (record.make, record.serial_search) == ("GLOCK", "AB1234")
    assert record.source_row == 2
    assert batch.rows_loaded == 2
    assert batch.job.state == "DONE"


def test_loading_twice_changes_nothing(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1"), recovery("2")))
    load(path)
    before = list(RecoveryRecord.objects.order_by("pk").values())

    again = load(path, at=LATER)

    assert (again.rows_loaded, again.by_reason) == (0, {"UNCHANGED": 2})
    assert list(RecoveryRecord.objects.order_by("pk").values()) == before


def test_the_same_rows_in_another_file_and_format_change_nothing(tmp_path):
    rows = table(recovery("1"), recovery("2"))
    load(files.csv_file(tmp_path / "a.csv", rows, delimiter=";", encoding="utf-16"))

    again = load(files.workbook(tmp_path / "b.xlsx", rows), at=LATER)

    assert again.by_reason == {"UNCHANGED": 2}


def test_a_corrected_file_makes_a_correction_with_history(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1"), recovery("2"))))
    rows = table(recovery("1"), recovery("2", make="Taurus"))

    again = load(files.csv_file(tmp_path / "b.csv", rows), at=LATER)

    assert (again.rows_loaded, again.rows_corrected) == (1, 1)
    versions = RecoveryRecord.objects.filter(recovery__source_number="2")
    old, new = versions.order_by("pk")
    assert (old.make_as_written, old.superseded_at) == ("Glock", LATER)
    assert (new.make_as_written, new.known_at) == ("Taurus", LATER)
    assert new.reason == "b.csv"
    assert new.source_row == 3
    assert Recovery.objects.count() == 2


def test_rows_without_a_number_are_known_by_their_content(tmp_path):
    one = {name: text for name, text in recovery("").items() if name != "source_number"}
    path = files.csv_file(tmp_path / "a.csv", table(one, one, {**one, "serial": "X9"}))

    first = load(path)
    again = load(path, at=LATER)

    assert first.rows_loaded == 3
    assert again.by_reason == {"UNCHANGED": 3}
    assert any("recognised by their content" in str(remark) for remark in first.remarks)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1"), recovery("2"))))
    before = (
        Recovery.objects.count(),
        Batch.objects.count(),
        LedgerEntry.objects.count(),
    )
    rows = table(
        recovery("1"),
        recovery("2", make="CZ"),
        recovery("3"),
        recovery("4", serial="S" * 401),
    )

    seen = dry_run(files.csv_file(tmp_path / "b.csv", rows))

    tally = seen.tally
    assert (
        tally.rows_read,
        tally.rows_loaded,
        tally.rows_corrected,
        tally.rows_held,
    ) == (4, 2, 1, 1)
    assert tally.by_reason == {"UNCHANGED": 1, "TOO_LONG": 1}
    assert seen.held[0].row == 5
    assert before == (
        Recovery.objects.count(),
        Batch.objects.count(),
        LedgerEntry.objects.count(),
    )


def test_a_dry_run_foretells_what_loading_then_does(tmp_path):
    rows = table(
        recovery("1"), recovery("1", make="CZ"), recovery("2", recovered_on="x")
    )
    path = files.csv_file(tmp_path / "a.csv", rows)

    seen = dry_run(path)
    batch = load(path)

    assert seen.tally.by_reason == batch.by_reason
    assert seen.tally.rows_loaded == batch.rows_loaded


def test_each_chunk_keeps_one_letter_for_each_row(tmp_path):
    rows = table(recovery("1"), recovery("2", recovered_on="x"), recovery("1"))

    load(files.csv_file(tmp_path / "a.csv", rows), chunk_rows=2)

    chunks = Chunk.objects.order_by("number").values_list("first_row", "outcomes")
    assert list(chunks) == [(2, "LH"), (4, "R")]


def test_the_report_can_be_mended_and_sent_back(tmp_path):
    rows = table(recovery("1"), recovery("2", recovered_on="31/02/2019", make="=cmd"))
    first = load(files.csv_file(tmp_path / "a.csv", rows))
    report = tmp_path / "report.csv"
    reports.write(reports.report_rows(first, viewer=LOADER, at=NOON), report)
    text = report.read_text(encoding="utf-8-sig")
    assert "'=cmd" in text
    assert "31/02/2019" in text
    report.write_text(text.replace("31/02/2019,", "28/02/2019,", 1), encoding="utf-8")

    again = load(report, at=LATER)

    assert (again.rows_loaded, again.by_reason) == (1, {"UNCHANGED": 1})
    mended = RecoveryRecord.objects.get(recovery__source_number="2")
    assert mended.make_as_written == "=cmd"
    assert HeldRow.objects.get().state == "MENDED"


def test_a_mended_report_keeps_the_identity_of_rows_without_a_number(tmp_path):
    row = {k: v for k, v in recovery("").items() if k != "source_number"}
    bad = {**row, "recovered_on": "31/02/2019", "serial": "Q1"}
    first = load(files.csv_file(tmp_path / "a.csv", table(row, bad)))
    identity = HeldRow.objects.get().identity
    assert identity.startswith(CONTENT_KEY)
    report = tmp_path / "report.csv"
    reports.write(reports.held_report_rows(first, viewer=LOADER, at=NOON), report)
    text = report.read_text(encoding="utf-8-sig").replace("31/02/2019", "28/02/2019", 1)
    report.write_text(text, encoding="utf-8")

    load(report, at=LATER)

    assert Recovery.objects.filter(source_number=identity).exists()


def test_a_held_row_is_mended_by_a_person(tmp_path):
    rows = table(recovery("1"), recovery("2", recovered_on="31/02/2019"))
    load(files.csv_file(tmp_path / "a.csv", rows))
    row = HeldRow.objects.get()

    with pytest.raises(InvalidInput, match="not a date"):
        held_actions.mend_row(
            held=row, values={"recovered_on": "?"}, by=LOADER, at=LATER
        )
    held_actions.mend_row(
        held=row, values={"recovered_on": "28/02/2019"}, by=LOADER, at=LATER
    )

    assert Recovery.objects.count() == 2
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("MENDED", "system")
    with pytest.raises(RuleBroken, match="decided already"):
        held_actions.mend_row(held=row, values={}, by=LOADER, at=LATER)


def test_a_duplicate_is_mended_only_with_a_number_of_its_own(tmp_path):
    load(
        files.csv_file(
            tmp_path / "a.csv", table(recovery("1"), recovery("1", make="CZ"))
        )
    )
    row = HeldRow.objects.get()

    with pytest.raises(InvalidInput, match="number of its own"):
        held_actions.mend_row(held=row, values={"notes": "x"}, by=LOADER, at=LATER)
    held_actions.mend_row(held=row, values={"source_number": "9"}, by=LOADER, at=LATER)

    assert Recovery.objects.filter(source_number="9").exists()


def test_a_held_row_is_dismissed_with_a_reason(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", recovered_on="?"))))
    row = HeldRow.objects.get()

    with pytest.raises(InvalidInput, match="with a reason"):
        held_actions.dismiss_row(held=row, reason=" ", by=LOADER, at=LATER)
    done = held_actions.dismiss_row(held=row, reason="a toy", by=LOADER, at=LATER)

    assert (done.state, done.decided_why) == ("DISMISSED", "a toy")
    assert not Recovery.objects.exists()


def test_a_file_does_not_undo_what_a_person_mended(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", recovered_on="?"))))
    mended = {"recovered_on": "2019-03-01", "make": "Taurus"}
    held_actions.mend_row(
        held=HeldRow.objects.get(), values=mended, by=LOADER, at=LATER
    )

    again = files.csv_file(tmp_path / "b.csv", table(recovery("1", make="Tauros")))
    load(again, at=LATER)
    same = files.csv_file(tmp_path / "c.csv", table(recovery("1", make="Taurus")))
    batch = load(same, at=LATER)

    assert RecoveryRecord.objects.current().get().make_as_written == "Taurus"
    assert HeldRow.objects.filter(reason="CONFLICT").exists()
    assert batch.rows_skipped == 1


@pytest.mark.parametrize("is_seen", [True, False])
def test_IN_04_a_held_row_that_is_decided_is_not_decided_again(tmp_path, is_seen):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", recovered_on="?"))))
    row = HeldRow.objects.get()
    done = held_actions.dismiss_row(held=row, reason="a toy", by=LOADER, at=LATER)
    held, values = done if is_seen else row, {"recovered_on": "2019-03-01"}

    with pytest.raises(RuleBroken) as caught:
        held_actions.mend_row(held=held, values=values, by=LOADER, at=LATER)

    assert caught.value.rule == "IN-04"
    assert not Recovery.objects.exists()


def test_a_row_that_a_later_file_holds_again_waits_once(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1", recovered_on="?")))
    load(path)
    load(path, at=LATER)

    assert sorted(HeldRow.objects.values_list("state", flat=True)) == [
        "OPEN",
        "REPLACED",
    ]


def test_a_stranger_may_neither_load_nor_look(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1", recovered_on="?")))
    batch = load(path, agency="HUB")
    stranger = actor(Role.OFFICER, "ELSEWHERE")
    custodian = actor(Role.CUSTODIAN, "HUB")

    with pytest.raises(NotPermitted):
        load(path, by=custodian)
    with pytest.raises(NotPermitted):
        held_actions.dismiss_row(
            held=HeldRow.objects.get(), reason="wrong", by=custodian, at=LATER
        )

    assert queries.batches(viewer=stranger, page=PageRequest()).total == 0
    assert queries.held_rows(viewer=stranger, page=PageRequest()).total == 0
    with pytest.raises(NotFound):
        queries.batch(batch.pk, viewer=stranger)


def test_a_register_its_holders_events_and_losses_are_loaded(tmp_path):
    def put(kind, *rows):
        path = files.csv_file(tmp_path / f"{kind}.csv", table(*rows))
        return load(path, IntakeKind(kind))

    put("holders", {"holder_number": "H1", "name": "North Arms", "kind": "DEALER"},
        {"holder_number": "H2", "name": "Holder two", "kind": "PERSON"})  # fmt: skip
    put("registry", ARM, {**ARM, "source_number": "A-2", "serial": "40000"})
    event = {"source_number": "E1", "arm_number": "A-1", "event": "MANUFACTURED",
             "happened_on": "2001-01-01", "holder_from": "",
             "holder_to": ""}  # fmt: skip
    sold = {**event, "source_number": "E2", "event": "SOLD_TO_HOLDER",
            "happened_on": "2002-01-01", "holder_to": "H2"}  # fmt: skip
    lost = {**event, "source_number": "E3", "arm_number": "A-9"}
    events = put("events", event, sold, lost)
    losses = put("losses", {"source_number": "L1", "arm_number": "A-2",
                 "loss_kind": "STOLEN", "happened_on": "2010-05-05",
                 "serial": "40000", "make": "Glock"})  # fmt: skip

    assert events.by_reason == {"UNKNOWN_REFERENCE": 1}
    assert "load the arm first" in str(held(events)[0].sentence)
    assert losses.rows_loaded == 1
    assert (HolderRecord.objects.count(), ArmRecord.objects.count()) == (2, 2)
    assert SerialKey.objects.exists()
    assert LossReport.objects.count() == 1
    assert Arm.objects.get(source_number="A-1").state == "HELD_CIVILIAN"
    assert LifeEvent.objects.filter(arm__source_number="A-1").count() == 2


def test_rows_of_a_stream_are_loaded_once():
    rows = [{**ARM, "source_number": f"A-{n}", "notes": ""} for n in range(25)]
    stream = IncomingRows(
        rows, IntakeKind.REGISTRY, "REGISTER", "a stream", "stream-1", expected=25
    )

    first = loading.load_rows(
        incoming=stream, by=LOADER, at=NOON, context=JobContext(), chunk_rows=10
    )
    again = loading.load_rows(
        incoming=stream, by=LOADER, at=LATER, context=JobContext()
    )

    assert (first.rows_loaded, first.chunks) == (25, 3)
    assert again.by_reason == {"UNCHANGED": 25}
    assert Arm.objects.count() == 25


def test_a_load_that_was_cut_off_goes_on_where_it_stood(tmp_path):
    rows = table(*(recovery(str(n % 40), serial=f"S{n}") for n in range(50)))
    path = files.csv_file(tmp_path / "a.csv", rows)

    class Cut(Exception):
        pass

    def cut(progress):
        if progress.done >= 20:
            raise Cut

    file = IncomingFile(path, path.name)
    profile = queries.profile_for(file, viewer=LOADER, kind=IntakeKind.RECOVERIES)
    batch = loading.begin_batch(file=file, profile=profile, by=LOADER, at=NOON)
    with pytest.raises(Cut):
        loading.run_batch(
            batch=batch,
            by=LOADER,
            at=NOON,
            context=JobContext(progress=cut),
            chunk_rows=10,
        )

    done = load(path, chunk_rows=10)

    assert Batch.objects.count() == 1
    assert (done.rows_loaded, done.by_reason, done.chunks) == (50, {}, 5)
    assert Recovery.objects.count() == 50


@pytest.mark.unledgered
def test_IN_03_a_second_run_of_one_batch_stops_the_first(tmp_path):
    rows = (recovery(str(n)) for n in range(30))
    path = files.csv_file(tmp_path / "a.csv", table(*rows))

    def overtaken(progress):
        Job.objects.update(worker="another")

    file = IncomingFile(path, path.name)
    profile = queries.profile_for(file, viewer=LOADER, kind=IntakeKind.RECOVERIES)
    batch = loading.begin_batch(file=file, profile=profile, by=LOADER, at=NOON)
    with pytest.raises(RuleBroken, match="Another run"):
        loading.run_batch(
            batch=batch,
            by=LOADER,
            at=NOON,
            context=JobContext(progress=overtaken),
            chunk_rows=10,
        )

    assert Recovery.objects.count() == 10


def test_a_file_that_changed_since_it_was_begun_is_not_run(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1")))
    batch = load(path)
    path.write_text("source_number\n1\n")

    with pytest.raises(InvalidInput, match="not the file that was begun"):
        loading.run_batch(batch=batch, by=LOADER, at=NOON, context=JobContext())
