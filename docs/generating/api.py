"""The API, from the description that it gives of itself."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from armstrace.api.main import api
from generating.markdown import code, page, section, table

type Part = Mapping[str, Any]


@cache
def schema() -> Part:
    """Give the API's description of itself."""
    return api.get_openapi_schema()


def description() -> str:
    """Write the API's description of itself, for programmes."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def api_page() -> str:
    """Write the page of endpoints."""
    described = schema()
    sections = [
        _endpoint(method.upper(), path, told)
        for path, methods in described["paths"].items()
        for method, told in methods.items()
    ]
    shapes = described["components"]["schemas"]
    return page(
        "API",
        "Programmes reach the same queries and actions as the pages, over HTTP with "
        "JSON.",
        "Every call carries `Authorization: Bearer …` with a token that "
        "`armstrace account token` issued; it acts for that account and may do what "
        "the account may. A refusal is a [Problem](#problem) (RFC 9457) with one "
        "sentence and, where there is one, the code of the rule; the statuses stand "
        "in [errors](errors.md). The "
        "whole description is [openapi.json](openapi.json).",
        *sections,
        section("Shapes", *(_shape(name, shapes[name]) for name in sorted(shapes))),
    )


def _endpoint(method: str, path: str, told: Part) -> str:
    parts = [told.get("description") or told.get("summary", "")]
    given = told.get("parameters", ())
    if given:
        parts.append(_parameters(given))
    if "requestBody" in told:
        parts.append(f"Body: {_content(told['requestBody'])}.")
    answers = [
        f"{status} {_content(answer)}".strip()
        for status, answer in told["responses"].items()
        if "$ref" not in answer
    ]
    parts.append(f"Answers: {', '.join(answers)}.")
    return section(code(f"{method} {path}"), *parts)


def _parameters(given: Sequence[Part]) -> str:
    rows = [
        (
            code(each["name"]),
            each["in"],
            "yes" if each.get("required") else "",
            _kind(each["schema"]),
            each["schema"].get("description", ""),
        )
        for each in given
    ]
    return table(("Parameter", "In", "Needed", "Holds", "What it is"), rows)


def _shape(name: str, shape: Part) -> str:
    needed = set(shape.get("required", ()))
    rows = [
        (
            code(field),
            "yes" if field in needed else "",
            _kind(told),
            told.get("description", ""),
        )
        for field, told in shape.get("properties", {}).items()
    ]
    words = shape.get("description", "").partition("\n\n")[0]
    title = f"### {name}"
    if not rows:
        return "\n\n".join([title, f"{words} {_kind(shape)}".strip()])
    headings = ("Field", "Always", "Holds", "What it is")
    return "\n\n".join(part for part in [title, words, table(headings, rows)] if part)


def _content(told: Part) -> str:
    for content in told.get("content", {}).values():
        return _kind(content["schema"])
    return ""


def _kind(schema: Part) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return ", ".join(code(value) for value in schema["enum"])
    several = schema.get("anyOf") or schema.get("allOf")
    if several:
        return " or ".join(_kind(each) for each in several)
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "any value")
