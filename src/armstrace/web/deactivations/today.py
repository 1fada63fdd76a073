"""The deactivations that wait today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.deactivations import queries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.deactivation import DeactivationState
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    del today
    if not viewer.may("deactivation.verify"):
        return []
    counted = ("waiting", queries.waiting_count(viewer=viewer))
    address = reverse("deactivations") + f"?state={DeactivationState.WAITING.value}"
    told = gettext("deactivations to verify"), gettext("Verify")
    return [task(counted, *told, address)]
