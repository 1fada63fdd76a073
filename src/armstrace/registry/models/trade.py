"""For whom the trade reports, its notices, and the end of a business."""

from django.db import models
from django.db.models import PROTECT

from armstrace.accounts.models import Agency
from armstrace.licensing.models import Holder
from armstrace.records.constraints import unique
from armstrace.records.scope import Scoped, at
from armstrace.records.versions import (
    KnownRecord,
    VersionRecord,
    ends_after_known,
    one_current,
)
from armstrace.registry.models.arms import Arm
from armstrace.vocabulary.arms import LifeEventKind


class Reporting(VersionRecord):
    """The holder for whom an agency of the trade reports; none where it ended."""

    agency = models.ForeignKey(Agency, PROTECT, related_name="reportings")
    holder = models.ForeignKey(Holder, PROTECT, related_name="reportings", null=True)
    decided_by = models.CharField(max_length=150)

    scope = Scoped("trade.view", at("agency__code"))

    class Meta:
        constraints = [
            one_current("reporting_current", "agency"),
            ends_after_known("reporting_times"),
        ]


class BusinessEnd(VersionRecord):
    """The day from which a holder trades no longer; none where it was taken back.

    Attributes:
        left_over: How many arms were still in stock, which the reason explains.
        book_on: When the stock book was handed over; None until then.
    """

    holder = models.ForeignKey(Holder, PROTECT, related_name="business_ends")
    closed_on = models.DateField(null=True, blank=True)
    left_over = models.PositiveIntegerField(default=0)
    book_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=150)

    scope = Scoped("holder.view")

    class Meta:
        constraints = [
            one_current("business_end_current", "holder"),
            ends_after_known("business_end_times"),
        ]


class Notice(KnownRecord):
    """A notice that an agency gave and the register followed, as it was stated.

    ``number`` is the agency's own, or the key of what it says; ``content_key`` tells
    the same notice sent twice from another one of its number.
    """

    agency = models.CharField(max_length=40)
    number = models.CharField(max_length=120)
    content_key = models.CharField(max_length=64)
    holder = models.ForeignKey(Holder, PROTECT, related_name="+")
    arm = models.ForeignKey(Arm, PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=LifeEventKind.choices())
    happened_on = models.DateField()
    given_by = models.CharField(max_length=150)

    scope = Scoped("trade.view", at("agency"))

    class Meta:
        constraints = [unique("notice_once", "agency", "number")]
