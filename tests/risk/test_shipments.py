"""What early warnings read of transfers, and that one is raised of them."""

from dataclasses import replace

import pytest

from armstrace.risk.actions import warnings
from armstrace.risk.queries import shipments
from armstrace.vocabulary.transfers import Step, TransferAct
from tests import cast
from tests.transfers import desk
from tests.transfers.desk import DAY, MONDAY, TODAY, sent, stepped

pytestmark = pytest.mark.django_db
ASKED = (Step.CUSTOMS_ASKED, Step.STATE_ASKED)


def shipped(days: int):
    until = TODAY + days * DAY
    return list(shipments.departures(TODAY - DAY, until, viewer=cast.SYSTEM))


@pytest.fixture
def made(tmp_path):
    return desk.issued(tmp_path, is_multiple=True)


def test_facts_tell_what_arrived_and_to_whom(made):
    one = sent(made, 4)
    stepped(one, Step.ARRIVED, TODAY + 3 * DAY, 3)

    (told,) = shipped(5)

    assert (told.number, told.authorisation) == (one.reference, made.reference)
    assert (told.missing, told.known_on) == (1, TODAY + 3 * DAY)
    assert told.recipient == desk.RECIPIENT.casefold()
    assert not told.is_answered


def test_facts_tell_a_receipt_as_unproven_at_the_end_of_the_ladder_alone(made):
    one, other = sent(made, 4), sent(made, 4)
    asked = TODAY + 60 * DAY
    stepped(one, Step.ARRIVED, asked, 4)
    for kind in ASKED:
        stepped(one, kind, asked)
    stepped(other, Step.RECEIPT, asked, 4, document="R-1")

    waits, proven = shipped(61)
    assert (waits.is_answered, waits.is_unproven) == (False, False)
    assert (proven.is_answered, proven.is_unproven) == (True, False)
    late, _ = shipped(200)
    assert (late.is_answered, late.is_unproven) == (True, True)


def test_facts_tell_statements_by_number_without_what_was_refused(tmp_path):
    first, second, third = (desk.ready(tmp_path) for _ in "abc")
    desk.decide(third, TransferAct.REFUSE, **desk.REFUSED)

    (told,) = shipments.statements(TODAY - DAY, TODAY, viewer=cast.SYSTEM)

    assert told.transfers == (first.reference, second.reference)


def test_a_statement_on_file_twice_is_raised_with_its_transfers(tmp_path):
    made = [desk.recorded(replace(desk.SOUND, goods=())) for _ in range(31)]
    for number, each in enumerate(made):
        paper = replace(desk.STATEMENT, number=f"EUS-{number}")
        desk.attached(each, paper, tmp_path)
    later = MONDAY + 20 * DAY
    again = replace(desk.STATEMENT, number="eus-7")
    desk.attached(made[-1], again, tmp_path, later - 2 * DAY)

    (alarm,) = warnings.raise_warnings(by=cast.SYSTEM, at=later).warnings

    assert alarm.kind == "USED_STATEMENT"
    assert alarm.evidence == [made[7].reference, made[-1].reference]
