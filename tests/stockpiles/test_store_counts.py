"""What is in stores and with whom is counted from indexes alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.records import lookups
from armstrace.stockpiles import queries
from armstrace.vocabulary.paging import PageRequest
from tests.stockpiles import desk
from tests.web.test_plans import plan_of

pytestmark = pytest.mark.django_db


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
