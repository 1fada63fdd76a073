"""What was counted is counted again after an act, and not after a consultation."""

from contextlib import suppress

import pytest
from django.db import transaction

from armstrace.audit import consultations, ledger, stamps, tables_read
from armstrace.audit.models import LedgerEntry
from armstrace.licensing.models import Holder, Licence
from armstrace.registry.models import SerialKey
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

    with stamps.good_throughout(1):
        stamps.kept("elsewhere", lambda: "old")
        LedgerEntry.objects.filter(seq=stamps.last_change()[1]).update(leaf=b"other")

        assert stamps.kept("elsewhere", lambda: "new") == "new"


def test_an_act_has_only_what_was_made_of_its_tables_made_anew():
    cast.holder("H-1")
    made = iter(range(9))

    def count(model):
        return stamps.kept(model, lambda: (model.objects.count(), next(made)))

    assert (count(Holder), count(Licence)) == ((1, 0), (0, 1))

    cast.holder("H-2")

    assert (count(Holder), count(Licence)) == ((2, 2), (0, 1))


def test_what_is_made_of_something_kept_is_made_of_its_tables():
    cast.holder("H-1")

    def inner():
        return stamps.kept("inner", Holder.objects.count)

    assert inner() == 1
    assert stamps.kept("outer", inner) == 1

    cast.holder("H-2")

    assert stamps.kept("outer", inner) == 2


def test_what_is_made_of_a_table_without_ledger_is_made_anew_after_each_act():
    cast.holder("H-1")
    made = iter(range(9))

    def found():
        return stamps.kept("keys", lambda: (SerialKey.objects.count(), next(made)))

    assert (found(), found()) == ((0, 0), (0, 0))

    cast.holder("H-2")

    assert found() == (0, 1)


def test_what_was_counted_within_an_act_that_failed_is_counted_again():
    cast.holder("H-1")

    with suppress(ZeroDivisionError), transaction.atomic():
        cast.holder("H-2")
        assert stamps.kept("count", Holder.objects.count) == 2
        raise ZeroDivisionError

    assert stamps.kept("count", Holder.objects.count) == 1


@pytest.mark.parametrize(
    ("asked", "tables"),
    [
        ('SELECT 1 FROM "a_b" INNER JOIN "c_d" U1 ON 1 = 1', {"a_b", "c_d"}),
        ("select seq from audit_ledgerentry where 1", {"audit_ledgerentry"}),
        ("SELECT x IN (SELECT value FROM json_each(%s)) FROM (SELECT 1)", set()),
        ('SELECT 1 FROM ("a_b" JOIN "c_d" ON 1 = 1)', {"a_b", "c_d"}),
    ],
)
def test_a_statement_says_which_tables_it_reads(asked, tables):
    assert tables_read._tables_of(asked) == tables
