"""Exhibits that an agency holds are listed in the order of an index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.custody import queries
from armstrace.custody.queries import ExhibitFilter, Shown
from armstrace.vocabulary.paging import PageRequest
from tests import cast
from tests.custody import desk
from tests.custody.desk import KEEPER
from tests.web.test_plans import plan_of

pytestmark = pytest.mark.django_db


def test_exhibits_held_by_us_are_not_sorted_as_a_whole():
    where = ExhibitFilter(shown=Shown.HERE)
    first, second = (desk.received(number) for number in ("R1", "R2"))

    with CaptureQueriesContext(connection) as asked:
        page = queries.exhibit_rows(
            where, viewer=KEEPER, page=PageRequest(), today=cast.NOW.date()
        )

    assert [each.exhibit_id for each in page.rows] == [second.pk, first.pk]
    plan = " ".join(plan_of(asked.captured_queries[0]["sql"]))
    if connection.vendor == "sqlite":
        assert "TEMP B-TREE" not in plan
