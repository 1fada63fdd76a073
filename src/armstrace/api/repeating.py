"""A call that changes something and is sent twice is done once."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
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
            request.token_digest, request.headers[HEADER], _digest_of(request)
        )
        with transaction.atomic():
            kept = kept_answers.find_answer(call, at=at)
            if kept is not None:
                return HttpResponse(kept, content_type=JSON, headers={REPEATED: "true"})
            told = done(*given, **values)
            kept_answers.keep_answer(call, told, at=at)
        return HttpResponse(told, content_type=JSON)

    return answer_once


def _digest_of(request: HttpRequest) -> str:
    """Give the digest of all that is asked; a form with files has no plain body."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}".encode())
    if request.content_type == "multipart/form-data":
        digest.update(repr(sorted(request.POST.lists())).encode())
        files: dict[str, Any] = dict(request.FILES.items())
        for name, file in sorted(files.items()):
            digest.update(f"{name} {file.name}".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()
