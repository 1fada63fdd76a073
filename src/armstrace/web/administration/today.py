"""What of accounts waits today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.accounts import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count who lost the second factors and waits for this person's decision."""
    del today
    if not viewer.may("factor.recover"):
        return []
    rows = queries.factor_recoveries(viewer=viewer)
    waiting = sum(viewer.name not in {row.name, row.asked_by} for row in rows)
    said, verb = gettext("lost second factors to decide on"), gettext("Decide")
    address = reverse("lost-factors")
    return [task(("overdue", waiting), said, verb, address)] if waiting else []
