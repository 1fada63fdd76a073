"""A form whose session or token ended: what was typed stays, to be sent again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from armstrace.web import proving

FORBIDDEN = 403


def answer_signed_out(request: HttpRequest) -> HttpResponse | None:
    """Keep what somebody sent who is signed out by now; None where nothing was."""
    return _page(request, is_signed_out=True) if kept(request)["is_kept"] else None


def token_ended(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Offer a form again whose token ended, as by signing in anew.

    Only a page of ours gets it back: what another site sent is not sent again.
    """
    del reason
    return _page(request, is_signed_out=not request.user.is_authenticated)


def _page(request: HttpRequest, *, is_signed_out: bool) -> HttpResponse:
    shown = kept(request) | {"is_signed_out": is_signed_out}
    page = render(request, "403_csrf.html", shown, status=FORBIDDEN)
    page.headers["Cache-Control"] = "no-store"
    return page


def kept(request: HttpRequest) -> dict[str, Any]:
    """Give what a page needs to offer a form again as it was sent."""
    came_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    carried = [each for each in proving.carry(request) if "pass" not in each[0]]
    # A browser fills in no box of files: each is offered anew.
    files = [(name, list(map(str, sent))) for name, sent in request.FILES.lists()]
    return {
        "action": request.get_full_path(),
        "is_kept": is_ours and bool(carried or files),
        "carried": carried if is_ours else [],
        "files": files if is_ours else [],
    }
