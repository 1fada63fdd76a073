"""Traces of recovered arms, from the first hop to the point of diversion."""

from django.db import models
from django.db.models import PROTECT

from armstrace.licensing.models import Holder
from armstrace.records.constraints import CURRENT, index
from armstrace.records.scope import Scoped, ScopedManager
from armstrace.records.versions import (
    Named,
    NumberedRecord,
    VersionRecord,
    of_versions,
    one_current,
)
from armstrace.recoveries.models import Recovery
from armstrace.registry.models import Arm
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    FirstHop,
    GapKind,
    TraceAnswer,
    TraceChannel,
    TraceException,
    TraceGround,
    TraceOutcome,
    TraceStanding,
)


class Trace(NumberedRecord):
    """The trace of one recovered arm; its decisions say where it stands."""

    letter = "T"
    recovery = models.OneToOneField(Recovery, PROTECT, related_name="trace")

    scope = Scoped("trace.view", through="recovery")


class Assignment(VersionRecord):
    """Whose work a recovered arm is; what is said to that person is its reason."""

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="assignments")
    person = models.CharField(max_length=150)
    given_by = models.CharField(max_length=150)

    scope = Scoped("trace.assign", through="recovery")

    class Meta:
        constraints = of_versions("assignment", "recovery")
        indexes = [index("assignment_person", "person", where=CURRENT)]


class SavedFilter(VersionRecord):
    """What a person narrows the work queue to, under a name of their own."""

    person = models.CharField(max_length=150)
    name = models.CharField(max_length=80)
    asked = models.CharField(max_length=1000)

    scope = Scoped("trace.assign")

    class Meta:
        constraints = [one_current("saved_filter_current", "person", "name")]

    def __str__(self) -> str:
        return self.name


class TracedDiversion(Named):
    """Where and when an arm left the legal world."""

    diversion_kind = models.CharField(
        max_length=24, choices=DiversionKind.choices(), blank=True
    )
    diversion_on = models.DateField(null=True, blank=True)
    diversion_earliest_on = models.DateField(null=True, blank=True)
    diversion_latest_on = models.DateField(null=True, blank=True)
    diversion_place = models.CharField(max_length=120, blank=True)
    diversion_region = models.CharField(max_length=120, blank=True)
    diversion_country = models.CharField(max_length=2, blank=True)
    last_lawful_holder = models.ForeignKey(
        Holder, PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def last_lawful_holder_number(self) -> str:
        """Its number; empty where nobody is known."""
        return self.last_lawful_holder.number if self.last_lawful_holder else ""


# Reason of the decisions that earlier versions made where no person had.
OPENED_BY_NOBODY = "Opened by the domestic trace."


class TraceDecision(VersionRecord, TracedDiversion):
    """A person's decision on a trace: opened, excepted or closed, and why."""

    trace = models.ForeignKey(Trace, PROTECT, related_name="decisions")
    standing = models.CharField(max_length=10, choices=TraceStanding.choices())
    ground = models.CharField(max_length=40, choices=TraceGround.choices(), blank=True)
    exception = models.CharField(
        max_length=32, choices=TraceException.choices(), blank=True
    )
    outcome = models.CharField(
        max_length=32, choices=TraceOutcome.choices(), blank=True
    )
    established = models.CharField(
        max_length=18,
        choices=Establishment.choices(),
        default=Establishment.NOT_ESTABLISHED,
    )
    arm = models.ForeignKey(Arm, PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=120)

    scope = Scoped(through="trace")

    class Meta:
        constraints = of_versions("trace_decision", "trace")
        indexes = [index("trace_standing", "standing", "trace")]


class TraceFinding(VersionRecord, TracedDiversion):
    """What the domestic trace computed; a proposal until a person confirms it."""

    trace = models.ForeignKey(Trace, PROTECT, related_name="findings")
    arm = models.ForeignKey(Arm, PROTECT, null=True, blank=True, related_name="+")
    probability = models.FloatField(default=0.0)
    probability_absent = models.FloatField(default=1.0)
    first_hop = models.CharField(max_length=32, choices=FirstHop.choices())
    hop_country = models.CharField(max_length=2, blank=True)
    hop_reasons = models.JSONField(default=list, blank=True)
    confidence = models.FloatField(default=0.0)
    why = models.JSONField(default=list, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    is_lawfully_held = models.BooleanField(default=False)
    time_to_crime_days = models.IntegerField(null=True, blank=True)
    days_from_first_retail_sale = models.IntegerField(null=True, blank=True)
    model_version = models.CharField(max_length=40, blank=True)

    scope = Scoped(through="trace")

    class Meta:
        constraints = of_versions("trace_finding", "trace")

    @property
    def hop_why(self) -> tuple[Message, ...]:
        """Why the first hop goes there."""
        return tuple(map(Message.read, self.hop_reasons))


class TraceRequest(VersionRecord):
    """That another State was asked about an arm, and what it answered."""

    trace = models.ForeignKey(Trace, PROTECT, related_name="requests")
    country = models.CharField(max_length=2)
    asked_on = models.DateField()
    channel = models.CharField(max_length=12, choices=TraceChannel.choices())
    reference = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=150)
    answer = models.CharField(max_length=12, choices=TraceAnswer.choices(), blank=True)
    answered_on = models.DateField(null=True, blank=True)
    told = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)

    scope = Scoped(through="trace")

    class Meta:
        constraints = of_versions("trace_request", "trace", "country")


class ChainGap(models.Model):
    """A stretch of the chain without a record: a gap is a record too."""

    finding = models.ForeignKey(TraceFinding, PROTECT, related_name="gaps")
    kind = models.CharField(max_length=24, choices=GapKind.choices())
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    days = models.IntegerField(null=True, blank=True)
    said = models.JSONField(default=dict)

    scope = Scoped(through="finding")
    objects = ScopedManager()

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def sentence(self) -> Message:
        """What is missing, in words."""
        return Message.read(self.said)
