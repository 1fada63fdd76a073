"""What somebody sent as TOML is refused in a sentence, however it was made."""

from collections.abc import Callable

import pytest

from armstrace.analysis.marks import table_rules
from armstrace.analysis.procedures import reading
from armstrace.intake.profiles.schema import read_profile
from armstrace.vocabulary import profiles
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.toml_texts import read_toml

pytestmark = pytest.mark.pure

READERS = (
    reading.parse,
    lambda text: read_profile(text, origin="a"),
    lambda text: profiles.load_text(text, "a"),
)
HOSTILE = (
    "a = " + "[" * 20_000,
    "a = " + "[" * 5_000 + "]" * 5_000,
    ".".join(["a"] * 20_000) + " = 1",
    "days = " + "9" * 5_000,
)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", HOSTILE, ids=["open", "deep", "dotted", "number"])
def test_no_file_overwhelms_its_reader(read: Callable[[str], object], text: str):
    with pytest.raises(InvalidInput, match=r"nested too deep|TOML|thousands of digits"):
        read(text)


def test_a_number_of_thousands_of_digits_is_refused_in_our_own_words():
    with pytest.raises(InvalidInput) as refused:
        read_toml("days = " + "9" * 5000)

    assert refused.value.field == "file"
    assert "thousands of digits" in str(refused.value.message)


@pytest.mark.parametrize(
    "read", [table_rules.look_alikes, table_rules.check_serial_rules]
)
def test_a_table_of_marks_with_such_a_number_is_refused_too(read):
    with pytest.raises(InvalidInput, match="thousands of digits"):
        read("own", "version = " + "9" * 5000)
