"""Two people erase a record; a tombstone stays, and the ledger stays true."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from armstrace.accounts.models import AccountChange
from armstrace.audit import verify
from armstrace.audit.models import Justification, LedgerEntry
from armstrace.cli import main
from armstrace.intake.models import HeldRow
from armstrace.licensing.actions import correct_holder
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder, HolderRecord
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry.models import ArmRecord, LifeEvent, SerialKey
from armstrace.retention import queries
from armstrace.retention.actions import erasing
from armstrace.retention.actions.erasing import Listed
from armstrace.retention.models import ErasedRecord, Erasure
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from armstrace.vocabulary.ledger import FindingKind, Operation
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.retention import ErasureState, KeptKind, KeptState
from tests import builders, cast
from tests.accounts import cast as accounts
from tests.intake import files
from tests.intake.loads import load, recovery, table
from tests.investigations import desk as cases
from tests.ledger_guard import written_directly
from tests.retention import desk

pytestmark = pytest.mark.django_db
HOLDER, ARM = KeptKind.HOLDER, KeptKind.ARM
HELD_ROW, PERSON = KeptKind.HELD_ROW, KeptKind.PERSON


def refused(act):
    with pytest.raises(RuleBroken) as broken:
        act()
    return broken.value.rule


def owner():
    return Holder.objects.get(number="P1").pk


def everything():
    """Give all that the database's tables hold, as text."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_what_two_people_erase_is_gone_from_every_table_and_its_tombstone_stays():
    desk.a_destroyed_pistol()
    assert "Ama Sample" in everything()

    for arm in LifeEvent.objects.values_list("arm_id", flat=True)[:1]:
        desk.erase(ARM, arm)
    done = desk.erase(HOLDER, owner())

    assert "Ama Sample" not in everything()
    assert done.state == ErasureState.DONE
    (tombstone,) = done.records.all()
    assert (tombstone.record_id, tombstone.erased_at) == (owner(), desk.LATER)
    assert {ground["record"] for ground in tombstone.grounds} == {"HOLDER", "TRANSFER"}
    assert desk.state_of(HOLDER, owner()) is KeptState.ERASED
    (record,) = HolderRecord.objects.filter(holder=owner())
    assert (record.name, record.reason) == ("", "Erased: its time was over.")


def test_the_marks_of_an_erased_arm_are_found_no_more_and_its_life_stays():
    arm = desk.a_destroyed_pistol()
    assert SerialKey.objects.exists()

    desk.erase(ARM, arm)

    assert not SerialKey.objects.exists()
    assert ArmRecord.objects.get(arm=arm).serial_as_marked == ""
    assert LifeEvent.objects.current().filter(arm=arm).count() == 4


def test_the_ledger_is_sound_after_an_erasure_and_says_what_was_erased():
    arm = desk.a_destroyed_pistol()
    desk.erase(ARM, arm)

    report = verify.verify()

    assert report.is_sound
    entry = LedgerEntry.objects.get(act="erasure.decided")
    assert entry.operation == Operation.ERASE
    tables = {each["table"] for each in json.loads(entry.body)["subjects"]}
    assert {"registry.armrecord", "registry.lifeevent"} <= tables


@pytest.mark.unledgered
@pytest.mark.parametrize("column", ["name", "reason"])
def test_tampering_with_an_erased_row_is_found(column):
    desk.a_destroyed_pistol()
    desk.erase(HOLDER, owner())

    HolderRecord.objects.filter(holder=owner()).update(**{column: "Ama Sample"})

    (found,) = verify.verify().findings
    assert (found.kind, found.table) == (
        FindingKind.RECORD_EDITED,
        "licensing.holderrecord",
    )


@pytest.mark.unledgered
def test_a_tombstone_that_is_taken_away_is_found():
    desk.a_destroyed_pistol()
    done = desk.erase(HOLDER, owner())

    ErasedRecord.objects.filter(erasure=done).delete()

    (found,) = verify.verify().findings
    assert found.kind == FindingKind.RECORD_DELETED


def test_a_load_of_the_old_file_does_not_bring_erased_data_back():
    arm = desk.a_destroyed_pistol()
    desk.erase(ARM, arm)
    desk.erase(HOLDER, owner())

    builders.holders(at=desk.LATER)
    builders.registered(at=desk.LATER)
    told = builders.a_life(
        builders.an_event(
            LifeEventKind.SOLD_TO_HOLDER,
            "2016-05-01",
            notes="sold to Ama Sample",
        ),
        at=desk.LATER,
    )

    assert [each.fate for each in told] == [RowOutcome.ERASED]
    assert "Ama Sample" not in everything()
    assert ArmRecord.objects.filter(arm=arm).count() == 1


def test_a_later_statement_of_the_source_is_passed_over_too():
    desk.a_destroyed_pistol()
    desk.erase(HOLDER, owner())
    said = HolderInput("P1", "Ama Sample-Other", HolderKind.PERSON)

    (told,) = builders.licensing.record_holders(
        source="ANOTHER", stated=[said], reason="new", by=cast.REGISTRAR, at=desk.LATER
    )

    assert told.fate is RowOutcome.ERASED


def test_a_person_may_enter_anew_what_was_erased_and_the_old_file_stays_without():
    desk.a_destroyed_pistol()
    desk.erase(HOLDER, owner())
    said = HolderInput("P1", "Ama Again", HolderKind.PERSON)
    after = desk.LATER + timedelta(days=1)

    correct_holder(stated=said, reason="a new licence", by=cast.REGISTRAR, at=after)
    builders.holders(at=after + timedelta(days=1))

    (now,) = HolderRecord.objects.current().filter(holder=owner())
    assert now.name == "Ama Again"


def test_the_person_of_a_recovery_goes_and_its_marks_stay():
    recovery = desk.a_recovery(taken_from="Ama Sample", notes="told by Bo Sample")

    desk.erase(PERSON, recovery)

    (record,) = RecoveryRecord.objects.filter(recovery=recovery)
    assert (record.taken_from, record.notes) == ("", "")
    assert record.serial_as_marked == "ABC123"
    desk.a_recovery(taken_from="Ama Sample", notes="told by Bo Sample")
    assert RecoveryRecord.objects.count() == 1


def test_a_held_row_goes_and_the_file_does_not_bring_it_back(tmp_path):
    rows = table(recovery("1"), recovery("2", recovered_on="no day"))
    load(files.csv_file(tmp_path / "rows.csv", rows), agency="VFH")
    (held,) = HeldRow.objects.all()
    with written_directly():
        HeldRow.objects.update(state="DISMISSED", decided_at=desk.STATED)

    desk.erase(HELD_ROW, held.pk)
    again = load(files.csv_file(tmp_path / "again.csv", rows), agency="VFH")

    assert HeldRow.objects.get().cells == []
    assert again.by_reason == {"UNCHANGED": 1, "ERASED": 1}


def test_a_reason_for_looking_goes_and_the_ledger_stays_sound():
    desk.a_recovery()
    seq = LedgerEntry.objects.latest("pk").pk
    Justification.objects.create(seq=seq, text="asked by Bo Sample")
    desk.erase(KeptKind.CONSULTATION, seq)

    assert not Justification.objects.exists()
    assert verify.verify().is_sound


# ------------------------------------------------------------------ refusals
def test_ER_01_an_erasure_is_proposed_with_a_reason():
    recovery = desk.a_recovery()

    def propose():
        desk.propose(KeptKind.RECOVERY, recovery, reason=" ")

    assert refused(propose) == "ER-01"


def test_ER_02_what_is_not_due_is_not_proposed():
    arm = desk.a_life()

    with pytest.raises(RuleBroken) as broken:
        desk.propose(ARM, arm)

    assert broken.value.rule == "ER-02"
    assert f"A{arm}" in str(broken.value)
    assert not Erasure.objects.exists()


def test_ER_03_an_erasure_names_something_and_not_too_much():
    assert refused(lambda: desk.propose(ARM)) == "ER-03"
    assert refused(lambda: desk.propose(ARM, *range(1001))) == "ER-03"


def test_ER_04_who_proposed_an_erasure_does_not_decide_on_it():
    desk.a_destroyed_pistol()
    proposal = desk.propose(HOLDER, owner())

    assert refused(lambda: desk.decide(proposal, by=desk.SUPERVISOR)) == "ER-04"
    assert "Ama Sample" in everything()


def test_ER_05_an_erasure_is_decided_once():
    proposal = desk.propose(KeptKind.RECOVERY, desk.a_recovery())
    desk.decide(proposal, agreed=False)

    assert refused(lambda: desk.decide(proposal)) == "ER-05"


def test_AC_09_two_of_whom_one_set_up_the_other_do_not_erase_together(people):
    one, other = people
    proposal = desk.propose(
        KeptKind.RECOVERY, desk.a_recovery(), by=replace(desk.SUPERVISOR, name=one.name)
    )
    with written_directly():
        AccountChange.objects.create(
            act=AccountAct.OPENED,
            user=one,
            reason="new",
            by=other.name,
            at=desk.LATER - timedelta(days=1),
        )

    def decide():
        desk.decide(proposal, by=replace(desk.SUPERVISOR, name=other.name))

    assert refused(decide) == "AC-09"
    assert Erasure.objects.get().state == ErasureState.PROPOSED


@pytest.fixture
def people():
    return [accounts.user(name, Role.SUPERVISOR) for name in ("sam", "sue")]


def test_what_a_hold_keeps_since_the_proposal_does_not_go():
    desk.a_destroyed_pistol()
    proposal = desk.propose(HOLDER, owner())
    desk.hold(f"H{owner()}", at=desk.LATER, review_on=desk.LATER.date().replace(day=9))

    desk.decide(proposal)

    assert "Ama Sample" in everything()
    assert ErasedRecord.objects.get().erased_at is None


def test_who_may_not_is_refused_and_nothing_goes():
    recovery = desk.a_recovery()
    proposal = desk.propose(KeptKind.RECOVERY, recovery)

    for stranger in (cast.OFFICER, cast.AUDITOR, cast.STRANGER):
        with pytest.raises(NotPermitted):
            desk.propose(KeptKind.RECOVERY, recovery, by=stranger)
        with pytest.raises(NotPermitted):
            desk.decide(proposal, by=stranger)
        with pytest.raises(NotPermitted):
            erasing.repeat_erasures(listed=[], by=stranger, at=desk.LATER)
    assert RecoveryRecord.objects.get().serial_as_marked == "ABC123"


# -------------------------------------------------------------- after a restore
def listed():
    found = queries.every_erased(viewer=cast.SYSTEM)
    return [
        Listed(KeptKind(each.kind), each.record_id, each.begun_at, "Z1", "one", "two")
        for each in found
    ]


def test_after_a_restore_the_list_is_carried_out_again_and_twice_is_once():
    """The copy of the database is older than the erasure: nobody decided there."""
    desk.a_destroyed_pistol()
    row = queries.rows_named(
        HOLDER, [owner()], viewer=cast.SYSTEM, on=desk.LATER.date()
    )[0]
    lines = [Listed(HOLDER, row.record_id, row.begun_at, "Z7", "one", "two")]

    how = {"listed": lines, "by": cast.SYSTEM, "at": desk.LATER}
    assert erasing.repeat_erasures(**how) == 1
    assert erasing.repeat_erasures(**how) == 0

    assert HolderRecord.objects.get(holder=owner()).name == ""
    made = Erasure.objects.get()
    assert (made.reason, made.proposed_by) == ("Z7: one, two", "")
    assert made.decided_by == cast.SYSTEM.name
    assert verify.verify().is_sound
    assert [each.record_id for each in listed()] == [owner()]


def test_ER_09_a_number_that_another_record_bears_now_is_not_erased():
    desk.a_destroyed_pistol()
    later = desk.STATED + timedelta(days=1)
    lines = [Listed(HOLDER, owner(), later, "Z7", "one", "two")]

    def repeat():
        erasing.repeat_erasures(listed=lines, by=cast.SYSTEM, at=desk.LATER)

    assert refused(repeat) == "ER-09"
    assert HolderRecord.objects.get(holder=owner()).name == "Ama Sample"


def test_ER_10_no_list_erases_what_a_legal_hold_keeps():
    desk.a_destroyed_pistol()
    desk.hold(f"H{owner()}", at=desk.LATER, review_on=desk.LATER.date().replace(day=9))
    (record,) = HolderRecord.objects.filter(holder=owner())
    row = queries.rows_named(
        HOLDER, [owner()], viewer=cast.SYSTEM, on=desk.LATER.date()
    )[0]
    lines = [Listed(HOLDER, owner(), row.begun_at, "Z7", "one", "two")]

    def repeat():
        erasing.repeat_erasures(listed=lines, by=cast.SYSTEM, at=desk.LATER)

    assert refused(repeat) == "ER-10"
    assert HolderRecord.objects.get(holder=owner()).name == record.name != ""


def test_the_commands_write_the_list_and_repeat_it(tmp_path, capsys):
    desk.a_destroyed_pistol()
    desk.erase(HOLDER, owner())
    path = tmp_path / "erased.jsonl"

    assert main.status_of(["retention", "erased", "-o", str(path)]) == 0
    assert main.status_of(["retention", "repeat", str(path)]) == 0

    assert "Ama" not in path.read_text()
    assert capsys.readouterr().out.endswith("0 records erased again.\n")
    for other in (
        "",
        "{}\n",
        path.read_text().replace('"record_id": ', '"record_id": 9'),
    ):
        path.write_text(other)
        assert main.status_of(["retention", "repeat", str(path)]) == 1
    assert "was changed since" in capsys.readouterr().err


def test_ER_02_a_sealed_case_keeps_its_recovery_and_no_list_tells_of_it():
    recovery, other = desk.a_recovery(), desk.a_recovery(number="S-2")
    cases.a_case(recovery, is_sealed=True)
    cases.a_case(other)

    assert desk.state_of(KeptKind.RECOVERY, recovery) is KeptState.DUE
    assert desk.state_of(KeptKind.RECOVERY, other) is KeptState.IN_USE
    assert refused(lambda: desk.propose(KeptKind.RECOVERY, recovery)) == "ER-02"
    assert refused(lambda: desk.propose(PERSON, recovery)) == "ER-02"
