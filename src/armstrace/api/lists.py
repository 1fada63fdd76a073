"""A list over the wire, made from the query that gives its rows."""

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from armstrace.api import errors
from armstrace.api.shapes import Why, build, stated_by
from armstrace.api.walking import Walk, answer_step
from armstrace.vocabulary.paging import Page, arguments_of

KEYWORD, NAMED = (
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
)


def walk_through(
    rows: Callable[..., Page[Any]],
    where: type[Walk] | None,
    out: Callable[[Any], object],
) -> Callable[..., object]:
    """Give the view of a list, with the signature from which its route is described.

    Args:
        rows: The query; it is given of who asks, when and why what it takes.
        where: What narrows it; made from the filter of the query where None.
        out: Puts a row on the wire.
    """
    narrows = _filter_of(rows)

    def walk(request: HttpRequest, where: Walk, why: str = "") -> object:
        given: Any = [build(narrows, where)] if narrows else []
        known = where.model_dump() | errors.asking(request)
        known |= {"today": timezone.localdate(known["at"])}
        known |= {"page": where.page(), "reason": why}
        return answer_step(rows(*given, **arguments_of(rows, known)), out)

    shape: Any = Query[where or _walk_of(narrows)]  # type: ignore[misc]
    told = [
        inspect.Parameter("request", NAMED, annotation=HttpRequest),
        inspect.Parameter("where", NAMED, annotation=shape),
    ]
    if "reason" in inspect.signature(rows).parameters:
        told.append(inspect.Parameter("why", NAMED, annotation=Why, default=""))
    walk.__signature__ = inspect.Signature(told)  # type: ignore[attr-defined]
    return walk


def _filter_of(rows: Callable[..., object]) -> Any:  # noqa: ANN401 - a type
    """Give the filter that a query takes first, None where nothing narrows it."""
    first = next(iter(inspect.signature(rows).parameters.values()))
    return None if first.kind == KEYWORD else get_type_hints(rows)[first.name]


def _walk_of(narrows: Any) -> Any:  # noqa: ANN401 - a type
    if narrows is None:
        return Walk
    name = narrows.__name__.replace("Filter", "Query")
    says = (narrows.__doc__ or "").partition("\n")[0]
    return stated_by(narrows)(type(name, (Walk,), {"__doc__": says}))
