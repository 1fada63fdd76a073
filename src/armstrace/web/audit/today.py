"""What an auditor does today: verify what was written since the last time."""

from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from armstrace.audit import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Act, Task, task

# Consultations are entries too, and no act.
BY_THE_MINUTE = True


def acts(viewer: Actor) -> tuple[Act, ...]:
    """Offer the question who looked at a record."""
    if not viewer.may("ledger.view"):
        return ()
    return (Act(gettext("Who looked"), reverse("consultations")),)


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count the entries that were written since the ledger was verified."""
    del today
    if not (viewer.may("ledger.view") and viewer.may("ledger.verify")):
        return []
    ledger, address = queries.standing(viewer=viewer), reverse("ledger-proof")
    words = gettext("entries since the ledger was verified")
    waits = task(("waiting", ledger.unproved), words, gettext("Verify"), address)
    if ledger.proved_at is None:
        return [replace(waits, late=gettext("never verified"), late_address=address)]
    said = gettext("last verified %(day)s") % {
        "day": date_format(localtime(ledger.proved_at))
    }
    return [replace(waits, late=said, late_address=address)]
