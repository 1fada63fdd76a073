"""A record is due when every period that applies is over, and not a day before."""

import json
from dataclasses import replace
from datetime import date

import pytest

from armstrace.audit.models import LedgerEntry
from armstrace.cli import main
from armstrace.licensing.actions import record_holders
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder, Licence
from armstrace.vocabulary.actors import Scope
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.profiles.provisions import Duty, RecordClass
from armstrace.vocabulary.retention import KeptKind, KeptState
from tests import builders, cast, ledger_guard
from tests.custody import desk as store
from tests.retention import desk

pytestmark = pytest.mark.django_db
ARM, HOLDER, PERSON, RECOVERY = (
    KeptKind.ARM,
    KeptKind.HOLDER,
    KeptKind.PERSON,
    KeptKind.RECOVERY,
)

WITHOUT_HOLDERS = replace(cast.SUPERVISOR, grants={"retention.view": Scope.ALL})


def key(number):
    return Holder.objects.get(number=number).pk


def test_a_record_is_due_the_day_after_its_longest_period():
    arm = desk.a_destroyed_pistol()

    assert desk.due(ARM, date(2050, 5, 4)) == []
    assert desk.due(ARM, date(2050, 5, 5)) == [(f"A{arm}", date(2050, 5, 4))]


def test_personal_data_and_data_of_the_arm_leave_at_their_own_times():
    arm = desk.a_destroyed_pistol()
    owner = key("P1")

    assert (f"H{owner}", date(2040, 5, 4)) in desk.due(HOLDER, date(2040, 5, 5))
    assert desk.state_of(ARM, arm, date(2040, 5, 5)) is KeptState.KEPT


def test_a_period_that_runs_from_destruction_waits_for_it(settings):
    settings.PROFILE = "eu"
    desk.a_life()
    dealer = key("D1")

    assert desk.due(HOLDER, date(2200, 1, 1)) == [(f"H{key('P2')}", date(2040, 5, 4))]

    destroyed = builders.an_event(LifeEventKind.DESTROYED, "2019-06-01")
    builders.a_life(destroyed, at=desk.STATED)
    assert (f"H{dealer}", date(2049, 6, 1)) in desk.due(HOLDER, date(2049, 6, 2))
    assert desk.state_of(HOLDER, dealer, date(2049, 6, 1)) is KeptState.KEPT


def test_who_has_an_arm_and_an_arm_that_somebody_has_are_in_use():
    arm = desk.a_life()

    assert desk.state_of(ARM, arm) is KeptState.IN_USE
    assert desk.state_of(HOLDER, key("P1")) is KeptState.IN_USE
    assert desk.state_of(HOLDER, key("M1")) is KeptState.DUE


def test_a_stolen_arm_is_never_due():
    arm = desk.a_life(
        builders.an_event(LifeEventKind.STOLEN, "2017-01-01", holder_from="P1")
    )

    assert desk.state_of(ARM, arm, date(2900, 1, 1)) is KeptState.IN_USE


def test_each_rule_says_what_it_asks_and_how_strongly(settings):
    settings.PROFILE = "eu"
    arm = desk.a_destroyed_pistol()

    (row,) = (each for each in desk.rows(ARM) if each.record_id == arm)

    told = {
        (g.rule.record, g.rule.years, g.rule.source, g.rule.duty, g.rule.is_verified)
        for g in row.grounds
    }
    manufacture = RecordClass.MANUFACTURE
    assert (manufacture, 10, "Firearms Protocol, art. 7", Duty.SHALL, True) in told
    eu = "Directive (EU) 2021/555, art. 4, para. 5"
    assert (manufacture, 30, eu, Duty.SHALL, False) in told
    assert max(g.until for g in row.grounds) == row.until


def test_a_recovery_is_kept_from_the_day_on_which_it_was_last_stated():
    recovery = desk.a_recovery()

    assert desk.due(RECOVERY, date(2040, 5, 4)) == []
    assert desk.due(RECOVERY, date(2040, 5, 5)) == [(f"R{recovery}", date(2040, 5, 4))]


def test_a_person_in_a_recovery_leaves_before_the_recovery():
    recovery = desk.a_recovery(taken_from="Ama Sample")
    without = builders.a_recovery("S-2", recovered_on=desk.STATED.date())
    builders.recovered(without, at=desk.STATED)

    assert desk.due(PERSON, date(2030, 5, 5)) == [(f"R{recovery}", date(2030, 5, 4))]
    assert desk.due(RECOVERY, date(2030, 5, 5)) == []


def test_an_item_in_custody_is_in_use():
    exhibit = store.received("N-70")

    assert desk.state_of(RECOVERY, exhibit.recovery_id) is KeptState.IN_USE


@pytest.mark.parametrize("state", list(KeptState))
def test_the_filter_finds_what_the_rows_say(state):
    desk.a_life()
    desk.erase(HOLDER, key("P2"))
    desk.hold(f"H{key('D1')}")

    found = {each.number for each in desk.rows(HOLDER, state=state.value)}

    every = desk.rows(HOLDER)
    assert found == {each.number for each in every if each.state is state}
    assert {each.state for each in every} == set(KeptState) - {KeptState.KEPT}


def test_nothing_is_due_by_the_law_of_a_day_that_had_no_rule_for_it(capsys):
    desk.a_life()

    for day in ("1999-01-01", "2000-06-30"):
        assert desk.due(HOLDER, date.fromisoformat(day)) == []
        assert main.status_of(["retention", "due", "--as-of", day]) == 0
    assert capsys.readouterr().out == "No record is due.\n" * 2


def test_who_may_not_see_the_kind_is_refused():
    for viewer in (cast.OFFICER, cast.ANALYST):
        with pytest.raises(NotPermitted):
            desk.rows(RECOVERY, viewer=viewer)
    with pytest.raises(NotPermitted):
        desk.rows(HOLDER, viewer=WITHOUT_HOLDERS)


def test_the_command_lists_what_is_due(capsys):
    recovery = desk.a_recovery()

    asked = ["retention", "due", "--as-of", "2050-01-01", "--json"]
    assert main.status_of(asked) == 0

    (row,) = json.loads(capsys.readouterr().out)
    assert row["kind"] == "RECOVERY"
    assert (row["number"], row["kept_until"]) == (f"R{recovery}", "2040-05-04")
    assert row["grounds"][0]["source"].startswith("International Tracing Instrument")
    assert main.status_of(["retention", "due", "--as-of", "yesterday"]) == 2


def test_the_command_says_that_nothing_is_due(capsys):
    assert main.status_of(["retention", "due"]) == 0

    assert capsys.readouterr().out == "No record is due.\n"
    assert not LedgerEntry.objects.exists()


def test_a_licence_to_the_end_of_time_breaks_no_list():
    stated = HolderInput("P9", "A", licence_number="L-9")
    record_holders(source="RGA", stated=[stated], by=cast.SYSTEM, at=desk.STATED)
    with ledger_guard.written_directly():  # as earlier versions let it in
        Licence.objects.get_queryset().update(valid_until=date.max)

    (row,) = desk.rows(HOLDER)

    assert (row.state, row.until) == (KeptState.IN_USE, date.max)
