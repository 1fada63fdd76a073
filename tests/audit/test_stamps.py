"""What was counted is counted again after an act, and not after a consultation."""

import pytest

from armstrace.audit import consultations, ledger, stamps
from armstrace.vocabulary.ledger import Operation
from tests.audit import cast

pytestmark = pytest.mark.django_db


def consult():
    with ledger.entry(
        "list.shown", by=cast.clerk(), at=cast.NOON, op=Operation.CONSULT
    ):
        pass


def test_before_the_first_act_nothing_tells_the_state():
    assert stamps.last_change() == ()

    consult()

    assert stamps.last_change() == ()


def test_an_act_changes_the_state_and_a_consultation_does_not():
    cast.holder("H-1")
    first = stamps.last_change()

    consult()
    assert stamps.last_change() == first

    cast.holder("H-2")
    assert stamps.last_change() != first


def test_one_answer_asks_for_the_state_once(django_assert_num_queries):
    cast.holder("H-1")

    with consultations.gather(), django_assert_num_queries(1):
        first = stamps.last_change()
        with consultations.gather():
            assert stamps.last_change() == first


def test_an_answer_that_changes_a_record_asks_for_the_state_again():
    cast.holder("H-1")

    with consultations.gather():
        first = stamps.last_change()
        cast.holder("H-2")

        assert stamps.last_change() != first


def test_what_falls_due_without_an_act_is_made_anew_in_its_place():
    cast.holder("H-1")
    made = iter(range(9))

    told = [
        stamps.kept("due", lambda: next(made), until=minute) for minute in (1, 1, 2, 2)
    ]

    assert told == [0, 0, 1, 1]
    assert len(stamps._KEPT) == 1


def test_what_is_good_throughout_a_span_outlasts_acts_and_not_the_span():
    cast.holder("H-1")
    made = iter(range(9))
    told = []

    for number, span in enumerate((1, 1, 2, None), start=2):
        with stamps.good_throughout(span):
            told.append(stamps.kept("figures", lambda: next(made)))
        cast.holder(f"H-{number}")

    assert told == [0, 0, 1, 2]


def test_what_was_kept_of_another_ledger_is_never_good():
    cast.holder("H-1")
    stamp, *rest = (*stamps.last_change(), None), "old", consultations.Consultation(), 1
    stamps._KEPT["elsewhere"] = ((stamp[0], stamp[1], b"other", None), *rest)

    with stamps.good_throughout(1):
        assert stamps.kept("elsewhere", lambda: "new") == "new"
