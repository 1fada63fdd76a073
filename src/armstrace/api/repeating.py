"""A call that changes something and is sent twice is done once."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from pydantic import TypeAdapter

from armstrace.accounts import kept_answers
from armstrace.api.errors import now

HEADER = "Idempotency-Key"
REPEATED = "Idempotent-Replayed"
JSON = "application/json; charset=utf-8"


def once[**P](view: Callable[P, object], answer: Any) -> Callable[P, HttpResponse]:  # noqa: ANN401 - a type
    """Let a view keep its answer with what it did, where the call has a key.

    A refusal is not kept: nothing was changed, and the call may be sent again.

    Args:
        view: Does something and gives what is answered.
    """
    written = TypeAdapter(answer)

    def done(*given: P.args, **values: P.kwargs) -> str:
        told = written.validate_python(view(*given, **values), from_attributes=True)
        return written.dump_json(told).decode()

    @wraps(view)
    def answer_once(*given: P.args, **values: P.kwargs) -> HttpResponse:
        request: Any = given[0]
        if HEADER not in request.headers:
            return HttpResponse(done(*given, **values), content_type=JSON)
        at = now()
        call = kept_answers.Repeatable(
            request.token_digest,
            request.headers[HEADER],
            kept_answers.digest_of(request),
        )
        with transaction.atomic():
            kept = kept_answers.find_answer(call, at=at)
            if kept is not None:
                return HttpResponse(kept, content_type=JSON, headers={REPEATED: "true"})
            told = done(*given, **values)
            kept_answers.keep_answer(call, told, at=at)
        return HttpResponse(told, content_type=JSON)

    return answer_once
