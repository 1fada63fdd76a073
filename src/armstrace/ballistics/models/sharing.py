"""Whether a mark is to be shared with the international network."""

from django.db import models
from django.db.models import PROTECT

from armstrace.ballistics.models.marks import BallisticMark
from armstrace.records.scope import Scoped
from armstrace.records.versions import VersionRecord, of_versions
from armstrace.vocabulary.ballistics import SharingStanding


class SharingDecision(VersionRecord):
    """A person's decision on sharing a mark; nothing leaves by itself."""

    mark = models.ForeignKey(BallisticMark, PROTECT, related_name="sharing")
    standing = models.CharField(max_length=10, choices=SharingStanding.choices())
    criteria = models.JSONField(default=list, blank=True)
    edition = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=120)

    scope = Scoped(through="mark")

    class Meta:
        constraints = of_versions("sharing", "mark")
