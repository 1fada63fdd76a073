"""What waits at a customs desk today, and the early warnings."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.risk import queries
from armstrace.risk.queries import DeclarationsShown, early_warnings
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.warnings import WarningState
from armstrace.web.today.work import Act, Task, task


def acts(viewer: Actor) -> tuple[Act, ...]:
    """Offer the list of the day where one is drawn or can be."""
    if not viewer.may("declaration.examine"):
        return ()
    return (Act(gettext("List for examination"), reverse("examinations")),)


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count the declarations and early warnings that wait for this person."""
    return [*_declarations(viewer), *_warnings(viewer)]


def _declarations(viewer: Actor) -> list[Task]:
    if not viewer.may("declaration.examine"):
        return []
    waiting = queries.waiting(viewer=viewer)
    to_record = reverse("declarations") + f"?shown={DeclarationsShown.TO_RECORD.value}"
    return [
        task(
            ("waiting", waiting.to_examine),
            gettext("declarations to examine"),
            gettext("Examine"),
            reverse("examinations"),
        ),
        task(
            ("overdue", waiting.to_record),
            gettext(DeclarationsShown.TO_RECORD.label),
            gettext("Record"),
            to_record,
        ),
    ]


def _warnings(viewer: Actor) -> list[Task]:
    if not viewer.may("warning.decide"):
        return []
    waiting = early_warnings.count_new(viewer=viewer)
    address = reverse("warnings") + f"?state={WarningState.NEW.value}"
    return [
        task(("waiting", waiting), gettext("new warnings"), gettext("View"), address)
    ]
