"""What of retention waits today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.retention import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count the erasures to decide and the holds to look at again."""
    found = []
    if viewer.may("retention.decide"):
        waiting = queries.count_undecided(viewer=viewer)
        said = gettext("erasures that wait for a second person")
        address = reverse("erasures")
        found.append(task(("waiting", waiting), said, gettext("Decide"), address))
    if viewer.may("retention.hold"):
        late = queries.count_to_review(viewer=viewer, today=today)
        said, address = gettext("legal holds to review"), reverse("holds")
        found.append(task(("overdue", late), said, gettext("View"), address))
    return found
