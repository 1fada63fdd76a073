"""The small world, and clients signed in as its people."""

from types import SimpleNamespace

import pytest
from django.test import Client

from armstrace.accounts import actors, policy
from armstrace.vocabulary.actors import Role
from armstrace.web.access import PURPOSE_KEY
from tests.kept_marks import kept_marks
from tests.remembered import remembered
from tests.web import world


@pytest.fixture(scope="package", autouse=True)
def _marks_kept():
    with kept_marks():
        yield


@pytest.fixture
def people(db):
    return remembered(world.people)()


@pytest.fixture
def known(people):
    """The world with its arms (as registered) and recoveries, by number."""
    arms, recovered = a_world()
    return SimpleNamespace(people=people, arms=arms, recovered=recovered)


@remembered
def a_world():
    world.holders()
    return world.arms(), world.recovered()


@pytest.fixture
def ana(known):
    return actors.actor_for(known.people["ana"])


@pytest.fixture
def sam(known):
    return actors.actor_for(known.people["sam"])


@pytest.fixture
def at_desk(people):
    """Give a client that is signed in as one of the cast, with a purpose chosen."""

    def signed_in(name):
        client, user = Client(), people[name]
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[PURPOSE_KEY] = policy.PURPOSES[Role(user.role)][0].value
        session.save()
        return client

    return signed_in
