"""Today: what waits for the person at the desk."""

from django.http import HttpResponse
from django.shortcuts import render

from armstrace.web import access
from armstrace.web.today import work


@access.staff_view
def today(request: access.Request) -> HttpResponse:
    """Show the work list, what is next in each part of it, and small trends."""
    viewer = request.viewer
    tasks = work.tasks(viewer, request.today)
    context = {
        "acts": work.acts(viewer),
        "tasks": tasks,
        "waiting": [task for task in tasks if task.count],
        "clear": [task for task in tasks if not task.count],
        "in_queues": work.queues(viewer, request.today),
        "drawn": work.figures(viewer, request.at),
    }
    return render(request, "today/today.html", context)
