"""Who is calling, and what a refusal looks like on the wire."""

from datetime import datetime
from typing import Any, cast

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.security import HttpBearer

from armstrace.accounts import queries as accounts
from armstrace.audit import refusals
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
from armstrace.vocabulary.messages import message

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


class Refusal(Schema):
    """Why a request was refused, and what to do next."""

    # The kind and the rule are the same words in every language.
    error: str
    sentence: str
    rule: str = ""
    field: str = ""


class Token(HttpBearer):
    """A bearer token that an administrator issued; hashed, expiring, revocable."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Give the actor that the token stands for, None where it opens nothing."""
        del request
        try:
            return accounts.actor_of_token(token, at=timezone.now())
        except (NotPermitted, NotFound):
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
        body = Refusal(error="InvalidInput", sentence=translate(UNSTORABLE))
        return api.create_response(request, body.model_dump(), status=422)

    @api.exception_handler(ValidationError)
    def answer_malformed(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        first = error.errors[0]
        named = [part for part in first["loc"] if isinstance(part, str)]
        field = named[-1] if named else ""
        body = Refusal(
            error="InvalidInput", sentence=f"{field}: {first['msg']}.", field=field
        )
        return api.create_response(request, body.model_dump(), status=422)

    @api.exception_handler(ArmstraceError)
    def answer_refused(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's own signature
        status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
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
