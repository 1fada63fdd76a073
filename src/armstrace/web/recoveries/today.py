"""What is begun with recoveries."""

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Act


def acts(viewer: Actor) -> list[Act]:
    """Give what a patrol or a clerk begins: recording, looking up."""
    if not viewer.may("recovery.record"):
        return []
    return [
        Act(gettext("Record a recovery"), reverse("recovery-record")),
        Act(gettext("Quick look-up"), reverse("look-up")),
    ]
