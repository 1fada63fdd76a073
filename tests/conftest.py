"""What every test with a database rests on."""

import pytest

from tests.audit import guards_raised


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Lower the ledger's guards: transactional tests empty the tables."""
    with django_db_blocker.unblock():
        guards_raised.lower_guards()
