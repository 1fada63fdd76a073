"""What moves under an authorisation, and what happens to it on the way."""

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.records.scope import Scoped, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    of_versions,
)
from armstrace.registry.models import Arm
from armstrace.transfers.models.authorisations import Authorisation
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.transfers import Alarm, Step

no_such_consignment = no_such(
    message("There is no consignment J%(number)s here; look at the list.")
)


class Consignment(NumberedRecord):
    """Goods that leave together under an authorisation.

    ``step``, ``alarm`` and ``due_on`` repeat the fold of its steps; the actions that
    add one rewrite them in the same transaction.
    """

    letter = "J"
    authorisation = models.ForeignKey(
        Authorisation, PROTECT, related_name="consignments"
    )
    agency = models.CharField(max_length=40)
    # Number of the waybill.
    waybill = models.CharField(max_length=120, blank=True)
    sent = models.PositiveBigIntegerField()
    departed_on = models.DateField()
    expected_on = models.DateField(null=True, blank=True)
    key = models.CharField(max_length=40)
    made_by = models.CharField(max_length=150)
    step = models.CharField(max_length=16, choices=Step.choices())
    # What is due next, or wrong already; empty where nothing is.
    alarm = models.CharField(max_length=16, choices=Alarm.choices(), blank=True)
    due_on = models.DateField(null=True, blank=True)

    scope = Scoped(through="authorisation", missing=no_such_consignment)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_by", "key"], name="consignment_key"),
            models.CheckConstraint(
                condition=Q(alarm="", due_on=None) | ~Q(alarm="") & ~Q(due_on=None),
                name="consignment_alarm_due",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="consignment_due",
                condition=~Q(alarm=""),
            )
        ]


class ConsignedItem(KnownRecord):
    """Goods of one line of the authorisation in a consignment."""

    consignment = models.ForeignKey(Consignment, PROTECT, related_name="items")
    line = models.PositiveIntegerField()
    quantity = models.PositiveBigIntegerField()
    serial = models.CharField(max_length=120, blank=True)
    # The arm of the register; None where it is not named.
    arm = models.ForeignKey(Arm, PROTECT, related_name="+", null=True, blank=True)

    scope = Scoped(through="consignment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(serial="", arm=None) | Q(quantity=1),
                name="consigned_item_single",
            )
        ]


class ConsignmentStep(VersionRecord):
    """Something that happened to a consignment; one taken back is kept."""

    consignment = models.ForeignKey(Consignment, PROTECT, related_name="steps")
    # Among the steps of the consignment.
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=Step.choices())
    happened_on = models.DateField()
    country = models.CharField(max_length=2, blank=True)
    post = models.CharField(max_length=200, blank=True)
    quantity = models.PositiveBigIntegerField(null=True, blank=True)
    document = models.CharField(max_length=120, blank=True)
    told_by = models.CharField(max_length=150)
    is_removed = models.BooleanField(default=False)

    scope = Scoped(through="consignment")

    class Meta:
        constraints = of_versions("consignment_step", "consignment", "place")
