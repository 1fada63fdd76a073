"""Overdue steps as Today counts them."""

from datetime import date

import pytest

from armstrace.procedures.queries.inbox import InboxCounts
from armstrace.web.procedures import today
from tests import cast

pytestmark = pytest.mark.django_db


def test_overdue_steps_are_counted_whole_beside_those_of_an_agency(monkeypatch):
    late = (("VNP", 11_348), ("VCG", 4))
    counts = InboxCounts(own=0, own_late=0, asked=0, asked_others=0, late=late)
    monkeypatch.setattr(today.queries, "inbox_counts", lambda **_asked: counts)

    shown = today.tasks(cast.SUPERVISOR, date(2026, 3, 2))[-1]

    assert (shown.count, shown.is_more) == (11_352, False)
