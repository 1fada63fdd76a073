"""What is due of a consignment and when: clocks, ladder, differences."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.procedures.working_days import is_working_day
from armstrace.transfers import watching
from armstrace.transfers.facts import due_by
from armstrace.transfers.stages import following
from armstrace.transfers.watching import Course, Passed
from armstrace.vocabulary import profiles
from armstrace.vocabulary.profiles import CountedFrom, Deadline
from armstrace.vocabulary.transfers import Alarm, Direction, Step
from tests.cast import HOME

pytestmark = pytest.mark.pure
LEFT = date(2029, 3, 1)
DAY = timedelta(days=1)


def course(*steps, sent=40, **told):
    passed = [Passed(Step.DEPARTED, LEFT), *steps]
    return Course(Direction.EXPORT, sent, passed, **told)


def due(one, law="eu"):
    found = watching.every_due(one, profiles.load(law), HOME)
    return (found[0].alarm, found[0].on) if found else None


def arrived(quantity, on=LEFT + 5 * DAY):
    return Passed(Step.ARRIVED, on, quantity)


def test_proof_of_receipt_is_due_45_days_after_the_exit_in_the_union():
    assert due(course(arrived(40))) == (Alarm.NO_PROOF, LEFT + 45 * DAY)


def test_the_ladder_of_proof_goes_from_customs_to_the_State_to_the_record():
    asked, then = LEFT + 50 * DAY, LEFT + 70 * DAY
    customs, state = Passed(Step.CUSTOMS_ASKED, asked), Passed(Step.STATE_ASKED, then)
    end = Passed(Step.UNCONFIRMED, then + 40 * DAY)
    came = arrived(40)

    assert due(course(came, customs)) == (Alarm.NO_PROOF, asked + 15 * DAY)
    assert due(course(came, customs, state)) == (Alarm.NO_PROOF, then + 30 * DAY)
    assert due(course(came, customs, state, end)) is None
    assert due(course(came, Passed(Step.RECEIPT, then, 40))) is None


def test_an_import_has_no_ladder():
    assert due(replace(course(arrived(40)), direction=Direction.IMPORT)) is None


@pytest.mark.parametrize(
    ("quantity", "alarm"), [(41, Alarm.OVER_DELIVERY), (39, Alarm.UNDER_DELIVERY)]
)
def test_a_difference_is_alarmed_the_day_on_which_it_arrives(quantity, alarm):
    one = course(arrived(quantity))

    assert due(one) == (alarm, LEFT + 5 * DAY)
    settled = replace(one, steps=[*one.steps, Passed(Step.SETTLED, LEFT + 6 * DAY)])
    assert due(settled) == (Alarm.NO_PROOF, LEFT + 45 * DAY)


@pytest.mark.parametrize(
    ("quantity", "alarm"), [(40, Alarm.OVER_DELIVERY), (39, Alarm.NO_PROOF)]
)
def test_what_came_back_on_the_way_does_not_arrive_too(quantity, alarm):
    back = Passed(Step.RETURNED, LEFT + 2 * DAY, 1)

    assert due(course(back, arrived(quantity)))[0] == alarm
    whole = Passed(Step.RETURNED, LEFT + 7 * DAY, 1)
    assert due(course(arrived(40), whole))[0] == Alarm.NO_PROOF


def test_what_does_not_arrive_stays_too_long_or_does_not_return_is_alarmed():
    late = course(expected_on=LEFT + 9 * DAY)
    stays = course(Passed(Step.ENTERED, LEFT + 2 * DAY))
    back = course(arrived(40), return_on=LEFT + 30 * DAY)

    assert due(late) == (Alarm.LATE, LEFT + 9 * DAY)
    assert due(stays) == (Alarm.OVER_STAY, LEFT + 32 * DAY)
    assert due(course(*stays.steps[1:], Passed(Step.LEFT, LEFT + 3 * DAY)))[0] == (
        Alarm.NO_PROOF
    )
    assert due(back) == (Alarm.NO_RETURN, LEFT + 30 * DAY)
    some = replace(back, steps=[*back.steps, Passed(Step.RETURNED, LEFT, 39)])
    assert due(some) == (Alarm.NO_RETURN, LEFT + 30 * DAY)
    rest = Passed(Step.RETURNED, LEFT)
    assert due(replace(some, steps=[*some.steps, rest])) is None


def test_a_diversion_waits_for_its_case():
    diverted = course(Passed(Step.DIVERTED, LEFT + 4 * DAY))

    assert due(diverted) == (Alarm.DIVERSION, LEFT + 4 * DAY)
    named = replace(
        diverted, steps=[*diverted.steps, Passed(Step.CASE, LEFT + 5 * DAY)]
    )
    assert due(named)[0] is Alarm.NO_PROOF


# The night of 25 March 2029 has one hour less in Europe, that of 28 October one more.
NIGHTS = [date(2029, 3, 25), date(2029, 10, 28)]


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize("is_working", [False, True])
def test_a_clock_that_runs_over_a_night_of_summer_time_ends_on_its_day(
    night, is_working
):
    clock = Deadline(
        source="x",
        code="X",
        words="",
        days=10,
        counted_from=CountedFrom.SENT,
        is_working=is_working,
    )
    begun = night - 5 * DAY

    ends = due_by(clock, begun, HOME)

    counted = [begun + n * DAY for n in range(1, (ends - begun).days + 1)]
    worked = [day for day in counted if is_working_day(day, HOME) or not is_working]
    assert len(worked) == 10
    assert not is_working or is_working_day(ends, HOME)


@pytest.mark.parametrize("night", NIGHTS)
def test_the_day_of_the_country_ends_at_its_own_midnight_that_night(night):
    zone = ZoneInfo("Europe/Paris")
    for hours, day in ((-1, night - DAY), (1, night), (22, night)):
        local = datetime(night.year, night.month, night.day, tzinfo=zone)
        at = local.astimezone(UTC) + timedelta(hours=hours)
        with timezone.override(zone):
            assert timezone.localdate(at) == day


@given(st.lists(st.sampled_from(sorted(Step)), max_size=8))
def test_no_order_of_steps_goes_on_after_the_goods_arrived_or_came_back(kinds):
    taken = {Step.DEPARTED}
    for kind in kinds:
        if kind in following(taken):
            taken.add(kind)

    if {Step.ARRIVED, Step.RETURNED} & taken:
        assert not {Step.ENTERED, Step.LEFT, Step.ARRIVED} & following(taken)
    if Step.STATE_ASKED in taken:
        assert Step.CUSTOMS_ASKED in taken
    if Step.UNCONFIRMED in taken:
        assert Step.STATE_ASKED in taken
    assert following(set()) == frozenset()


ROUTE = {"route": ("AT", "FR", "NL"), "destination": "NL"}


@pytest.mark.parametrize(
    "passed",
    [
        Passed(Step.ENTERED, LEFT + DAY, country="LY"),
        Passed(Step.LEFT, LEFT + DAY, country="LY"),
        Passed(Step.ARRIVED, LEFT + DAY, 40, "FR"),
    ],
)
def test_a_step_off_the_route_is_alarmed_until_explained_or_followed(passed):
    one = course(passed, **ROUTE)

    assert due(one) == (Alarm.OFF_ROUTE, LEFT + DAY)
    for answer in (Step.SETTLED, Step.CASE):
        after = replace(one, steps=[*one.steps, Passed(answer, LEFT + 2 * DAY)])
        assert due(after)[0] is not Alarm.OFF_ROUTE
        again = replace(after, steps=[*after.steps, passed])
        assert due(again)[0] is Alarm.OFF_ROUTE


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (Passed(Step.ENTERED, LEFT, country="FR"), ROUTE),
        (Passed(Step.ARRIVED, LEFT, 40, "NL"), ROUTE),
        (Passed(Step.ARRIVED, LEFT, 40), ROUTE),
        (Passed(Step.ENTERED, LEFT, country="LY"), {}),
        (Passed(Step.RETURNED, LEFT, country="AT"), ROUTE),
    ],
)
def test_no_alarm_is_raised_on_the_route_or_where_nobody_says(passed, told):
    found = due(course(passed, **told))

    assert found is None or found[0] is not Alarm.OFF_ROUTE


def test_a_difference_after_a_passage_that_was_explained_is_alarmed():
    steps = (
        Passed(Step.ENTERED, LEFT, country="LY"),
        Passed(Step.SETTLED, LEFT + DAY),
        Passed(Step.ARRIVED, LEFT + 2 * DAY, 39, "NL"),
    )

    assert due(course(*steps, **ROUTE)) == (Alarm.UNDER_DELIVERY, LEFT + 2 * DAY)


@pytest.mark.parametrize(
    ("quantity", "alarm"), [(39, "UNDER_DELIVERY"), (41, "OVER_DELIVERY")]
)
def test_a_receipt_of_another_quantity_is_alarmed_until_explained(quantity, alarm):
    receipt = Passed(Step.RECEIPT, LEFT + 9 * DAY, quantity)
    settled = Passed(Step.SETTLED, LEFT + 9 * DAY)

    assert due(course(arrived(40), receipt)) == (alarm, LEFT + 9 * DAY)
    assert due(course(receipt)) == (alarm, LEFT + 9 * DAY)
    assert due(course(arrived(40), receipt, settled)) is None
    assert Step.SETTLED in following({Step.DEPARTED, Step.RECEIPT})


def test_a_full_receipt_explains_no_shortage():
    short = course(arrived(39), Passed(Step.RECEIPT, LEFT + 9 * DAY, 40))

    assert due(short) == (Alarm.UNDER_DELIVERY, LEFT + 5 * DAY)


def test_a_proof_that_was_due_earlier_hides_no_arrival_elsewhere():
    late = LEFT + 60 * DAY
    one = course(Passed(Step.ARRIVED, late, 20, "FR"), **ROUTE)

    found = watching.every_due(one, profiles.load("eu"), HOME)

    assert [each.alarm for each in found] == [
        *(Alarm.OFF_ROUTE, Alarm.UNDER_DELIVERY, Alarm.NO_PROOF)
    ]
