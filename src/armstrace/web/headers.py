"""Headers that every answer of the staff site carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

EVERY_ANSWER = {
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
NOT_KEPT = ("text/html", "application/json", "application/problem+json")


class AnswerHeaders:
    """Middleware: add the headers that Django has no setting for."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and add the headers; browsers keep no page and no data."""
        response = self.answer(request)
        for name, value in EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith(NOT_KEPT) or request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
