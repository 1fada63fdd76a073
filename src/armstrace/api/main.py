"""The API as a whole: version, security, routers, errors.

Every module of ``api`` that has a ``router`` is found, and answers below its name.
"""

import pkgutil
from functools import cached_property
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.openapi.schema import OpenAPISchema

from armstrace import api as folder
from armstrace.api.errors import KINDS, PROBLEM, Token, explain_errors, in_shape
from armstrace.api.limits import TokenLimit
from armstrace.api.words import example_of


class Api(NinjaAPI):
    """The API, with each refusal said once in its description."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Keep the length of a text that is too long, which is not kept itself."""
        lengths = [
            len(one["input"]) if one["type"] == "string_too_long" else 0
            for context in error_contexts
            for one in context.pydantic_validation_error.errors(include_url=False)
        ]
        made = super().validation_error_from_error_contexts(error_contexts)
        for error, length in zip(made.errors, lengths, strict=True):
            error["length"] = length
        return made

    def get_openapi_schema(self, **_: Any) -> OpenAPISchema:  # noqa: ANN401 - ninja's own signature
        """Give the description; the refusals of operations point to one place."""
        return self._description

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Give the addresses, each of which refuses in the one shape."""
        patterns, name, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = in_shape(pattern.callback)
        return patterns, name, namespace

    @cached_property
    def _description(self) -> OpenAPISchema:
        schema = super().get_openapi_schema()
        shape = {"$ref": "#/components/schemas/Problem"}
        schema["components"]["responses"] = {
            str(status): {
                "description": title.template,
                "content": {PROBLEM: {"schema": shape}},
            }
            for status, (_, title) in KINDS.items()
        }
        shapes = schema["components"]["schemas"]
        for methods in schema["paths"].values():
            for operation in methods.values():
                for each in operation.get("parameters", ()):
                    each["example"] = example_of(each["name"], each["schema"], shapes)
                answers = operation["responses"]
                for status in answers:
                    if str(status) in schema["components"]["responses"]:
                        answers[status] = {"$ref": f"#/components/responses/{status}"}
        return schema


api = Api(
    title="Armstrace",
    version="1",
    description=(
        "Recoveries, the register, traces and indicator 16.4.2. Every call needs a "
        "bearer token; every read of personal data leaves a ledger entry."
    ),
    auth=Token(),
    throttle=TokenLimit(),
    urls_namespace="api",
    docs_url=None,
)
explain_errors(api)
for each in pkgutil.iter_modules(folder.__path__):
    if each.name not in {"main", "docs"}:
        module = import_module(f"{folder.__name__}.{each.name}")
        if hasattr(module, "router"):
            api.add_router(f"/{each.name}", module.router)
