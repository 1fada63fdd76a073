"""Warnings of transfers: statements used twice, receipts never proven, short goods."""

from dataclasses import replace
from datetime import date, timedelta

from armstrace.analysis.risk.warnings import shipments
from armstrace.analysis.risk.warnings.facts import Budget, Facts, Shipped, Statement
from armstrace.vocabulary.warnings import WarningKind

TODAY = date(2026, 6, 30)
WEEK, DAY = timedelta(days=7), timedelta(days=1)
ONE = Budget(1.0)


def shipped(number: int, days_ago: int, **told: object) -> Shipped:
    on = TODAY - days_ago * DAY
    plain = Shipped(
        f"J{number}",
        f"G{number}",
        on,
        on - 80 * DAY,
        20,
        "a shop",
        20,
        is_answered=True,
    )
    return replace(plain, **told)  # type: ignore[arg-type]


BEFORE = tuple(shipped(n, 30 + n, recipient=f"shop {n % 9}") for n in range(60))
STATED = tuple(Statement((f"G{n}",), TODAY - (30 + n) * DAY) for n in range(60))


def raised(kind: WarningKind, **told: object) -> list[shipments.Alarm]:
    facts = Facts(since=TODAY - WEEK, until=TODAY, **told)  # type: ignore[arg-type]
    return [each for each in shipments.alarms(facts, ONE) if each.kind is kind]


def test_a_statement_on_file_of_two_transfers_is_warned_of() -> None:
    twice = Statement(("G3", "G77"), TODAY - DAY)

    (alarm,) = raised(WarningKind.USED_STATEMENT, statements=(*STATED, twice))

    assert (alarm.subject, alarm.evidence) == ("G3", ("G3", "G77"))
    assert "G3, G77; of 60 others, 0 were" in str(alarm.sentence)


def test_a_statement_is_not_where_that_is_usual_known_long_ago_or_little_is_known():
    kind = WarningKind.USED_STATEMENT
    twice = Statement(("G3", "G77"), TODAY - DAY)
    usual = tuple(Statement(("G1", "G2"), each.known_on) for each in STATED[:9])
    old = replace(twice, known_on=TODAY - 9 * DAY)

    assert raised(kind, statements=(*STATED, *usual, twice)) == []
    assert raised(kind, statements=(*STATED, old)) == []
    assert raised(kind, statements=(*STATED[:9], twice)) == []
    assert raised(kind, statements=(*STATED, Statement(("G9",), TODAY))) == []


def test_a_receipt_that_nobody_proved_is_warned_of() -> None:
    open_one = shipped(99, 1, is_unproven=True, arrived=None)

    (alarm,) = raised(WarningKind.NO_RECEIPT, shipped=(*BEFORE, open_one))

    assert alarm.evidence == ("J99", "G99")
    assert "the 20 of J99 is not proven 80 days after" in str(alarm.sentence)


def test_a_receipt_is_not_where_it_was_proven_or_the_ladder_goes_on() -> None:
    for told in ({}, {"is_answered": False}):
        one = shipped(99, 1, **told)
        assert raised(WarningKind.NO_RECEIPT, shipped=(*BEFORE, one)) == []


def test_a_recipient_to_whom_less_arrives_again_and_again_is_warned_of() -> None:
    short = tuple(shipped(70 + n, 1 + 9 * n, arrived=18) for n in range(3))

    (alarm,) = raised(WarningKind.SHORT_GOODS, shipped=(*BEFORE, *short))

    assert alarm.evidence == ("J70", "J71", "J72")
    assert alarm.chance < 0.001
    assert "3 of 3 consignments to the recipient of G70" in str(alarm.sentence)
    assert "6 missing; of those to others, 0 of 60" in str(alarm.sentence)


def test_a_recipient_is_not_once_or_where_all_are_delivered_less() -> None:
    kind = WarningKind.SHORT_GOODS
    short = tuple(shipped(70 + n, 1 + 9 * n, arrived=18) for n in range(3))
    usual = tuple(replace(each, arrived=19) for each in BEFORE)

    assert raised(kind, shipped=(*BEFORE, short[0])) == []
    assert raised(kind, shipped=(*usual, *short)) == []
    assert raised(kind, shipped=(*BEFORE, *short[1:])) == []


def test_the_tail_is_that_of_a_hand_count() -> None:
    assert shipments.tail(2, 2, 2, 4) == 1 / 6
    assert shipments.tail(0, 3, 1, 9) == 1.0
