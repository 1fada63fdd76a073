"""How a route is declared: what it answers, and every way in which it may refuse."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from ninja import Router

from armstrace.accounts import kept_answers
from armstrace.api import repeating
from armstrace.api.errors import Problem

ALWAYS = (401, 403, 422, 429, 500, 503)
"""Refusals of any route."""
WRITING = (400, 404, 409, 413)
"""Further refusals of a route that changes something."""
KEY = {
    "in": "header",
    "name": repeating.HEADER,
    "required": False,
    "description": (
        "Name the call, and it is done once however often it is sent: within a day "
        "the same key with the same body is given the first answer."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": kept_answers.LONGEST_KEY},
    "example": "0b8f1c9e-7f0d-4c0e-9a55-3c1f0d6f2a11",
}
type View[**P] = Callable[P, object]


class Area(Router):
    """The routes of one area; each is thin and calls one query or action."""

    def __init__(self, name: str) -> None:
        super().__init__(tags=[name])

    def reads[**P](self, path: str, answer: Any) -> Callable[[View[P]], View[P]]:  # noqa: ANN401 - a type
        """Declare a route that changes nothing.

        Args:
            path: Below the name of the area.
            answer: The type of what it answers.
        """
        refusals = (*ALWAYS, 404) if "{" in path else ALWAYS
        declare = self.get(path, response=_answers(answer, refusals))

        def declare_route(view: View[P]) -> View[P]:
            declare(_let_list(view))
            return view

        return declare_route

    def sends[**P](self, path: str, *kinds: str) -> Callable[[View[P]], View[P]]:
        """Declare a route that changes nothing and sends a file.

        Args:
            path: Below the name of the area.
            kinds: Media types of what it may send.
        """
        content = {kind: {"schema": {"type": "string"}} for kind in kinds}
        return self.get(
            path,
            response=_answers(None, (*ALWAYS, 404, 409)),
            openapi_extra={"responses": {200: {"content": content}}},
        )

    def writes[**P](self, path: str, answer: Any) -> Callable[[View[P]], View[P]]:  # noqa: ANN401 - a type
        """Declare a route that changes something.

        Args:
            path: Below the name of the area.
            answer: The type of what it answers.
        """

        def declare_route(view: View[P]) -> View[P]:
            declare = self.post(
                path,
                response=_answers(answer, (*ALWAYS, *WRITING)),
                openapi_extra={"parameters": [KEY]},
            )
            declare(repeating.once(view, answer))
            return view

        return declare_route


def _let_list[**P](view: View[P]) -> View[P]:
    """Let rows be answered as a list: ninja takes a tuple of two for a status."""

    @wraps(view)
    def answer(*given: P.args, **values: P.kwargs) -> object:
        told = view(*given, **values)
        return list(told) if isinstance(told, tuple) else told

    return answer


def _answers(answer: Any, refusals: tuple[int, ...]) -> dict[int, Any]:  # noqa: ANN401 - a type
    return {200: answer} | dict.fromkeys(sorted(refusals), Problem)
