"""What every test with a database rests on."""

import gc
from contextlib import ExitStack

import pytest
from django.middleware import csrf
from django.utils import translation
from hypothesis import HealthCheck, settings

from armstrace.audit import stamps
from armstrace.registry import population
from tests import ledger_guard, migrated, remembered
from tests.audit import guards_raised

# A busy machine is slow, not wrong.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")

# Much is made for each test and little of it in circles; looking for circles among all
# the modules again and again takes a seventh of the time.
gc.set_threshold(100_000, 20, 100)


def pytest_collection_finish():
    """Leave what was imported and collected out of every look for circles.

    One last look at it takes each worker two seconds and finds little.
    """
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Have migrations run once for all runs that find the same ones."""
    with migrated.kept_migrations():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Lower the ledger's guards: transactional tests empty the tables."""
    with django_db_blocker.unblock():
        guards_raised.lower_guards()


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Forget what was kept between acts: keys, entries, the language of a page."""
    stamps._KEPT.clear()
    population._population.cache_clear()  # keys of one test are those of another
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _plain_tokens():
    """Draw the tokens of forms from two letters: R1 by chance is not recovery R1."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "CSRF_ALLOWED_CHARS", "xz")
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    remembered.begin()
    with _watched(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    with _watched(item):
        return (yield)


def _watched(item):
    """Note what is written; refuse writes to ledgered tables outside the ledger."""
    watched = ExitStack()
    watched.enter_context(remembered.noted())
    if not item.get_closest_marker("unledgered"):
        watched.enter_context(ledger_guard.guarded())
    return watched
