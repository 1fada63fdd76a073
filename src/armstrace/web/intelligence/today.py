"""What of the linked picture waits today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.intelligence import queries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import PageRequest
from armstrace.web.today.work import Task, task


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count the subjects and links that this person reviews."""
    if not viewer.may("intelligence.record"):
        return []
    one, address = PageRequest(size=1), reverse("intelligence-reviews")
    due = queries.subjects_to_review(viewer=viewer, today=today, page=one).total
    due += len(queries.links_to_review(viewer=viewer, today=today))
    said = gettext("subjects and links due for review")
    found = [task(("overdue", due), said, gettext("Review"), address)]
    if viewer.may("intelligence.judge"):
        near = len(queries.proposals(viewer=viewer))
        said = gettext("pairs of subjects that may be one")
        at = f"{address}#near-head"
        found.append(task(("waiting", near), said, gettext("Judge"), at))
    return found
