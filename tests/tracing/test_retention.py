"""A record is due when the law no longer asks for it, and not a day before."""

import json
from datetime import UTC, date, datetime

import pytest

from armstrace.cli import main
from armstrace.tracing import queries
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.profiles.provisions import RecordClass
from tests import builders, cast

pytestmark = pytest.mark.django_db
STATED = datetime(2020, 5, 4, 12, tzinfo=UTC)


def due(on, viewer=cast.SUPERVISOR):
    found = queries.records_due(viewer=viewer, on=on)
    return [(each.record, each.reference, each.kept_until) for each in found]


def a_sold_pistol(*more):
    builders.holders(at=STATED)
    (arm_id,) = builders.registered(at=STATED)
    kind = LifeEventKind
    made = builders.an_event(kind.MANUFACTURED, "2015-01-10", holder_to="M1")
    sold = builders.an_event(
        kind.SOLD_TO_DEALER, "2015-03-01", holder_from="M1", holder_to="D1"
    )
    builders.a_life(made, sold, *more, at=STATED)
    return f"A{arm_id}"


def a_recovery_of_then():
    stated = builders.a_recovery(recovered_on=STATED.date())
    return builders.recovered(stated, at=STATED)


def test_a_record_is_due_the_day_after_its_longest_period():
    arm = a_sold_pistol()

    assert due(date(2040, 5, 4)) == []
    sale = (RecordClass.TRANSFER, arm, date(2040, 5, 4))
    assert due(date(2040, 5, 5)) == [sale]
    made = (RecordClass.MANUFACTURE, arm, date(2050, 5, 4))
    assert sorted(due(date(2050, 5, 5))) == sorted([sale, made])


def test_a_period_that_runs_from_destruction_waits_for_it(settings):
    settings.PROFILE = "eu"
    arm = a_sold_pistol()

    assert due(date(2200, 1, 1)) == []

    destroyed = builders.an_event(LifeEventKind.DESTROYED, "2019-06-01")
    builders.a_life(destroyed, at=STATED)
    assert due(date(2050, 5, 5)) == [
        (RecordClass.MANUFACTURE, arm, date(2050, 5, 4)),
        (RecordClass.TRANSFER, arm, date(2049, 6, 1)),
    ]


def test_a_recovery_is_kept_from_the_day_on_which_it_was_last_stated():
    (recovery,) = a_recovery_of_then()

    assert due(date(2040, 5, 4)) == []
    assert due(date(2040, 5, 5)) == [
        (RecordClass.RECOVERY, f"R{recovery}", date(2040, 5, 4))
    ]


def test_who_sees_no_traces_is_refused():
    with pytest.raises(NotPermitted):
        due(date(2050, 1, 1), cast.REGISTRAR)


def test_another_agency_sees_no_recovery():
    a_recovery_of_then()

    assert due(date(2050, 1, 1), cast.STRANGER) == []


def test_the_command_lists_what_is_due(capsys):
    (recovery,) = a_recovery_of_then()

    assert main.status_of(["retention", "due", "--as-of", "2050-01-01", "--json"]) == 0

    (row,) = json.loads(capsys.readouterr().out)
    assert row["record"] == "RECOVERY"
    assert (row["reference"], row["kept_until"]) == (f"R{recovery}", "2040-05-04")
    assert main.status_of(["retention", "due", "--as-of", "yesterday"]) == 2
