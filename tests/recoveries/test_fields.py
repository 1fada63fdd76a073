"""Every field of a recovery reaches every interface, or is named as left out."""

import dataclasses

import pytest
from pydantic import TypeAdapter

from armstrace.api import recoveries as api
from armstrace.intake.fields import IntakeKind, Shape, by_name, field_of
from armstrace.recoveries.fields import BY_NAME, COLUMNS, FIELDS, RecoveryField
from armstrace.vocabulary.arms import Modification
from armstrace.vocabulary.recoveries import CriminalContext, PlaceKind
from armstrace.web.recoveries import forms
from tests import builders

pytestmark = pytest.mark.pure
OF_OTHER_ITEMS = {"item_kind", "ammunition_kind", "part_type", "quantity"}
OF_THE_STATEMENT = {"number", "source_row", "known_at", "kind_reason"}
# Read from the marks; typed as a month, a year or a span; shown on a map alone.
NOT_OFFERED = {
    *("year_of_manufacture", "production_class"),
    *("recovered_until", "latitude", "longitude"),
}
# Persons are not part of the API.
OF_A_PERSON = {"taken_from", "taken_from_is_holder"}
LONGEST = {each.name: each.longest for each in FIELDS if each.longest}


def paths(kind: object, before: str = "") -> set[str]:
    """Give where each value stands in an input."""
    found = set()
    for each in dataclasses.fields(kind):  # type: ignore[arg-type]
        value = getattr(kind, each.name)
        path = f"{before}{each.name}"
        found |= paths(value, f"{path}.") if dataclasses.is_dataclass(value) else {path}
    return found


def test_the_table_holds_every_field_of_the_input() -> None:
    declared = {each.path for each in FIELDS}

    assert declared | OF_OTHER_ITEMS | OF_THE_STATEMENT == paths(builders.a_recovery())


def test_the_desk_offers_every_field_or_says_that_it_does_not() -> None:
    offered = set(forms.RecoveryForm.base_fields)

    assert offered & BY_NAME.keys() == BY_NAME.keys() - NOT_OFFERED


def test_a_file_offers_every_field() -> None:
    assert by_name(IntakeKind.RECOVERIES).keys() >= BY_NAME.keys()


def test_the_api_offers_every_field_or_says_that_it_does_not() -> None:
    offered = {api.NAMES.get(name, name) for name in api.RecoveryIn.model_fields}

    assert offered & BY_NAME.keys() == BY_NAME.keys() - NOT_OFFERED - OF_A_PERSON


@pytest.mark.parametrize(
    ("hint", "default", "shape", "box"),
    [
        (str, "", Shape.TEXT, "CharField"),
        (Modification, Modification.UNKNOWN, Shape.CODE, "TypedChoiceField"),
        (tuple[CriminalContext, ...], (), Shape.CODES, "MultipleChoiceField"),
    ],
)
def test_a_new_field_needs_no_word_at_any_door(
    monkeypatch: pytest.MonkeyPatch,
    hint: object,
    default: object,
    shape: Shape,
    box: str,
) -> None:
    new = RecoveryField("vehicle", "vehicle", "", hint, default)
    monkeypatch.setitem(COLUMNS, "vehicle", "seal_number")  # a column that stands

    offered = forms.box(new)
    column = field_of(new)
    kind, told = api.shape(new, is_sent=True)
    _, read = api.shape(new, is_sent=False)

    assert (type(offered).__name__, offered.label) == (box, "Vehicle")
    assert (column.name, column.shape, column.codes) == ("vehicle", shape, new.codes)
    assert told.description == read.description == "Vehicle."
    if new.is_several:  # whatever the vocabulary
        kinds = RecoveryField("x", "x", "", tuple[PlaceKind, ...], ())
        assert kinds.read("SEAPORT;AIRPORT") == (PlaceKind.SEAPORT, PlaceKind.AIRPORT)
    assert TypeAdapter(kind).validate_python(told.default) == told.default


@pytest.mark.parametrize("name", sorted(LONGEST))
def test_a_text_has_one_greatest_length_everywhere(name: str) -> None:
    longest = LONGEST[name]
    boxes = forms.RecoveryForm.base_fields
    if name in boxes and name != "country":  # it may be said in words
        assert boxes[name].max_length == longest  # type: ignore[attr-defined]
    field = by_name(IntakeKind.RECOVERIES)[name]
    if name != "country":  # a file may say it in words
        assert field.limit == longest
    wire = {api.NAMES.get(each, each): each for each in api.RecoveryIn.model_fields}
    if name in wire and name != "country":
        kept = api.RecoveryIn.model_fields[wire[name]].metadata
        assert [c.max_length for c in kept if getattr(c, "max_length", 0)] == [longest]
