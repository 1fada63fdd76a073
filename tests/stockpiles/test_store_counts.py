"""What counts of stores compare, and what is counted of stores from indexes alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.records import lookups
from armstrace.stockpiles import queries, reading
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.paging import PageRequest
from tests import cast
from tests.stockpiles import desk
from tests.web.test_plans import plan_of

pytestmark = pytest.mark.django_db


def test_what_moves_before_a_count_is_signed_adds_no_difference_and_hides_none(
    monkeypatch,
):
    """The first arm is gone, and is issued on paper once that was noted."""
    store, arms = desk.stocked(3)
    made = desk.count(store, *(f"A{each}" for each in arms[1:]))
    monkeypatch.setattr(cast, "NOW", cast.NOW + timedelta(minutes=5))
    desk.sign(desk.paper(store, arms[:2]))

    desk.signed(made)

    told = queries.count_page(made.pk, viewer=desk.BEARER).compared
    gone, *here = (f"A{each}" for each in arms)
    assert (told.missing, told.found, told.elsewhere) == ((gone,), tuple(here), ())


def test_arms_here_and_issued_are_counted_apart_and_from_an_index_each():
    store, arms = desk.stocked(3)
    desk.sign(desk.paper(store, arms[:1]))
    lookups.learn_sizes()

    with CaptureQueriesContext(connection) as asked:
        (row,) = queries.depot_rows(viewer=desk.KEEPER, page=PageRequest()).rows

    assert (row.arms, row.issued, row.missing) == (2, 1, 0)
    if connection.vendor == "sqlite":
        plans = " ".join(" ".join(plan_of(each["sql"])) for each in asked)
        assert "INDEX stocked_here" in plans
        assert "INDEX stocked_out" in plans


def test_a_list_that_would_keep_others_waiting_is_sent_in_parts(monkeypatch):
    store, arms = desk.stocked(3)
    monkeypatch.setattr(reading, "MOST_ROWS", 2)

    for act in (
        lambda: desk.count(store, *(f"A{each}" for each in arms)),
        lambda: desk.paper(store, arms),
    ):
        with pytest.raises(InvalidInput, match="3 rows, and the limit is 2"):
            act()
    desk.count(store, *(f"A{each}" for each in arms[1:]))
