"""The inbox: open steps of all recoveries, one's own first."""

import pytest

from armstrace.procedures import queries
from armstrace.procedures.queries import InboxFilter
from armstrace.vocabulary.paging import PageRequest
from tests.procedures import desk

pytestmark = pytest.mark.django_db


def test_the_inbox_gives_own_steps_first_whichever_page_is_read():
    desk.recovered(criminal_contexts=desk.DRUGS)
    for number in range(3):
        desk.recovered(f"N-{number}")
    asked = {"viewer": desk.ANALYST, "today": desk.TODAY}
    whole = queries.inbox(InboxFilter(), page=PageRequest(size=100), **asked).rows
    own = [row.step.role == desk.ANALYST.role for row in whole]

    for size in (1, 3, 4, 7, 100):
        pages = [
            queries.inbox(InboxFilter(), page=PageRequest(number, size), **asked).rows
            for number in range(1, -(-len(whole) // size) + 1)
        ]
        assert [row for page in pages for row in page] == whole

    assert True in own
    assert False in own
    assert own == sorted(own, reverse=True)
    for is_own in (True, False):
        days = [
            row.step.due_on
            for row, mine in zip(whole, own, strict=True)
            if mine is is_own
        ]
        assert days == sorted(days)
