"""The destruction that waits today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.disposal import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task

MOST = 1_000


def tasks(viewer: Actor, today: date) -> list[Task]:
    del today
    if not viewer.may("disposal.destroy"):
        return []
    waiting = len(queries.ready(viewer=viewer, most=MOST))
    said = gettext("exhibits to put into a lot")
    return [task(("waiting", waiting), said, gettext("View"), reverse("lots"))]
