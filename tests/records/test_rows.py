"""What a query gives is made of the columns of its record."""

from dataclasses import dataclass
from types import SimpleNamespace

from armstrace.records.rows import row_of
from armstrace.vocabulary.codes import Known


@dataclass(frozen=True, slots=True)
class Shown:
    number: int
    first: Known
    second: Known | None
    names: tuple[str, ...]
    words: str


def test_columns_are_read_by_name_and_codes_as_members_of_their_lists():
    record = SimpleNamespace(
        number=3, first="YES", second="", names=["a", "b"], words="kept"
    )

    shown = row_of(Shown, record, words="said")

    assert shown == Shown(3, Known.YES, None, ("a", "b"), "said")
    assert shown.first is Known.YES
