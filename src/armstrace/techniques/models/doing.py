"""What is done under an authority: consents, runs, hand-overs, covers, lessons."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.records.constraints import check, index, unique
from armstrace.records.scope import Scoped, at
from armstrace.records.versions import (
    KnownManager,
    KnownQuerySet,
    KnownRecord,
    VersionRecord,
    of_versions,
)
from armstrace.techniques.models.operations import Operation, no_such_operation, told_to
from armstrace.vocabulary.techniques import OperationOutcome, RunEnd

ACKNOWLEDGED_WITHIN = timedelta(hours=1)


class StateConsent(VersionRecord):
    """What a State said last of an operation on its territory.

    ``valid_until`` is empty only in what was written down before it was asked.
    """

    operation = models.ForeignKey(Operation, PROTECT, related_name="consents")
    country = models.CharField(max_length=2)
    is_given = models.BooleanField()
    valid_until = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=120)
    given_by = models.CharField(max_length=200)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="operation", missing=no_such_operation)

    class Meta:
        constraints = of_versions("consent", "operation", "country")

    @property
    def until(self) -> datetime | None:
        """Give when it ends: by its own word, or by a later one."""
        ends = [each for each in (self.valid_until, self.superseded_at) if each]
        return min(ends, default=None)


class OperationRun(KnownRecord):
    """The carrying out of an operation; ``known_at`` is its start."""

    operation = models.ForeignKey(Operation, PROTECT, related_name="runs")
    started_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ending = models.CharField(max_length=12, choices=RunEnd.choices(), blank=True)
    reason = models.CharField(max_length=500, blank=True)

    scope = Scoped(through="operation", missing=no_such_operation)

    class Meta:
        constraints = [
            unique("one_open_run", "operation", where=Q(ended_at=None)),
            check(
                "run_ended_whole",
                Q(ended_at=None, ending="")
                | (Q(ended_at__gte=F("known_at")) & ~Q(ending="")),
            ),
        ]


class LiveArmsFlag(KnownRecord):
    """That live arms may leave control: one person sets it, another confirms.

    Any of those who might have set it takes it back alone.
    """

    operation = models.ForeignKey(Operation, PROTECT, related_name="live_flags")
    reason = models.CharField(max_length=500)
    set_by = models.CharField(max_length=150)
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=500, blank=True)

    scope = Scoped(through="operation", missing=no_such_operation)

    class Meta:
        constraints = [
            check("live_flag_two_people", ~Q(confirmed_by=F("set_by"))),
            check(
                "live_flag_confirmed_whole",
                Q(confirmed_by="", confirmed_at=None)
                | (~Q(confirmed_by="") & Q(confirmed_at__isnull=False)),
            ),
        ]


class HandOverManager(KnownManager["HandOver"]):
    """The way to hand-overs."""

    def late(self, at: datetime) -> KnownQuerySet["HandOver"]:
        """Keep those that are past their hour and that nobody acknowledged."""
        return self.get_queryset().filter(
            acknowledged_at=None, known_at__lte=at - ACKNOWLEDGED_WITHIN
        )


class HandOver(KnownRecord):
    """One leg of a controlled delivery; ``known_at`` is when it was handed over.

    ``receiver`` is who signs for it, by sign-in name; empty where a service without
    an account receives it, and somebody else than ``told_by`` records its receipt.
    """

    operation = models.ForeignKey(Operation, PROTECT, related_name="hand_overs")
    number = models.PositiveIntegerField()
    from_state = models.CharField(max_length=2)
    to_state = models.CharField(max_length=2)
    place = models.CharField(max_length=200, blank=True)
    handed_by = models.CharField(max_length=200)
    received_by = models.CharField(max_length=200)
    receiver = models.CharField(max_length=150, blank=True)
    told_by = models.CharField(max_length=150)
    has_live_arms = models.BooleanField()
    live_flag = models.ForeignKey(
        LiveArmsFlag, PROTECT, null=True, blank=True, related_name="hand_overs"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    acknowledgement = models.CharField(max_length=120, blank=True)
    flagged_at = models.DateTimeField(null=True, blank=True)

    scope = Scoped(through="operation", missing=no_such_operation)
    objects: ClassVar[HandOverManager] = HandOverManager()

    class Meta:
        constraints = [
            unique("hand_over_number", "operation", "number"),
            check(
                "live_arms_need_the_flag",
                Q(has_live_arms=False) | Q(live_flag__isnull=False),
            ),
            check(
                "hand_over_acknowledged_whole",
                Q(acknowledged_at=None, acknowledged_by="")
                | (Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by="")),
            ),
        ]
        indexes = [index("hand_over_waits", "known_at", where=Q(acknowledged_at=None))]

    def is_signed_by(self, person: str) -> bool:
        """Tell whether it waits for the word of somebody."""
        signs = person == self.receiver if self.receiver else person != self.told_by
        return signs and self.acknowledged_at is None


class CoverIdentity(KnownRecord):
    """A covert name, sealed with the key of the installation."""

    operation = models.ForeignKey(Operation, PROTECT, related_name="covers")
    number = models.PositiveIntegerField()
    sealed = models.TextField()
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="operation", missing=no_such_operation)

    class Meta:
        constraints = [unique("cover_number", "operation", "number")]


class Evaluation(VersionRecord):
    """What was learned from an operation."""

    operation = models.ForeignKey(Operation, PROTECT, related_name="evaluations")
    outcome = models.CharField(max_length=12, choices=OperationOutcome.choices())
    learned = models.CharField(max_length=2000)
    training = models.CharField(max_length=1000, blank=True)
    told_by = models.CharField(max_length=150)

    scope = Scoped(
        "technique.view",
        at("operation__agency"),
        shown_to=told_to,
    )

    class Meta:
        constraints = of_versions("evaluation", "operation")
