"""What waits for an examiner today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.ballistics import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    del today
    if not viewer.may("ballistics.conclude"):
        return []
    waiting = queries.bench_waiting(viewer=viewer)
    return [
        task(
            ("waiting", waiting.reviews),
            gettext("conclusions that await a second examiner"),
            gettext("Conclude as second examiner"),
            reverse("conclusions") + "?standing=AWAITED",
        ),
        task(
            ("overdue", waiting.disputes),
            gettext("disputed conclusions"),
            gettext("Settle"),
            reverse("conclusions") + "?standing=DISPUTED",
        ),
        task(
            ("overdue", waiting.unlinked),
            gettext("links of yours that another person removed"),
            gettext("See why"),
            reverse("conclusions") + "?standing=UNLINKED",
        ),
        task(
            ("waiting", waiting.regions),
            gettext("marks whose region is only proposed"),
            gettext("Check the regions"),
            reverse("ballistics") + "?unchecked=1",
        ),
        task(
            ("waiting", waiting.searches),
            gettext("finished searches without a conclusion"),
            gettext("Examine the candidates"),
            reverse("searches"),
        ),
    ]
