"""The rows needing attention that wait today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.intake import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count the held rows."""
    del today
    if not viewer.may("intake.view"):
        return []
    held = queries.open_held_count(viewer=viewer)
    act = gettext("Correct the rows") if viewer.may("intake.mend") else gettext("View")
    return [
        task(
            ("waiting", held),
            gettext("rows needing attention"),
            act,
            reverse("held-rows"),
        )
    ]
