"""The certificates that wait for a signature today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.certificates import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count the certificates for which a colleague asked."""
    del today
    if not viewer.may("certificate.issue"):
        return []
    counted = ("waiting", queries.waiting_count(viewer=viewer))
    address = reverse("certificates") + "?state=WAITING"
    said = gettext("certificates to sign")
    return [task(counted, said, gettext("Sign"), address)]
