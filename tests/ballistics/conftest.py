"""What every test of ballistic records rests on."""

import pytest

from tests.kept_marks import kept_marks


@pytest.fixture(scope="package", autouse=True)
def _marks_kept():
    with kept_marks():
        yield
