"""Today: what waits for the person at the desk."""

from django.http import HttpResponse
from django.shortcuts import render

from armstrace.web import door


@door.staff
def today(request: door.Request) -> HttpResponse:
    """Show the work list."""
    return render(request, "today/today.html", {})
