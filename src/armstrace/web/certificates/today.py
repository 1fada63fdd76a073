"""The certificates that wait for a signature, or to be on a list, today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.certificates import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count those to sign, to issue anew, and those that no list revokes yet."""
    del today
    address = reverse("certificates")
    told = []
    if viewer.may("certificate.issue"):
        counted = ("waiting", queries.waiting_count(viewer=viewer))
        said = gettext("certificates to sign")
        told.append(task(counted, said, gettext("Sign"), f"{address}?state=WAITING"))
        counted = ("waiting", queries.count_outdated(viewer=viewer))
        said = gettext(
            "certificates to reissue because the holder’s name was corrected"
        )
        told.append(task(counted, said, gettext("View"), f"{address}?is_outdated=on"))
    if viewer.may("certificate.publish"):
        counted = ("waiting", queries.count_unpublished(viewer=viewer))
        said = gettext("revoked certificates that the published list does not name")
        told.append(task(counted, said, gettext("Publish"), address))
    return told
