"""What waits today in the cases of a person."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.investigations import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count what is due, and the other units to call."""
    if not viewer.may("case.work"):
        return []
    due = queries.due_entries(viewer=viewer)
    late = sum(one.due_on is not None and one.due_on < today for one in due)
    units = queries.own_overlaps(viewer=viewer)
    address = reverse("own-cases")
    return [
        task(
            ("overdue" if late else "waiting", len(due)),
            gettext("tasks and deadlines of my cases"),
            gettext("View"),
            address,
        ),
        task(
            ("waiting", len(units)),
            gettext("other units that touch my cases"),
            gettext("View"),
            address,
        ),
    ]
