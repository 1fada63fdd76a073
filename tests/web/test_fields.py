"""What a form states, as an action or a list takes it."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from armstrace.vocabulary.arms import ArmType, LifeEventKind
from armstrace.web import fields


@dataclass(frozen=True)
class Stated:
    kind: ArmType
    place: str
    seen_on: date | None = None
    contexts: tuple[str, ...] = ()
    number: str = "given"


@dataclass(frozen=True)
class Narrowed:
    text: str = ""
    kind: ArmType | None = None
    since: date | None = None


class StatedForm(fields.DeskForm):
    kind = fields.code(ArmType, "Kind")
    place = fields.line("Place", 20, required=False)
    seen_on = fields.day("Day", required=False)
    number = fields.mark("Number", required=False)


class Filters(fields.FilterForm[Narrowed]):
    narrows = Narrowed
    q = fields.mark("Number", required=False)
    kind = fields.any_of(ArmType, "Kind")
    since = fields.day("Since", required=False)


def test_a_form_gives_what_an_action_takes() -> None:
    form = StatedForm({"kind": "PISTOL", "place": "quay", "seen_on": "2026-01-31"})
    assert form.is_valid()
    assert form.build(Stated, contexts=("A",)) == Stated(
        ArmType.PISTOL, "quay", date(2026, 1, 31), ("A",)
    )


def test_what_is_left_empty_takes_the_default_where_there_is_one() -> None:
    form = StatedForm({"kind": "PISTOL"})
    assert form.is_valid()
    assert form.build(Stated) == Stated(ArmType.PISTOL, "")


def test_a_list_is_narrowed_by_what_can_be_read() -> None:
    asked = Filters({"q": "12", "kind": "PISTOL", "since": "the other day"})
    assert asked.to_filter() == Narrowed("12", ArmType.PISTOL)
    assert Filters(None).to_filter() == Narrowed()


def test_a_code_is_read_as_one_and_some_are_not_offered() -> None:
    field = fields.code(
        LifeEventKind, "What", but=(LifeEventKind.LOST,), empty="choose"
    )
    assert field.clean("STOLEN") is LifeEventKind.STOLEN
    assert LifeEventKind.LOST.value not in dict(field.choices)


def test_a_file_that_a_page_does_not_read_whole_is_refused() -> None:
    field = fields.file("File", ".toml", most=3)
    assert field.clean(SimpleUploadedFile("a.toml", b"123")).read() == b"123"
    with pytest.raises(ValidationError, match="larger than this page reads"):
        field.clean(SimpleUploadedFile("a.toml", b"1234"))
