"""Deactivations, their verification, and arms that were found to fire again."""

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.records.constraints import check, index
from armstrace.records.scope import Scoped, no_such
from armstrace.records.versions import KnownRecord, NumberedRecord
from armstrace.registry.models import Arm
from armstrace.vocabulary.deactivation import ArmKind, DeactivationState
from armstrace.vocabulary.messages import message

no_such_deactivation = no_such(
    message("There is no deactivation U%(number)s here; check the number.")
)


class Deactivation(NumberedRecord):
    """That an arm was deactivated, as it was stated; nothing of it is changed."""

    letter = "U"
    arm = models.ForeignKey(Arm, PROTECT, related_name="deactivations")
    # Code of the agency that recorded it; every agency may see it.
    office = models.CharField(max_length=40)
    recorded_by = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=ArmKind.choices())
    performed_on = models.DateField()
    performed_by = models.CharField(max_length=200)
    performer = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=64, blank=True)
    parts = models.JSONField(default=list)
    country = models.CharField(max_length=2, blank=True)
    foreign_standard = models.CharField(max_length=200, blank=True)
    foreign_certificate = models.CharField(max_length=120, blank=True)
    notes = models.CharField(max_length=500, blank=True)

    scope = Scoped("deactivation.view", missing=no_such_deactivation)

    class Meta:
        indexes = [index("deactivation_performed_by", "performed_by")]

    @property
    def state(self) -> DeactivationState:
        answered = getattr(self, "verification", None)
        return DeactivationState(answered.state if answered else "WAITING")


class Verification(KnownRecord):
    """The answer to a deactivation, once and for all: verified, recognised, refused.

    ``standard`` is that of the day; ``mark`` and ``part_mark`` are those stamped, and
    ``marked`` names the parts that bear one.
    """

    deactivation = models.OneToOneField(
        Deactivation, PROTECT, related_name="verification"
    )
    state = models.CharField(max_length=12, choices=DeactivationState.choices())
    standard = models.CharField(max_length=20, blank=True)
    parts = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    marked = models.JSONField(default=list)
    verified_by = models.CharField(max_length=200, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120, blank=True)
    mark = models.CharField(max_length=120, blank=True)
    part_mark = models.CharField(max_length=120, blank=True)
    decided_by = models.CharField(max_length=150)
    reason = models.CharField(max_length=500, blank=True)

    scope = Scoped(through="deactivation")

    class Meta:
        indexes = [index("verification_signatory", "signatory")]
        constraints = [
            check("verification_decides", ~Q(state=DeactivationState.WAITING.value))
        ]

    def __str__(self) -> str:
        return f"{self.deactivation} {self.state}"

    @property
    def signed_by(self) -> str:
        return ", ".join(filter(None, (self.signatory, self.title)))


class Reactivation(KnownRecord):
    """That a deactivated arm was found to fire again: the record of an offence.

    The deactivation and the life of the arm stay as they are; its certificate ends.
    """

    deactivation = models.ForeignKey(
        Deactivation, PROTECT, related_name="reactivations"
    )
    offence = models.CharField(max_length=20)
    found_on = models.DateField()
    recovery = models.CharField(max_length=24, blank=True)
    said = models.CharField(max_length=500)
    found_by = models.CharField(max_length=150)

    scope = Scoped(through="deactivation")
