"""Campaigns, their dated incentives, and the arms handed in; never who brought one."""

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.records.constraints import check, unique
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import KnownRecord, NumberedRecord
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.collection import (
    Amnesty,
    HandInState,
    Identification,
    Incentive,
)
from armstrace.vocabulary.messages import message

no_such_campaign = no_such(
    message("There is no campaign I%(number)s here; check the number.")
)
no_such_hand_in = no_such(
    message("There is no hand-in O%(number)s here; check the number.")
)


class Campaign(NumberedRecord):
    """A time in which people may hand in arms; ``places`` has one a line."""

    letter = "I"
    agency = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    begins_on = models.DateField()
    ends_on = models.DateField()
    places = models.TextField()
    amnesty = models.CharField(max_length=12, choices=Amnesty.choices())
    identification = models.CharField(max_length=12, choices=Identification.choices())
    incentive = models.CharField(max_length=12, choices=Incentive.choices())
    currency = models.CharField(max_length=12, blank=True)
    opened_by = models.CharField(max_length=150)
    # Counts as they were when they were published: place, type of arm (empty for
    # all), and how many, None where withheld.
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True)
    counts = models.JSONField(default=list)

    scope = Scoped("collection.view", at("agency"), missing=no_such_campaign)

    class Meta:
        constraints = [check("campaign_ends", Q(ends_on__gte=F("begins_on")))]

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nothing of who brings an arm is kept."""
        return self.identification == Identification.ANONYMOUS

    @property
    def place_list(self) -> list[str]:
        return self.places.splitlines()


class CountsCorrection(KnownRecord):
    """Counts published anew because the earlier ones were wrong; these stay too."""

    campaign = models.ForeignKey(Campaign, PROTECT, related_name="corrections")
    counts = models.JSONField(default=list)
    reason = models.CharField(max_length=500)
    published_by = models.CharField(max_length=150)

    scope = Scoped(through="campaign")


class CampaignRate(KnownRecord):
    """What is given for an arm of a type from a day on."""

    campaign = models.ForeignKey(Campaign, PROTECT, related_name="rates")
    arm_type = models.CharField(max_length=20, choices=ArmType.choices())
    from_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    scope = Scoped(through="campaign")

    class Meta:
        constraints = [unique("campaign_rate_once", "campaign", "arm_type", "from_on")]


class HandIn(NumberedRecord):
    """One arm handed in: what, where and on which day."""

    letter = "O"
    campaign = models.ForeignKey(Campaign, PROTECT, related_name="hand_ins")
    recovery = models.OneToOneField(Recovery, PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    day = models.DateField()
    state = models.CharField(max_length=12, choices=HandInState.choices())
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    observer = models.CharField(max_length=40, blank=True)
    # Who settled whether a possible double is one, and why.
    settled_by = models.CharField(max_length=150, blank=True)
    settled_reason = models.CharField(max_length=500, blank=True)

    scope = Scoped(through="campaign", missing=no_such_hand_in)
