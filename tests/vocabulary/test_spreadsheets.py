"""No cell runs as a formula, and every text comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.vocabulary import spreadsheets

pytestmark = pytest.mark.pure


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert not spreadsheets.harmless(text).startswith(spreadsheets.STARTS)


@given(st.text().filter(lambda text: not text.startswith("'")))
def test_what_was_made_harmless_reads_back_as_written(text: str) -> None:
    assert spreadsheets.as_written(spreadsheets.harmless(text)) == text
