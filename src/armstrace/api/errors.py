"""Who is calling, and what a refusal looks like on the wire."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import Field

from armstrace.accounts import actions as accounts
from armstrace.accounts import actors, tokens
from armstrace.api import permission
from armstrace.audit import refusals
from armstrace.records import faults, lengths
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import (
    ArmstraceError,
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleBroken,
    SourceUnavailable,
)
from armstrace.vocabulary.messages import Message, Parameter, join, message
from armstrace.vocabulary.rules import NEEDS_REASON, UNSEEN

STATUS = {
    NotPermitted: 403,
    NotFound: 404,
    RuleBroken: 409,
    InvalidInput: 422,
    SourceUnavailable: 503,
}


PROBLEM = "application/problem+json"
KINDS = {
    400: ("not-readable", message("Not readable")),
    401: ("no-token", message("No valid token")),
    403: ("not-permitted", message("Not permitted")),
    404: ("not-found", message("Not found")),
    405: ("not-allowed", message("Method not allowed")),
    409: ("rule-broken", message("Refused by a rule")),
    413: ("too-large", message("Too large")),
    414: ("address-too-long", message("Address too long")),
    422: ("invalid-input", message("Cannot be understood")),
    429: ("too-many-requests", message("Too many requests")),
    500: ("failed", message("Failed")),
    503: ("unavailable", message("Not available now")),
}
"""What each refusal is called: in the address of its type, and in words."""
UNSTORABLE = message(
    "A text holds characters that cannot be kept; send it without them."
)
NO_TOKEN = message(
    "Send a valid API token in the header Authorization: Bearer …; an administrator "
    "issues it."
)
FAILED = message(
    "The call failed and nothing was changed; tell the administrator the time if it "
    "fails again."
)
TOO_LARGE = message("The body is too large; send it in parts.")
ADDRESS_TOO_LONG = message(
    "The address is too long; ask for less at a time, or send it in the body."
)
NOT_JSON = message("The body is not valid JSON; check what was sent.")
TOO_MANY = message(
    "The token has made as many calls as it may for now; wait as many seconds as "
    "Retry-After says."
)
UNREAD = {400: (400, NOT_JSON), 401: (401, NO_TOKEN), 429: (429, TOO_MANY)}
"""What ninja itself refuses, by its status."""
NOT_ALLOWED = message(
    "This address is not called by that method; the header Allow names those it takes."
)
NO_SUCH_ROUTE = message("There is nothing at this address of the API.")
# Codes as pydantic lists them.
CODES = re.compile("'([^']*)'")
# What pydantic calls an error, and the parameters of its sentence in its context.
MALFORMED = {
    "no_reason": NEEDS_REASON,
    "missing": message("“%(field)s” is missing."),
    "string_too_short": message(
        "“%(field)s” must have at least %(min_length)s characters."
    ),
    "string_pattern_mismatch": message(
        "“%(field)s” is not in the right form; see the description of the API."
    ),
    "too_long": message(
        "“%(field)s” has %(actual_length)s values, and the limit is %(max_length)s; "
        "send it in parts."
    ),
    "greater_than_equal": message("“%(field)s” must be at least %(ge)s."),
    "less_than_equal": message("“%(field)s” must be at most %(le)s."),
    "value_error": message(
        "“%(field)s” is not the number of a record; write it as %(error)s12."
    ),
    "less_than": message("“%(field)s” must be less than %(lt)s."),
    "enum": message("“%(field)s” must be one of: %(expected)s."),
    "literal_error": message("“%(field)s” must be one of: %(expected)s."),
}
BY_SHAPE = {
    "date": message("“%(field)s” must be a date, as in 2026-01-31."),
    "datetime": message(
        "“%(field)s” must be a date and time, as in 2026-01-31T00:00:00Z."
    ),
    "timezone": message("“%(field)s” needs a time zone, as in 2026-01-31T00:00:00Z."),
    "int": message("“%(field)s” must be a whole number."),
    "float": message("“%(field)s” must be a number."),
    "bool": message("“%(field)s” must be true or false."),
    "string": message("“%(field)s” must be text."),
    "list": message("“%(field)s” must be a list."),
}
NOT_UNDERSTOOD = message("“%(field)s” cannot be read; see the description of the API.")


class Problem(Schema):
    """Why a request was refused, and what to do next (RFC 9457)."""

    # The type and the rule are the same words in every language.
    type: str = Field(description="Address of the words on this kind of refusal.")
    title: str = Field(description="The kind of refusal in words.")
    status: int = Field(description="The HTTP status again.")
    detail: str = Field(description="What happened, and what to do next.")
    rule: str = Field("", description="Code of the rule that refused, where one did.")
    field: str = Field("", description="Name of the field that is wrong, if one is.")
    source: str = Field("", description="Provision that the rule rests on.")


class Sent(Schema, extra="forbid"):
    """What a caller sends; a field that is not known is refused, never dropped."""


class Token(HttpBearer):
    """A bearer token that an administrator issued; hashed, expiring, revocable."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Give the actor that the token stands for, None where it opens nothing."""
        request.token_digest = tokens.digest_of(token)  # type: ignore[attr-defined]
        system = actors.system_actor()
        try:
            return accounts.use_token(secret=token, by=system, at=now())
        except (NotPermitted, NotFound):
            accounts.record_refused_token(by=system, at=now())
            return None


class Call(HttpRequest):
    """A request whose caller is known."""

    auth: Actor


def caller(request: HttpRequest) -> Actor:
    """Give the actor behind a request's token."""
    return cast("Call", request).auth


def now() -> datetime:
    """Give the time at which a request is answered."""
    return timezone.now()


def how(request: HttpRequest) -> dict[str, Any]:
    """Give who acts, and when, as an action takes it."""
    return {"by": caller(request), "at": now()}


def asking(request: HttpRequest) -> dict[str, Any]:
    """Give who asks, and when, as a query takes it."""
    return {"viewer": caller(request), "at": now()}


def explain_errors(api: NinjaAPI) -> None:
    """Let every refusal be answered in one shape, and written down."""

    @api.exception_handler(DataError)
    def unstorable(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        del request, error
        return answer_problem(422, UNSTORABLE)

    @api.exception_handler(HttpError)
    def answer_unread(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        del request
        return answer_problem(*UNREAD[error.status_code])

    @api.exception_handler(ValidationError)
    def answer_malformed(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        refused = _refuse_anyhow(request)
        if refused is not None:
            return answer_refused(request, refused)
        return _answer_wrong(error.errors)

    @api.exception_handler(RequestDataTooBig)
    def answer_too_large(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        del request, error
        return answer_problem(413, TOO_LARGE)

    @api.exception_handler(ArmstraceError)
    def answer_refused(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        status = _status_of(error)
        if status in {403, 409}:
            refusals.record_refusal(
                act="api.refused",
                why=getattr(error, "rule", "") or "NOT_PERMITTED",
                by=caller(request),
                at=now(),
            )
        return _refuse(error)


def _answer_wrong(errors: list[dict[str, Any]]) -> HttpResponse:
    told: dict[str, Message] = {}
    for each in errors:
        sentence, field = sentence_of(each)
        told.setdefault(field, sentence)
    return answer_problem(422, join([*told.values()]), field=next(iter(told)))


def sentence_of(error: Mapping[str, Any]) -> tuple[Message, str]:
    """Say what is wrong with a request, and name the field.

    Args:
        error: One error as pydantic describes it: ``type``, ``loc``, ``ctx``; and the
            ``length`` of a text that is too long.
    """
    parts = (part for part in error["loc"] if isinstance(part, str))
    named = [part for part in parts if "[" not in part]  # which of several types
    field = named[-1] if named else ""
    context = {name: str(value) for name, value in error.get("ctx", {}).items()}
    match error["type"]:
        case "extra_forbidden":
            return unknown(field), field
        case "string_too_long":
            length, longest = error["length"], int(context["max_length"])
            return _by_name(lengths.too_long(field, length, longest), field), field
    shape = error["type"].partition("_")[0]
    said = MALFORMED.get(error["type"]) or BY_SHAPE.get(shape) or NOT_UNDERSTOOD
    told: dict[str, Parameter] = {**context, "field": field}
    if "expected" in context:
        told["expected"] = CODES.findall(context["expected"])
    return Message(said.template, told), field


def unknown(name: str) -> Message:
    """Say that nothing of this name is taken."""
    return message("There is no field called “%(field)s” here.", field=name)


def sent_twice(name: str) -> Message:
    """Say that what is sent several times is taken once."""
    return message("“%(field)s” is sent more than once; send it once.", field=name)


def answer_fault(error: BaseException | None) -> HttpResponse:
    """Answer a call that ended in an error: 409, 422 or 503, else 500."""
    refused = faults.explain(error)
    if refused is None:
        return answer_problem(500, FAILED)
    return _refuse(refused)


def answer_no_route(request: HttpRequest, *_: object) -> HttpResponse:
    """Answer at the addresses below the API that are none."""
    del request
    return answer_problem(404, NO_SUCH_ROUTE)


def in_shape(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a refused method the shape of every refusal; ninja answers it in text."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        given = view(request, *args, **named)
        if given.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return given
        refused = answer_problem(given.status_code, NOT_ALLOWED)
        refused.headers["Allow"] = given.headers["Allow"]
        return refused

    return answer


def answer_problem(
    status: int,
    sentence: Message,
    *,
    rule: str = "",
    field: str = "",
    source: str = "",
) -> HttpResponse:
    """Answer with a refusal in its one shape.

    Args:
        status: An HTTP status of ``KINDS``.
    """
    slug, title = KINDS[status]
    body = Problem(
        type=f"/api/docs#{slug}",
        title=translate(title),
        status=status,
        detail=translate(sentence),
        rule=rule,
        field=field,
        source=source,
    )
    return JsonResponse(body.model_dump(), status=status, content_type=PROBLEM)


def _refuse_anyhow(request: HttpRequest) -> NotPermitted | None:
    """Give the refusal that no other fields would have spared the caller."""
    route = request.resolver_match.route if request.resolver_match else ""
    area = route.removeprefix("api/v1/").partition("/")[0]
    try:
        if request.method == "POST":
            permission.require_some(area, by=caller(request))
    except NotPermitted as refused:
        return refused
    return None


def _status_of(error: ArmstraceError) -> int:
    return next(code for kind, code in STATUS.items() if isinstance(error, kind))


def _refuse(error: ArmstraceError) -> HttpResponse:
    source, field = getattr(error, "source", None), getattr(error, "field", "")
    return answer_problem(
        _status_of(error),
        _by_name(error.message, field),
        rule=getattr(error, "rule", ""),
        field=field or ("seen" if source == UNSEEN else ""),
        source=str(source or ""),
    )


def _by_name(said: Message, field: str) -> Message:
    """Let a sentence name a field as a caller sends it, not as a page labels it."""
    is_label = field and isinstance(said.params.get("field"), Message)
    return replace(said, params={**said.params, "field": field}) if is_label else said
