"""The exhibits that wait today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.custody import queries
from armstrace.custody.queries import Shown
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task

TASKS = (
    ("accept", Shown.OFFERED, "waiting", _("exhibits offered to you"), _("Accept")),
    ("keep", Shown.OVERDUE, "overdue", _("exhibits out and due back"), _("View")),
    (
        "keep",
        Shown.UNPLACED,
        "waiting",
        _("exhibits without a location"),
        _("Give a place"),
    ),
    ("keep", Shown.BROKEN, "overdue", _("broken seals"), _("View")),
    ("approve", Shown.PROPOSED, "waiting", _("disposals to decide"), _("Decide")),
)
"""What waits, for whom: the grant, the list, what it means, and its words."""


def tasks(viewer: Actor, today: date) -> list[Task]:
    may = {grant for grant, *_rest in TASKS if viewer.may(f"exhibit.{grant}")}
    waiting = queries.waiting(viewer=viewer, today=today) if may else {}
    found = [
        task((meaning, waiting[shown]), str(what), str(act), _address(shown))
        for grant, shown, meaning, what, act in TASKS
        if grant in may
    ]
    if "keep" in may:
        counted = ("waiting", queries.open_counts(viewer=viewer))
        said = gettext("open counts"), gettext("Continue")
        found.append(task(counted, *said, reverse("counts")))
    return found


def _address(shown: Shown) -> str:
    page = "disposals" if shown is Shown.PROPOSED else "custody"
    return f"{reverse(page)}?shown={shown.value}"
