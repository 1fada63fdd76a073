"""Legal holds, erasures and what they took: the tombstones of records."""

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.records.constraints import check, unique
from armstrace.records.scope import Scoped, ScopedManager, no_such
from armstrace.records.versions import NumberedRecord, VersionRecord, of_versions
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.retention import ErasureState, KeptKind

no_such_erasure = no_such(message("There is no erasure Z%(number)s; look in the list."))


class LegalHold(VersionRecord):
    """That a record stays until the hold is lifted; ``reason`` says why."""

    number = models.CharField(max_length=24)
    order_number = models.CharField(max_length=120, blank=True)
    review_on = models.DateField()
    placed_by = models.CharField(max_length=150)
    lifted_by = models.CharField(max_length=150, blank=True)
    lifted_why = models.CharField(max_length=500, blank=True)

    scope = Scoped("retention.view")

    class Meta:
        constraints = of_versions("legal_hold", "number")


class Erasure(NumberedRecord):
    """What one person proposes to erase, and what another decides on it."""

    letter = "Z"
    kind = models.CharField(max_length=16, choices=KeptKind.choices())
    state = models.CharField(
        max_length=10, choices=ErasureState.choices(), default=ErasureState.PROPOSED
    )
    reason = models.CharField(max_length=500)
    proposed_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_why = models.CharField(max_length=500, blank=True)

    scope = Scoped("retention.view", missing=no_such_erasure)

    class Meta:
        constraints = [
            check(
                "erasure_two_persons",
                Q(decided_by="") | ~Q(decided_by=F("proposed_by")),
            ),
            check("erasure_decided_by", Q(state="PROPOSED") | ~Q(decided_by="")),
        ]


class ErasedRecord(models.Model):
    """A record that an erasure names; its tombstone once it is gone.

    ``begun_at`` is when the record began, by which a restored copy is recognised.
    """

    erasure = models.ForeignKey(Erasure, PROTECT, related_name="records")
    kind = models.CharField(max_length=16, choices=KeptKind.choices())
    record_id = models.BigIntegerField()
    begun_at = models.DateTimeField()
    grounds = models.JSONField(default=list)
    erased_at = models.DateTimeField(null=True, blank=True)

    scope = Scoped(through="erasure")
    objects = ScopedManager()

    class Meta:
        constraints = [
            unique(
                "erased_record_once",
                "kind",
                "record_id",
                where=Q(erased_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
