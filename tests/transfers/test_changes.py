"""What changed since a moment is found by an index, however little or much it is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.transfers import queries
from armstrace.vocabulary.paging import CursorRequest
from tests.transfers import desk
from tests.transfers.desk import CLERK, MONDAY
from tests.web.test_plans import plan_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("since", "found"), [(MONDAY, 1), (MONDAY + desk.DAY, 0)])
def test_what_changed_since_a_moment_is_looked_up_in_an_index(since, found):
    desk.recorded()
    page = CursorRequest(changed_since=since)

    with CaptureQueriesContext(connection) as asked:
        rows = queries.authorisation_rows(
            queries.AuthorisationFilter(), viewer=CLERK, at=MONDAY, page=page
        ).rows

    assert len(rows) == found
    plan = " ".join(plan_of(asked.captured_queries[0]["sql"]))
    if connection.vendor == "sqlite":
        assert "INDEX transfer_known" in plan


def test_a_walk_through_changes_meets_each_once():
    made = [desk.recorded() for _ in range(3)]
    since = MONDAY - timedelta(minutes=1)

    met, after = [], 0
    while True:
        page = queries.authorisation_rows(
            queries.AuthorisationFilter(),
            viewer=CLERK,
            at=MONDAY,
            page=CursorRequest(size=2, after=after, changed_since=since),
        )
        met += [each.authorisation_id for each in page.rows]
        after = page.last_key
        if page.is_last:
            break

    assert met == [each.pk for each in made]
