"""Today: what waits for the person at the desk."""

from django.http import HttpResponse
from django.shortcuts import render

from armstrace.web import access
from armstrace.web.today import work


@access.staff_view
def today(request: access.Request) -> HttpResponse:
    """Show the work list, what is next in each part of it, and small trends."""
    viewer = request.viewer
    context = {
        "acts": work.acts(viewer),
        "tasks": work.tasks(viewer, request.at.date()),
        "queues": work.queues(viewer, request.at.date()),
        "trends": work.trends(viewer),
    }
    return render(request, "today/today.html", context)
