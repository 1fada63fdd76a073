"""Lists and pages ask as many questions for many operations as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.techniques import queries
from armstrace.vocabulary.paging import PageRequest
from tests.techniques import desk
from tests.techniques.desk import HOME, LEAD, NOW

pytestmark = pytest.mark.django_db


def asked():
    with CaptureQueriesContext(
        connection,
    ) as made:
        queries.operation_rows(viewer=LEAD, at=NOW, page=PageRequest())
    return len(made)


def test_a_list_asks_no_more_for_many_than_for_one(settings):
    settings.HOME_COUNTRY = HOME
    desk.started()
    one = asked()
    for _ in range(4):
        desk.started()

    assert asked() == one
