"""Nothing starts without its authority, and what ended is not read any more."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from armstrace.audit import verify
from armstrace.records import numbering
from armstrace.techniques import inputs, queries
from armstrace.techniques.actions import authorising, running
from armstrace.techniques.models import HandOver, Operation, OperationRun
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted
from armstrace.vocabulary.techniques import DeliveryMode, OperationStep, Technique
from tests import cast
from tests.investigations.test_ending import close
from tests.techniques import desk
from tests.techniques.desk import (
    AUDITOR,
    CUSTOMS,
    HOME,
    HOUR,
    LEAD,
    NOW,
    PROSECUTOR,
    SECOND,
    hand_over,
    is_readable,
    leg,
    page,
    refuse,
    start,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def country(settings):
    settings.HOME_COUNTRY = HOME


# ------------------------------------------------------------------- asking


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("TE-01", {"reason": "."}),
        ("TE-02", {"basis": "UNTOC-19"}),
        ("TE-03", {"authoriser": LEAD.name}),
        ("TE-03", {"authoriser": CUSTOMS.name}),
        ("TE-04", {"hours": -1}),
        ("TE-04", {"begins": NOW - 20 * HOUR}),
        ("TE-05", {"states": ()}),
        ("TE-28", {"begins": NOW - 30 * 24 * HOUR, "hours": 31 * 24}),
    ],
)
def test_TE_01_to_TE_05_an_authority_is_asked_for_whole(code, changes):
    asked = desk.authority(**changes)

    refuse(code, lambda: desk.ask(asked=asked))

    assert not Operation.objects.exists()


def test_IV_04_nothing_is_asked_for_in_a_case_that_is_closed():
    desk.people()
    case = desk.cases.a_case()
    close(case, by=desk.cases.COLLEAGUE)
    given = inputs.OperationInput(Technique.SURVEILLANCE, None, "who receives it")

    refuse(
        "IV-04",
        lambda: authorising.ask_operation(
            case_id=case.pk, given=given, authority=desk.authority(), by=LEAD, at=NOW
        ),
    )


@pytest.mark.parametrize(
    ("technique", "mode"),
    [
        (Technique.CONTROLLED_DELIVERY, None),
        (Technique.SURVEILLANCE, DeliveryMode.INTACT),
    ],
)
def test_TE_06_only_a_delivery_says_how_goods_go_on(technique, mode):
    desk.people()
    given = inputs.OperationInput(technique, mode, "who receives it")

    refuse(
        "TE-06",
        lambda: authorising.ask_operation(
            case_id=desk.cases.a_case().pk,
            given=given,
            authority=desk.authority(),
            by=LEAD,
            at=NOW,
        ),
    )


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("2026-10-25 02:30", "twice"),
        ("2027-03-28 02:30", "never"),
    ],
)
def test_a_time_in_a_night_in_which_clocks_change_is_asked_again(shown, said):
    changes = {"ends": datetime.fromisoformat(shown), "zone": "Europe/Berlin"}

    with pytest.raises(InvalidInput, match=said) as refused:
        desk.ask(asked=desk.authority(**changes))

    assert refused.value.field == "ends"


def test_a_window_over_a_change_of_clocks_is_kept_in_utc():
    begins, ends = map(datetime.fromisoformat, ("2026-10-24 12:00", "2026-10-25 12:00"))
    asked = replace(desk.authority(), begins=begins, ends=ends, zone="Europe/Berlin")

    kept = desk.ask(asked=asked).authorities.get()

    assert kept.valid_until - kept.valid_from == timedelta(hours=25)


def test_the_number_of_an_operation_does_not_tell_how_many_there_are():
    first, second = desk.ask(), desk.ask()

    assert first.pk >= numbering.FIRST_NUMBER
    assert abs(second.pk - first.pk) > 1


def test_TE_13_only_who_was_asked_decides_and_once():
    operation = desk.ask()

    with pytest.raises(NotFound):
        desk.decide(operation, by=SECOND)
    with pytest.raises(NotPermitted):
        desk.decide(operation, by=LEAD)
    desk.decide(operation)

    refuse("TE-13", lambda: desk.decide(operation))


def test_TE_16_an_order_has_its_number():
    operation = desk.ask()
    decision = inputs.Decision(True, "no milder means", " ")

    refuse(
        "TE-16",
        lambda: authorising.decide_authority(
            operation_id=operation.pk, given=decision, by=PROSECUTOR, at=NOW
        ),
    )


# ------------------------------------------------------------------ running


def test_TE_07_nothing_starts_without_an_authority_in_force():
    operation = desk.ask()
    refuse("TE-07", lambda: start(operation))

    desk.decide(operation, is_granted=False)

    refuse("TE-07", lambda: start(operation))
    assert page(operation, LEAD).step is OperationStep.REFUSED
    assert not OperationRun.objects.exists()


def hand_over_in(operation, country, at):
    return hand_over(operation, leg(country, country), at=at)


def test_TE_08_nothing_starts_before_every_state_consents():
    operation = desk.ask(asked=desk.authority(states=(HOME, "BR", "PT")))
    desk.consent(operation, "BR")
    desk.decide(operation)

    refuse("TE-08", lambda: start(operation))
    desk.consent(operation, "PT")
    start(operation)

    assert page(operation, LEAD).territory == ("BR", "PT", HOME)


def test_TE_09_what_is_active_does_not_start_and_what_is_not_does_not_stop():
    operation = desk.started()
    how = {"operation_id": operation.pk, "reason": "the aim is reached", "by": LEAD}

    refuse("TE-09", lambda: start(operation))
    running.stop_operation(**how, at=NOW + HOUR)

    refuse("TE-09", lambda: running.stop_operation(**how, at=NOW + 2 * HOUR))
    assert page(operation, LEAD, NOW + 2 * HOUR).step is OperationStep.STOPPED
    found = {each.table for each in verify.verify().findings}
    assert not [table for table in found if table.startswith("techniques")]


def test_a_withdrawn_consent_stops_its_territory_only():
    operation = desk.started(asked=desk.authority(states=(HOME, "BR", "PT")))

    desk.consent(operation, "BR", NOW + HOUR, is_given=False)

    later = desk.standing(operation)
    assert later.territory(NOW + HOUR) == {HOME, "PT"}
    assert later.is_active(NOW + HOUR)
    refuse("TE-10", lambda: hand_over_in(operation, "BR", at=NOW + 2 * HOUR))
    hand_over(operation, leg(HOME, "PT"), at=NOW + 2 * HOUR)


def test_a_renewed_consent_takes_a_new_start_in_its_territory():
    operation = desk.started(asked=desk.authority(states=("BR",)))
    desk.consent(operation, "BR", NOW + HOUR, is_given=False)
    desk.consent(operation, "BR", NOW + 2 * HOUR)
    later = NOW + 3 * HOUR

    assert page(operation, LEAD, later).step is OperationStep.STOPPED
    refuse("TE-09", lambda: hand_over_in(operation, "BR", at=later))
    start(operation, later)

    assert desk.standing(operation).running(later) == {"BR"}
    former = OperationRun.objects.order_by("known_at").first()
    assert (former.ending, former.ended_at) == ("UNCOVERED", NOW + HOUR)


def test_a_start_for_a_renewed_consent_leaves_no_gap_elsewhere():
    operation = desk.started(asked=desk.authority(states=(HOME, "BR")))
    desk.consent(operation, "BR", NOW + HOUR, is_given=False)
    desk.consent(operation, "BR", NOW + 2 * HOUR)
    later = NOW + 3 * HOUR
    assert desk.standing(operation).running(later) == {HOME}

    start(operation, later)

    now = desk.standing(operation)
    assert now.running(later) == {HOME, "BR"}
    assert now.running(later - HOUR) == {HOME}
    assert OperationRun.objects.exclude(ended_at=None).get().ending == "RESTARTED"


def test_TE_22_a_consent_has_an_end_and_stops_its_territory_by_itself():
    operation = desk.ask(asked=desk.authority(states=(HOME, "BR")))
    refuse("TE-22", lambda: desk.consent(operation, "BR", hours=-1))
    desk.consent(operation, "BR", hours=2)
    desk.decide(operation)
    start(operation)

    now = desk.standing(operation)
    assert now.running(NOW + HOUR) == {HOME, "BR"}
    assert now.running(NOW + 2 * HOUR) == {HOME}


def test_TE_25_a_request_whose_window_has_ended_waits_for_nobody():
    operation = desk.ask()
    late = NOW + 10 * HOUR
    assert queries.waiting(viewer=PROSECUTOR, at=NOW)[0] == 1

    assert queries.waiting(viewer=PROSECUTOR, at=late)[0] == 0
    assert page(operation, LEAD, late).step is OperationStep.LAPSED
    refuse("TE-25", lambda: desk.decide(operation, late))
    authorising.ask_authority(
        operation_id=operation.pk, given=desk.authority(late), by=LEAD, at=late
    )

    assert queries.waiting(viewer=PROSECUTOR, at=late)[0] == 1
    desk.decide(operation, late)


# ------------------------------------------------------------------- access


def test_expiry_ends_access_and_not_only_colour():
    operation = desk.started()
    last = NOW + 10 * HOUR - timedelta(microseconds=1)

    assert is_readable(operation, LEAD, last)
    assert not is_readable(operation, LEAD, NOW + 10 * HOUR)
    assert is_readable(operation, PROSECUTOR, NOW + 10 * HOUR)
    assert is_readable(operation, AUDITOR, NOW + 10 * HOUR)
    with pytest.raises(NotFound):
        hand_over(operation, at=NOW + 10 * HOUR)


def test_a_withdrawn_authority_ends_access_at_once():
    operation = desk.started()

    authorising.withdraw_authority(
        operation_id=operation.pk, reason="risk to life", by=PROSECUTOR, at=NOW + HOUR
    )

    assert not is_readable(operation, LEAD, NOW + HOUR)
    assert not desk.standing(operation).is_active(NOW + HOUR)
    refuse(
        "TE-07",
        lambda: authorising.withdraw_authority(
            operation_id=operation.pk, reason="again", by=PROSECUTOR, at=NOW + HOUR
        ),
    )


def test_a_generic_look_at_rows_reads_the_clock_too():
    """The windows of these lie in the past: no search or number leads to them."""
    long_ago = cast.NOW - timedelta(days=900)
    operation = desk.started(long_ago)

    assert list(Operation.objects.visible_to(LEAD)) == []
    assert list(HandOver.objects.visible_to(LEAD)) == []
    assert list(Operation.objects.visible_to(PROSECUTOR)) == [operation]


def test_a_request_opens_nothing_that_has_ended():
    operation = desk.started()
    late = NOW + 20 * HOUR

    authorising.ask_authority(
        operation_id=operation.pk, given=desk.authority(late), by=LEAD, at=late
    )

    assert not is_readable(operation, LEAD, late)
    desk.decide(operation, late)
    assert is_readable(operation, LEAD, late)
    assert page(operation, LEAD, late).step is OperationStep.STOPPED, (
        "it takes a new start"
    )
    start(operation, late)
    former = OperationRun.objects.order_by("known_at").first()
    assert (former.ending, former.ended_at) == ("UNCOVERED", NOW + 10 * HOUR)
