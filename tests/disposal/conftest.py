"""Try acts many times on the same records."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import transaction


@pytest.fixture
def transaction_rolled_back() -> Callable[[], AbstractContextManager[None]]:
    """Give what undoes all that is done within it."""

    @contextmanager
    def within() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return within
