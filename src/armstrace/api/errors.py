"""Who is calling, and what a refusal looks like on the wire."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from armstrace.accounts import actions as accounts
from armstrace.accounts import actors
from armstrace.audit import refusals
from armstrace.records import faults
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
from armstrace.vocabulary.messages import Message, message

STATUS = {
    NotPermitted: 403,
    NotFound: 404,
    RuleBroken: 409,
    InvalidInput: 422,
    SourceUnavailable: 503,
}


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
NO_SUCH_ROUTE = message("There is nothing at this address of the API.")
# What pydantic calls an error, and the parameters of its sentence in its context.
MALFORMED = {
    "missing": message("%(field)s is missing."),
    "extra_forbidden": message("%(field)s is no field here."),
    "string_too_short": message(
        "%(field)s is too short; send at least %(min_length)s characters."
    ),
    "string_too_long": message(
        "%(field)s is too long; send at most %(max_length)s characters."
    ),
    "too_long": message("%(field)s has too many values; send at most %(max_length)s."),
    "greater_than_equal": message("%(field)s must be at least %(ge)s."),
    "less_than_equal": message("%(field)s must be at most %(le)s."),
    "enum": message("%(field)s must be one of %(expected)s."),
    "literal_error": message("%(field)s must be one of %(expected)s."),
    "json_invalid": message("The body is not valid JSON."),
}
BY_SHAPE = {
    "date": message("%(field)s must be a day, as in 2026-01-31."),
    "datetime": message("%(field)s must be a moment, as in 2026-01-31T00:00:00Z."),
    "int": message("%(field)s must be a whole number."),
    "float": message("%(field)s must be a number."),
    "bool": message("%(field)s must be true or false."),
    "string": message("%(field)s must be a text."),
    "list": message("%(field)s must be a list."),
}
NOT_UNDERSTOOD = message("%(field)s cannot be read; see the schema of the API.")


class Refusal(Schema):
    """Why a request was refused, and what to do next."""

    # The kind and the rule are the same words in every language.
    error: str
    sentence: str
    rule: str = ""
    field: str = ""


class Sent(Schema, extra="forbid"):
    """What a caller sends; a field that is not known is refused, never dropped."""


class Token(HttpBearer):
    """A bearer token that an administrator issued; hashed, expiring, revocable."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Give the actor that the token stands for, None where it opens nothing."""
        del request
        system = actors.system_actor()
        try:
            return accounts.use_token(secret=token, by=system, at=now())
        except (NotPermitted, NotFound):
            accounts.record_refused_token(by=system, at=now())
            return None


class Call(HttpRequest):
    """A request whose caller is known."""

    auth: Actor


def now() -> datetime:
    """Give the time at which a request is answered."""
    return timezone.now()


def explain_errors(api: NinjaAPI) -> None:
    """Let every refusal be answered in one shape, and written down."""

    @api.exception_handler(DataError)
    def unstorable(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        del error
        return _refused(api, request, 422, "InvalidInput", UNSTORABLE)

    @api.exception_handler(AuthenticationError)
    def answer_stranger(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        del error
        return _refused(api, request, 401, "NotPermitted", NO_TOKEN)

    @api.exception_handler(ValidationError)
    def answer_malformed(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        return _refused(
            api, request, 422, "InvalidInput", *sentence_of(error.errors[0])
        )

    @api.exception_handler(ArmstraceError)
    def answer_refused(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        status = _status_of(error)
        rule = getattr(error, "rule", "")
        if status in {403, 409}:
            refusals.record_refusal(
                act="api.refused",
                why=rule or "NOT_PERMITTED",
                by=cast("Call", request).auth,
                at=now(),
            )
        body = Refusal(
            error=type(error).__name__,
            sentence=translate(error),
            rule=rule,
            field=getattr(error, "field", ""),
        )
        return api.create_response(request, body.model_dump(), status=status)


def sentence_of(error: Mapping[str, Any]) -> tuple[Message, str]:
    """Say what is wrong with a request, and name the field.

    Args:
        error: One error as pydantic describes it: ``type``, ``loc``, ``ctx``.
    """
    named = [part for part in error["loc"] if isinstance(part, str)]
    field = named[-1] if named else ""
    shape = error["type"].partition("_")[0]
    said = MALFORMED.get(error["type"]) or BY_SHAPE.get(shape) or NOT_UNDERSTOOD
    context = {name: str(value) for name, value in error.get("ctx", {}).items()}
    return Message(said.template, {**context, "field": field}), field


def answer_fault(
    api: NinjaAPI, request: HttpRequest, error: BaseException | None
) -> HttpResponse:
    """Answer a call that ended in an error: 409, 422 or 503, else 500.

    Args:
        api: The API.
        request: The call.
        error: What ended it.
    """
    refused = faults.explain(error)
    if refused is None:
        return _refused(api, request, 500, "Failed", FAILED)
    kind, rule = type(refused).__name__, getattr(refused, "rule", "")
    body = Refusal(error=kind, sentence=translate(refused), rule=rule)
    return api.create_response(request, body.model_dump(), status=_status_of(refused))


def answer_no_route(api: NinjaAPI) -> Callable[..., HttpResponse]:
    """Give the view of the addresses below the API that are none."""

    def no_route(request: HttpRequest, *_: object) -> HttpResponse:
        return _refused(api, request, 404, "NotFound", NO_SUCH_ROUTE)

    return no_route


def _status_of(error: ArmstraceError) -> int:
    return next(code for kind, code in STATUS.items() if isinstance(error, kind))


def _refused(
    api: NinjaAPI,
    request: HttpRequest,
    status: int,
    kind: str,
    sentence: Message,
    field: str = "",
) -> HttpResponse:
    body = Refusal(error=kind, sentence=translate(sentence), field=field)
    return api.create_response(request, body.model_dump(), status=status)
