"""How a route is declared: what it answers, and every way in which it may refuse."""

from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import Any

from django.http import HttpRequest
from ninja import Router

from armstrace.accounts import kept_answers
from armstrace.api import errors, repeating
from armstrace.api.errors import Problem
from armstrace.api.lists import walk_through
from armstrace.api.walking import Rows, Walk
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.paging import Page

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
        is_of_one = "{" in path or path == "/check"  # which names it in its query
        refusals = (*ALWAYS, 404) if is_of_one else ALWAYS
        declare = self.get(path, response=_answers(answer, refusals))

        def declare_route(view: View[P]) -> View[P]:
            declare(_let_list(view))
            self._hold_to_query(path)
            return view

        return declare_route

    def lists(
        self,
        path: str,
        rows: Callable[..., Page[Any]],
        answer: Any,  # noqa: ANN401 - a type
        *,
        where: type[Walk] | None = None,
        out: Callable[[Any], object] = lambda row: row,
    ) -> Callable[[Callable[[], None]], Callable[[], None]]:
        """Declare a list that is walked; what is declared names it and says what it is.

        Args:
            path: Below the name of the area.
            rows: The query; it is given of who asks, when and why what it takes.
            answer: The type of a row.
            where: What narrows it; made from the filter of the query where None.
            out: Puts a row on the wire; as the query gave it where nothing is said.
        """
        walk = walk_through(rows, where, out)

        def declare_list(named: Callable[[], None]) -> Callable[[], None]:
            update_wrapper(walk, named)
            self.reads(path, Rows[answer])(walk)
            return named

        return declare_list

    def sends[**P](self, path: str, *kinds: str) -> Callable[[View[P]], View[P]]:
        """Declare a route that changes nothing and sends a file.

        Args:
            path: Below the name of the area.
            kinds: Media types of what it may send.
        """
        content = {kind: {"schema": {"type": "string"}} for kind in kinds}
        declare = self.get(
            path,
            response=_answers(None, (*ALWAYS, 404, 409)),
            openapi_extra={"responses": {200: {"content": content}}},
        )

        def declare_route(view: View[P]) -> View[P]:
            declare(view)
            self._hold_to_query(path)
            return view

        return declare_route

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
            self._hold_to_query(path)
            return view

        return declare_route

    def _hold_to_query(self, path: str) -> None:
        """Refuse what the query of the route declared last does not know, by name."""
        operation = self.path_operations[path].operations[-1]
        asked = [m for m in operation.models if m.__ninja_param_source__ == "query"]
        known = {name for m in asked for name in m.__ninja_flatten_map__}
        several = {name for m in asked for name in m.__ninja_collection_fields__}
        view = operation.view_func

        @wraps(view)
        def answer(request: HttpRequest, *given: object, **values: object) -> object:
            for name, sent in request.GET.lists():
                if name not in known:
                    raise InvalidInput(errors.unknown(name), field=name)
                if len(sent) > 1 and name not in several:
                    raise InvalidInput(errors.sent_twice(name), field=name)
            return view(request, *given, **values)

        operation.view_func = answer


def _let_list[**P](view: View[P]) -> View[P]:
    """Let rows be answered as a list: ninja takes a tuple of two for a status."""

    @wraps(view)
    def answer(*given: P.args, **values: P.kwargs) -> object:
        told = view(*given, **values)
        return list(told) if isinstance(told, tuple) else told

    return answer


def _answers(answer: Any, refusals: tuple[int, ...]) -> dict[int, Any]:  # noqa: ANN401 - a type
    return {200: answer} | dict.fromkeys(sorted(refusals), Problem)
