"""Columns and fields in pairs, by a library that is loaded only to pair them."""

import subprocess
import sys

import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from armstrace.intake.profiles.pairing import best_pairs

pytestmark = pytest.mark.pure
WORTH = st.sampled_from([0.0, 0.25, 0.5, 1.0]) | st.floats(0, 1)


@given(st.data(), st.integers(1, 7), st.integers(1, 7))
def test_pairs_are_those_that_scipy_gives_ties_included(data, rows, columns):
    row = st.lists(WORTH, min_size=columns, max_size=columns)
    worth = data.draw(st.lists(row, min_size=rows, max_size=rows))

    found = best_pairs(worth)

    pairs = zip(
        *scipy.optimize.linear_sum_assignment(worth, maximize=True), strict=True
    )
    assert list(found.items()) == [(r, c) for r, c in pairs if worth[r][c] > 0]


def test_nothing_has_no_pairs():
    assert best_pairs([]) == {}


def test_columns_are_proposed_without_loading_scipy():
    code = (
        "import sys, armstrace.intake.profiles.propose;sys.exit('scipy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
