"""What somebody sent as TOML is refused in a sentence, however it was made."""

from collections.abc import Callable

import pytest

from armstrace.analysis.procedures import reading
from armstrace.intake.profiles.schema import read_profile
from armstrace.vocabulary import profiles
from armstrace.vocabulary.errors import InvalidInput

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
    with pytest.raises(InvalidInput, match=r"nested too deep|TOML"):
        read(text)
