"""What of vetting waits today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.vetting.queries import hits, refusals, requests
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.vetting import Examined, RefusalState, VettingState
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    found = []
    if viewer.may("vetting.decide"):
        told = gettext("requests for vetting to answer"), gettext("Answer")
        found.append(_vetting(VettingState.WAITING, "waiting", told, viewer, today))
    if viewer.may("vetting.ask") or viewer.may("vetting.decide"):
        told = gettext("vetting results that have expired"), gettext("View")
        found.append(_vetting(VettingState.OVERDUE, "overdue", told, viewer, today))
    if viewer.may("hit.judge"):
        counted = ("waiting", hits.count_waiting(viewer=viewer))
        address = reverse("hits") + f"?examined={Examined.WAITING.value}"
        told = gettext("names similar to an entry on a list"), gettext("Examine")
        found.append(task(counted, *told, address))
    if viewer.may("refusal.record"):
        due = refusals.count_to_review(viewer=viewer, today=today)
        address = reverse("refusals") + f"?state={RefusalState.TO_REVIEW.value}"
        told = gettext("refusals to review within a year"), gettext("Review")
        found.append(task(("waiting", due), *told, address))
    return found


def _vetting(
    state: VettingState, drawn: str, told: tuple[str, str], viewer: Actor, today: date
) -> Task:
    counted = requests.count_in(state, viewer=viewer, today=today)
    address = reverse("vettings") + f"?state={state.value}"
    return task((drawn, counted), *told, address)
