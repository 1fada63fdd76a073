"""What waits at the desk of transfers today."""

from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from armstrace.transfers import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    del today
    is_asked = any(map(viewer.may, ("transfer.move", "case.open")))
    moves = _of_consignments(viewer) if is_asked else []
    if not viewer.may("transfer.decide"):
        return moves
    waits, late = queries.waiting(viewer=viewer, at=datetime.now(UTC))
    listed = reverse("transfers")
    return [
        *moves,
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


def _of_consignments(viewer: Actor) -> list[Task]:
    due, diverted = queries.due_counts(viewer=viewer, at=datetime.now(UTC))
    listed = reverse("consignments")
    moves = task(
        ("overdue", due),
        gettext("consignments with something due"),
        gettext("View"),
        f"{listed}?is_due=on",
    )
    leads = task(
        ("overdue", diverted),
        ngettext("diversion without a case", "diversions without a case", diverted),
        gettext("View"),
        f"{listed}?is_lead=on",
    )
    wanted = (("transfer.move", moves), ("case.open", leads))
    return [each for grant, each in wanted if viewer.may(grant)]
