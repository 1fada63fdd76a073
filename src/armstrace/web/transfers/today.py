"""What waits at the desk of transfers today."""

from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.transfers import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count what waits for who decides on transfers."""
    del today
    if not viewer.may("transfer.decide"):
        return []
    waits, late = queries.waiting(viewer=viewer, at=datetime.now(UTC))
    listed = reverse("transfers")
    return [
        task(
            ("waiting", waits),
            gettext("transfers to decide"),
            gettext("View"),
            f"{listed}?stage=OPEN",
        ),
        task(
            ("overdue", late),
            gettext("transfers overdue for decision"),
            gettext("View"),
            f"{listed}?is_overdue=on",
        ),
    ]
