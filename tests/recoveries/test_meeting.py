"""A recovery is set beside all others at once, at the desk and after a load."""

from datetime import date, timedelta

import pytest

from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.recoveries import queries
from armstrace.recoveries.actions import comparing_later, repeat_recoveries
from armstrace.recoveries.models import ComparedRecord, RecoveryKey, Resighting
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.tracing import RepeatKind
from tests import builders
from tests.cast import ANALYST, NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def one(number, serial="ABC123", **changes):
    return builders.a_recovery(number, description=builders.glock(serial), **changes)


def a_model(number, model, **changes):
    described = builders.glock("XKB704", model=model)
    return builders.a_recovery(number, description=described, **changes)


def met(*recovery_ids, at=NOW):
    return repeat_recoveries.note_resightings(
        recovery_ids=recovery_ids, by=ANALYST, at=at
    )


def test_a_recovery_of_an_earlier_day_meets_those_on_record_too():
    (first,) = builders.recovered(one("S-1"))
    met(first)
    (second,) = builders.recovered(one("S-2", recovered_on=date(2020, 1, 1)))

    (made,) = met(second)

    assert (made.recovery_id, made.earlier_id) == (first, second)
    assert made.probability > 0.5
    assert str(made.why)


def test_a_serial_misread_by_one_letter_is_met():
    ids = builders.recovered(one("S-1", "XKB70417"), one("S-2", "XKB7O4I7"))

    (made,) = met(*ids)

    assert {made.recovery_id, made.earlier_id} == set(ids)


@pytest.mark.parametrize(
    ("cases", "kind"),
    [
        (("54-1", "54-1"), RepeatKind.ENTERED_TWICE),
        (("54-1", "54-2"), RepeatKind.RECOVERED_AGAIN),
        (("", ""), RepeatKind.RECOVERED_AGAIN),
    ],
)
def test_two_entries_of_one_procedure_are_offered_as_one_item(cases, kind):
    ids = builders.recovered(
        *(one(f"S-{at}", case_number=case) for at, case in enumerate(cases))
    )

    (made,) = met(*ids)

    assert made.repeat == kind


def test_one_mark_of_another_procedure_is_met_whatever_the_model_is_called():
    ids = builders.recovered(
        one("S-1", "XKB704", case_number="54-1"),
        a_model("S-2", "17 Gen 4", case_number="54-2"),
        a_model("S-3", "", case_number="54-3"),
    )

    made = met(*ids)

    assert len(made) == 3
    assert {row.repeat for row in made} == {RepeatKind.RECOVERED_AGAIN}
    assert min(row.probability for row in made) >= 0.9


@pytest.mark.parametrize("serial", ["??4711XK", "?KB70417", "XKB7041?"])
def test_arms_of_one_procedure_with_one_partly_read_number_are_many_arms(serial):
    ids = builders.recovered(
        *(one(f"S-{at}", serial, case_number="54-1") for at in range(2))
    )

    assert met(*ids) == []


def test_without_a_make_no_number_says_that_an_item_was_entered_twice():
    unnamed = builders.glock("XKB704", make="")
    ids = builders.recovered(
        one("S-1", "XKB704", case_number="54-1"),
        builders.a_recovery("S-2", description=unnamed, case_number="54-1"),
    )

    assert met(*ids) == []


def test_the_beginning_that_many_numbers_share_is_no_number():
    builders.recovered(*(one(f"L-{at}", f"T062019A{at:05}") for at in range(40, 90)))
    ids = builders.recovered(one("S-1", "T062019A"), one("S-2", "T062019A"))

    assert all(row.probability < 0.9 for row in met(*ids))


def test_what_a_later_entry_does_not_list_stays_proposed():
    ids = builders.recovered(*(one(f"S-{at}") for at in range(15)))
    for each in ids:
        met(each, at=LATER)

    assert Resighting.objects.current().count() == 15 * 14 / 2


def test_what_was_compared_is_not_compared_again_until_it_is_corrected():
    ids = builders.recovered(one("S-1"), one("S-2"))
    met(*ids)
    assert met(*ids) == []
    builders.recovered(one("S-2", "ZZZ999"), at=LATER, reason="read again")
    assert not queries.arm_detail(ids[1], viewer=ANALYST).is_compared

    met(*ids, at=LATER)

    assert not Resighting.objects.current().exists()
    assert queries.arm_detail(ids[1], viewer=ANALYST).is_compared


def test_a_job_compares_what_waits_and_a_second_one_finds_nothing():
    ids = builders.recovered(one("S-1"), one("S-2"), one("S-3", "N0THING"))
    job = comparing_later.begin_comparing(by=ANALYST, at=NOW)
    assert queries.arm_detail(ids[0], viewer=ANALYST).is_load_waiting

    repeat_recoveries.run_comparing(job=job, by=ANALYST, at=NOW, context=JobContext())

    assert ComparedRecord.objects.count() == 3
    assert RecoveryKey.objects.values("recovery_id").distinct().count() == 3
    assert Resighting.objects.count() == 1
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert comparing_later.begin_comparing(by=ANALYST, at=NOW) is None
