"""The description of the API as a page: no script, and nothing from elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from armstrace.api.errors import KINDS
from armstrace.api.main import api

type Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body or of an answer."""

    name: str
    # Where it is sent: in the path, the query, a header or the body.
    place: str
    is_needed: bool
    # What it holds, in words.
    kind: str
    # Name of the shape that is nested in it; empty for none.
    shape: str
    words: str
    example: str


@dataclass(frozen=True, slots=True)
class Route:
    """One operation."""

    anchor: str
    method: str
    path: str
    title: str
    words: str
    fields: tuple[Field, ...]
    answer: Field
    refusals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is nested in a body or an answer."""

    name: str
    words: str
    values: tuple[str, ...]
    fields: tuple[Field, ...]


def show(_: HttpRequest) -> HttpResponse:
    """Show every route, what it takes, and what it answers."""
    return HttpResponse(_page(get_language()))


@cache
def _page(_language: str | None) -> str:
    """Draw the page; it is long, and for all who read one language the same."""
    return render_to_string("api/docs.html", _told())


@cache
def _told() -> dict[str, object]:
    schema: Part = api.get_openapi_schema()
    shapes: Part = schema["components"]["schemas"]
    routes = [
        (told["tags"][0], _route(method.upper(), path, told, shapes))
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]
    return {
        "areas": [
            (name, [route for _, route in of_area])
            for name, of_area in groupby(routes, key=lambda pair: pair[0])
        ],
        "shapes": [_shape(name, shapes[name]) for name in sorted(shapes)],
        "kinds": [(slug, code, title) for code, (slug, title) in KINDS.items()],
    }


def _route(method: str, path: str, told: Part, shapes: Part) -> Route:
    sent = told.get("requestBody", {}).get("content", {}).values()
    body: Part = next((content["schema"] for content in sent), {})
    whole = shapes.get(_name(body), body)
    given = told["responses"][200].get("content", {})
    answer: Part = next((content["schema"] for content in given.values()), {})
    return Route(
        anchor=told["operationId"],
        method=method,
        path=path,
        title=told["description"].partition("\n")[0],
        words=told["description"],
        fields=(*map(_parameter, told.get("parameters", ())), *_fields(whole)),
        answer=_field("", answer, is_needed=True),
        refusals=tuple(sorted(int(code) for code in told["responses"] if code != 200)),
    )


def _parameter(told: Part) -> Field:
    outside = {"description": told["description"]} if "description" in told else {}
    if "example" in told:
        outside["examples"] = [told["example"]]
    return _field(
        told["name"],
        {**told["schema"], **outside},
        place=told["in"],
        is_needed=told.get("required", False),
    )


def _fields(shape: Part) -> Iterator[Field]:
    needed = set(shape.get("required", ()))
    for name, told in shape.get("properties", {}).items():
        yield _field(name, told, place="body", is_needed=name in needed)


def _field(name: str, told: Part, *, place: str = "", is_needed: bool) -> Field:
    examples = told.get("examples", ())
    return Field(
        name=name,
        place=place,
        is_needed=is_needed,
        kind=_kind(told),
        shape=_inner(told),
        words=told.get("description", ""),
        example=str(examples[0]) if examples else "",
    )


def _shape(name: str, told: Part) -> Shape:
    return Shape(
        name=name,
        words=told.get("description", ""),
        values=tuple(map(str, told.get("enum", ()))),
        fields=tuple(_fields(told)),
    )


def _kind(told: Part) -> str:
    if "$ref" in told:
        return _name(told)
    if several := told.get("anyOf"):
        return " or ".join(_kind(each) for each in several)
    if told.get("type") == "array":
        return f"list of {_kind(told.get('items', {}))}"
    return str(told.get("format") or told.get("type") or "any value")


def _inner(told: Part) -> str:
    parts = (told, told.get("items", {}), *told.get("anyOf", ()))
    return next((_name(each) for each in parts if _name(each)), "")


def _name(told: Part) -> str:
    return str(told.get("$ref", "")).rpartition("/")[2]
