"""What is answered where a request ended in an error."""

import sys

from django.http import HttpRequest, HttpResponse

from armstrace.api.errors import answer_fault
from armstrace.web import faults


def answer(request: HttpRequest) -> HttpResponse:
    """Answer for Django's ``handler500``, which runs while the error is at hand."""
    error = sys.exc_info()[1]
    if request.path.startswith("/api/"):
        return answer_fault(error)
    return faults.answer(request, error)
