"""No cell runs as a formula, and every text comes back as it was."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.vocabulary import spreadsheets

STARTS = (*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20")
pytestmark = pytest.mark.pure


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    is_formula = any(char.isalnum() for char in text)

    assert not (is_formula and spreadsheets.harmless(text).startswith(STARTS))


@pytest.mark.parametrize("text", ["-", "--", "- - -", "+", "=", "@"])
def test_signs_alone_are_no_formula_and_stay_as_written(text: str) -> None:
    assert spreadsheets.harmless(text) == text
    assert spreadsheets.as_written(f"'{text}") == f"'{text}"


@given(st.text().filter(lambda text: not text.startswith("'")))
def test_what_was_made_harmless_reads_back_as_written(text: str) -> None:
    assert spreadsheets.as_written(spreadsheets.harmless(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "\uff1d1+1",
        "x;\uff0d1",
        "x;=1+1",
        "x\n=1+1",
        "x\t @A1",
        " =1",
        "\u00a0=1",
        'x;"+1',
    ],
)
def test_no_program_splits_off_or_strips_to_a_formula(text: str) -> None:
    parts = re.split("[;\t\r\n]", spreadsheets.harmless(text))

    assert not any(part.strip(' \u00a0"').startswith(STARTS) for part in parts)
    assert spreadsheets.as_written(spreadsheets.harmless(text)) == text


def test_texts_are_marked_and_numbers_are_not() -> None:
    stream = io.StringIO()
    spreadsheets.write_rows(stream, [("a", None, -1, "-1", "x;=1")])

    assert stream.getvalue() == "a,,-1,'-1,x;'=1\r\n"
