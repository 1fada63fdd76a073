"""The page that says why nothing could be done, where the database may be away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from armstrace.records import faults
from armstrace.translation import translate
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.web import access, sending_again

RETRY_S = 30


def answer(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """Answer a request that ended in an error: 409, 422 or 503, else 500.

    Args:
        request: The request; who sent it is not asked, since that asks the database.
    """
    refused = faults.explain(error)
    if refused is None:
        return HttpResponse(render_to_string("500.html"), status=500)
    if not isinstance(refused, SourceUnavailable):
        return access.refusal_page(request, refused)
    shown = {"sentence": translate(refused), "back": access.page_left(request)}
    shown |= sending_again.kept(request)
    page = render(request, "unavailable.html", shown, status=503)
    page.headers["Retry-After"] = str(RETRY_S)
    page.headers["Cache-Control"] = "no-store"
    return page
