"""The exhibits that wait today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.custody import queries
from armstrace.custody.queries import Shown
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count the exhibits that wait for this person."""
    if not any(viewer.may(f"exhibit.{act}") for act in ("accept", "approve")):
        return []
    waiting = queries.waiting(viewer=viewer, today=today)
    found: list[Task] = []
    if viewer.may("exhibit.accept"):
        found.append(
            _task(
                ("waiting", waiting.offered),
                gettext("exhibits offered to us"),
                gettext("Accept"),
                Shown.OFFERED,
            )
        )
    if viewer.may("exhibit.keep"):
        found += _keeping(waiting)
    if viewer.may("exhibit.approve"):
        said = gettext("disposals to decide")
        address = reverse("disposals") + f"?shown={Shown.PROPOSED.value}"
        counted = ("waiting", waiting.proposed)
        found.append(task(counted, said, gettext("Decide"), address))
    return found


def _keeping(waiting: queries.Waiting) -> list[Task]:
    return [
        _task(
            ("overdue", waiting.overdue),
            gettext("exhibits out and due back"),
            gettext("View"),
            Shown.OVERDUE,
        ),
        _task(
            ("waiting", waiting.unplaced),
            gettext("exhibits without a location"),
            gettext("Shelve"),
            Shown.UNPLACED,
        ),
        _task(
            ("overdue", waiting.broken),
            gettext("broken seals"),
            gettext("View"),
            Shown.BROKEN,
        ),
        task(
            ("waiting", waiting.counts),
            gettext("open counts"),
            gettext("Continue"),
            reverse("counts"),
        ),
    ]


def _task(counted: tuple[str, int], what: str, act: str, shown: Shown) -> Task:
    return task(counted, what, act, reverse("custody") + f"?shown={shown.value}")
