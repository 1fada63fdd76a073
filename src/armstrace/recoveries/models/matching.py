"""Runs of matching over many recoveries, their results, and judged pairs."""

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.jobs.models import Job
from armstrace.records.constraints import check, index, unique
from armstrace.records.fields import MessageField
from armstrace.records.scope import Scoped, ScopedManager
from armstrace.records.versions import VersionRecord, one_current
from armstrace.recoveries.models.recoveries import Recovery, RecoveryRecord
from armstrace.registry.models import Arm
from armstrace.vocabulary.matching import MatchAgainst, MatchQuestion
from armstrace.vocabulary.tracing import Judgement, RepeatKind


class MatchingRun(models.Model):
    """One pass over a year of recoveries, or all of them.

    ``job`` says how far it has come; its cursor is the last recovery whose results
    are written.
    """

    job = models.OneToOneField(Job, PROTECT, related_name="+")
    against = models.CharField(max_length=12, choices=MatchAgainst.choices())
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=150)
    model_version = models.CharField(max_length=80)
    register_record = models.BigIntegerField(default=0)
    last_recovery = models.BigIntegerField(default=0)
    recoveries = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    compared = models.PositiveIntegerField(default=0)
    likely = models.PositiveIntegerField(default=0)

    scope = Scoped("matching.view")
    objects = ScopedManager()

    class Meta:
        constraints = [check("matching_run_adds_up", Q(done__gte=F("compared")))]

    def __str__(self) -> str:
        return f"matching {self.pk}"


class MatchingResult(models.Model):
    """What one run found for one recovery and one question.

    ``candidates`` keeps the likeliest with their evidence; ``inputs`` is the digest
    of what was compared, so that a later look can tell whether it still holds.
    """

    run = models.ForeignKey(MatchingRun, PROTECT, related_name="results")
    recovery = models.ForeignKey(Recovery, PROTECT, related_name="matching_results")
    question = models.CharField(max_length=10, choices=MatchQuestion.choices())
    arm = models.ForeignKey(Arm, PROTECT, null=True, blank=True, related_name="+")
    earlier = models.ForeignKey(
        Recovery, PROTECT, null=True, blank=True, related_name="+"
    )
    probability = models.FloatField(default=0.0)
    probability_sibling = models.FloatField(default=0.0)
    probability_absent = models.FloatField(null=True, blank=True)
    is_reported = models.BooleanField(default=False)
    candidates = models.JSONField(default=list, blank=True)
    note = MessageField(blank=True)
    inputs = models.CharField(max_length=64)

    scope = Scoped(through="run")
    objects = ScopedManager()

    class Meta:
        constraints = [
            unique("matching_result_once", "run", "recovery", "question"),
            check("matching_result_one", Q(arm=None) | Q(earlier=None)),
        ]
        indexes = [
            index(
                "matching_result_likely", "run", "question", "-probability", "recovery"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.recovery_id}"


class PairJudgement(VersionRecord):
    """A person's word on whether two recoveries are of one arm.

    ``repeat`` says of the same arm whether one record is the other one entered
    twice; nothing is deleted for it.
    """

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="pair_judgements")
    earlier = models.ForeignKey(Recovery, PROTECT, related_name="later_pair_judgements")
    judgement = models.CharField(max_length=10, choices=Judgement.choices())
    repeat = models.CharField(max_length=16, choices=RepeatKind.choices(), blank=True)
    probability = models.FloatField(null=True, blank=True)
    model_version = models.CharField(max_length=80, blank=True)
    judged_by = models.CharField(max_length=150)

    scope = Scoped(through="recovery")

    class Meta:
        constraints = [
            one_current("pair_judgement_current", "recovery", "earlier"),
            check("pair_judgement_of_two", ~Q(recovery=F("earlier"))),
        ]


class RecoveryKey(models.Model):
    """By which keys recoveries are found among each other: derived, never ledgered."""

    pk = models.CompositePrimaryKey("key", "make_code", "recovery_id")
    key = models.BigIntegerField()
    make_code = models.IntegerField()
    recovery_id = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.key:x}"


class ComparedRecord(models.Model):
    """That a version of a recovery was set beside all other recoveries (derived).

    What has none yet is compared by the next job; its keys stand with it.
    """

    record = models.OneToOneField(
        RecoveryRecord, PROTECT, primary_key=True, related_name="compared"
    )

    def __str__(self) -> str:
        return str(self.record_id)
