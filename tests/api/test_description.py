"""The description of the API leaves nothing for a programmer to guess."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from ninja.openapi.schema import OpenAPISchema

from armstrace.api.errors import KINDS
from armstrace.api.main import api
from armstrace.api.routing import ALWAYS

type Part = dict[str, Any]


@pytest.fixture(scope="module")
def schema() -> Part:
    told: Part = json.loads(json.dumps(api.get_openapi_schema()))
    return told


def operations(schema: Part) -> Iterator[tuple[str, Part]]:
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            yield f"{method.upper()} {path}", told


def bodies(schema: Part) -> Iterator[tuple[str, str, Part]]:
    """Give each field of each body, and of what is nested in it."""
    shapes = schema["components"]["schemas"]
    for _, told in operations(schema):
        for content in told.get("requestBody", {}).get("content", {}).values():
            yield from _fields(content["schema"], shapes, set())


def _fields(
    part: Part, shapes: Part, seen: set[str]
) -> Iterator[tuple[str, str, Part]]:
    name = part.get("$ref", "").rpartition("/")[2]
    if name in seen:
        return
    seen.add(name)
    whole = shapes.get(name, part)
    for field, told in whole.get("properties", {}).items():
        yield name or whole.get("title", ""), field, told
        for each in (told, *told.get("anyOf", ()), told.get("items", {})):
            yield from _fields(each, shapes, seen)


def test_every_parameter_and_field_of_a_body_is_described(schema: Part) -> None:
    bare = [
        f"{where}: {each['name']}"
        for where, told in operations(schema)
        for each in told.get("parameters", ())
        if not (each.get("description") or each["schema"].get("description"))
    ]
    bare += [
        f"{shape}.{field}"
        for shape, field, told in bodies(schema)
        if not told.get("description")
    ]

    assert sorted(set(bare)) == []


def test_every_parameter_has_an_example(schema: Part) -> None:
    bare = [
        f"{where}: {each['name']}"
        for where, told in operations(schema)
        for each in told.get("parameters", ())
        if each.get("example") is None
    ]

    assert bare == []


def test_every_operation_says_what_it_does_and_how_it_may_refuse(schema: Part) -> None:
    for where, told in operations(schema):
        assert told["description"], where
        assert {str(status) for status in ALWAYS} <= set(told["responses"]), where


def test_names_of_operations_are_their_own(schema: Part) -> None:
    names = [told["operationId"] for _, told in operations(schema)]

    assert len(names) == len(set(names))


def test_each_name_of_a_shape_stands_for_one_shape() -> None:
    twice: set[str] = set()

    class Description(OpenAPISchema):
        def add_schema_definitions(self, definitions: Part) -> None:
            known = self.schemas.items()
            twice.update(
                name for name, told in known if definitions.get(name, told) != told
            )
            super().add_schema_definitions(definitions)

    Description(api, path_prefix="/api/v1/")

    assert twice == set()


def test_the_page_of_the_description_asks_nothing_of_other_servers(
    client: Client, schema: Part
) -> None:
    answer = client.get("/api/docs")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<script" not in text
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", text)
    for where, _ in operations(schema):
        assert where.split()[1] in text


def test_the_type_of_each_refusal_leads_to_its_words(client: Client) -> None:
    text = client.get("/api/docs").content.decode()

    for slug, _ in KINDS.values():
        assert f'id="{slug}"' in text
