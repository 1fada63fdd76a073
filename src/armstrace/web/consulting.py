"""Write down what each request showed, before its answer leaves."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from armstrace.audit import consultations
from armstrace.vocabulary.actors import Actor

UNNAMED = "UNNAMED"
LONGEST_ROUTE = 64
PROBLEM = "application/problem+json"


class Consultations:
    """Middleware: one ledger entry for all that a request showed.

    Where the entry cannot be written, the answer is not given. A redirect shows
    nothing, and neither does a refusal by the API or an answer to somebody whom
    nobody knows.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and write down which records the answer showed."""
        with consultations.gather() as gathered:
            response = self.answer(request)
        viewer = _viewer(request)
        if viewer is None or gathered.is_empty:
            return response
        if _shows_nothing(response):
            return response
        gathered.write(route=_route(request), by=viewer, at=timezone.now())
        return response


def _shows_nothing(response: HttpResponseBase) -> bool:
    is_problem = response.headers.get("Content-Type", "").startswith(PROBLEM)
    return is_problem or HTTPStatus(response.status_code).is_redirection


def _viewer(request: HttpRequest) -> Actor | None:
    found = getattr(request, "viewer", None) or getattr(request, "auth", None)
    return found if isinstance(found, Actor) else None


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    name = (match.url_name if match else None) or UNNAMED
    return name.replace("_", "-").upper()[:LONGEST_ROUTE]
