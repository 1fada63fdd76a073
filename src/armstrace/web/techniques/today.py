"""The requests and hand-overs that wait today."""

from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.techniques import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task

# Operations close, and hand-overs are late, by the hour.
BY_THE_MINUTE = True


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count what waits for this person."""
    del today
    if not viewer.may("technique.view"):
        return []
    decisions, unacknowledged = queries.waiting(viewer=viewer, at=datetime.now(UTC))
    found, address = [], reverse("techniques")
    if viewer.may("technique.authorise"):
        counted = ("waiting", decisions)
        said = gettext("requests for a special technique")
        found.append(task(counted, said, gettext("Decide"), address))
    if unacknowledged:
        counted = ("overdue", unacknowledged)
        said = gettext("hand-overs without acknowledgement")
        found.append(task(counted, said, gettext("View"), address))
    return found
