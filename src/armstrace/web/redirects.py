"""Back to the list from which a person came to decide."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from armstrace.web import access

LISTS = ("/recoveries/matching/", "/recoveries/queue/")


def address(asked: str) -> str:
    """Give a list of work that a request names; "" for anything else."""
    is_here = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_here and asked.startswith(LISTS) else ""


def redirect_back(request: access.Request, otherwise: str) -> HttpResponse:
    """Go back to the list where the form came from one, else to another page."""
    return redirect(address(request.POST.get("next", "")) or otherwise)
