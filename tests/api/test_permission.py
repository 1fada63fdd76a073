"""Permission is asked before what was sent is read, where that is not needed."""

import re
from collections.abc import Iterator

import pytest

from armstrace.accounts import policy
from armstrace.api import permission
from armstrace.api.main import api
from armstrace.vocabulary.actors import Role
from tests.api.test_api import Caller

pytestmark = pytest.mark.django_db
NONE = {"certificates"}
"""Areas in which every role may do something, if only to check."""


def _writing() -> Iterator[tuple[str, str]]:
    """Give each route that changes something, with its area."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            if any("POST" in each.methods for each in view.operations):
                yield prefix.strip("/"), re.sub(r"{\w+}", "1", f"{prefix}{path}")


ROUTES = sorted(set(_writing()))


def test_every_area_that_changes_something_says_what_it_acts_on() -> None:
    assert {area for area, _ in ROUTES} == set(permission.THINGS)
    assert all(map(permission.acts_in, permission.THINGS))


@pytest.mark.parametrize("area", sorted(permission.THINGS.keys() - NONE))
def test_who_may_do_nothing_is_refused_whatever_was_sent(
    caller: Caller, area: str
) -> None:
    acts = set(permission.acts_in(area))
    role = next(each for each in Role if acts.isdisjoint(policy.grants_of(each)))
    by = caller(role, "VNP")

    for path in (path for one, path in ROUTES if one == area):
        sent = by.post(f"/api/v1{path}", {"odd": 1}, content_type="application/json")

        assert sent.status_code == 403, path
