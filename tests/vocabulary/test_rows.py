"""Rows are filled from what has fields of their names."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    sure: Known
    said: Known | None = None
    note: str = ""


def test_a_field_comes_from_the_first_that_has_it():
    first, then = SimpleNamespace(number="1"), SimpleNamespace(number="2", sure="NO")

    assert fill(Row, first, then) == Row("1", Known.NO)


def test_what_is_said_beside_goes_before_what_the_sources_have():
    source = SimpleNamespace(number="1", sure="NO", note="old")

    assert fill(Row, source, note="new") == Row("1", Known.NO, note="new")


def test_a_code_that_may_lack_is_none_where_it_is_empty():
    source = SimpleNamespace(number="1", sure="YES", said="")

    assert fill(Row, source).said is None


def test_a_field_that_nothing_has_is_a_fault():
    with pytest.raises(TypeError):
        fill(Row, SimpleNamespace(number="1"))


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

    shown = fill(Shown, record, words="said")

    assert shown == Shown(3, Known.YES, None, ("a", "b"), "said")
    assert shown.first is Known.YES
