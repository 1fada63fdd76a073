"""A form whose session or token ended: what was typed stays, to be sent again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from armstrace.web import proving

FORBIDDEN = 403


def answer_signed_out(request: HttpRequest) -> HttpResponse | None:
    """Keep what somebody typed who is signed out by now; None where nothing was."""
    return _page(request, is_signed_out=True) if _fields_sent(request) else None


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
    return {
        "action": request.get_full_path(),
        "carried": _fields_sent(request),
        "has_files": bool(request.FILES),
    }


def _fields_sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Give what a form of ours sent, but for passphrases."""
    came_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return []
    return [
        (name, value) for name, value in proving.carry(request) if "pass" not in name
    ]
