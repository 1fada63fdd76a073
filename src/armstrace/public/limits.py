"""How often one network may try a certificate or a receipt in a minute."""

import math

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from armstrace.accounts import limits
from armstrace.public import presenters


def refuse_more(request: HttpRequest) -> HttpResponse | None:
    """Count a try of the network that asks; answer 429 to what is too many."""
    address = limits.address_of(request)
    seconds = limits.network_wait(address, settings.PUBLIC_TRIES_A_MINUTE)
    if not seconds:
        return None
    context = {"publisher": presenters.publisher()}
    answer = render(request, "public/too_many.html", context, status=429)
    answer.headers["Retry-After"] = str(math.ceil(seconds))
    answer.headers["Cache-Control"] = "no-store"
    return answer
