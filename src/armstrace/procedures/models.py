"""Procedures in use, the steps that each recovery gained, and closed recoveries."""

from functools import cached_property, lru_cache
from typing import Any

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.analysis.procedures import reading
from armstrace.analysis.procedures.procedure import Procedure
from armstrace.records.constraints import CURRENT, check, index, unique
from armstrace.records.scope import Scoped, no_such
from armstrace.records.versions import (
    KnownRecord,
    VersionRecord,
    ends_after_known,
    of_versions,
    one_current,
)
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.procedures import (
    UNDONE,
    StepAnswer,
    StepStanding,
    WaiverGround,
)

no_such_version = no_such(
    message("There is no such version of a procedure; look at the list again.")
)


class ProcedureVersion(KnownRecord):
    """One version of a standing procedure, kept whole and never changed."""

    code = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    content = models.JSONField()
    kept_by = models.CharField(max_length=150)

    scope = Scoped("procedure.view", missing=no_such_version)

    class Meta:
        constraints = [unique("procedure_version_once", "code", "number")]

    @cached_property
    def procedure(self) -> Procedure:
        """What it says."""
        return _procedure(self.code, self.number, _Content(self.content))


class _Content(dict[str, Any]):
    """Plain values of a version, which its code and number stand for."""

    def __hash__(self) -> int:  # type: ignore[override]
        return 0


@lru_cache(maxsize=32)
def _procedure(code: str, number: str, content: _Content) -> Procedure:
    del code, number
    return reading.read(content)


class ProcedureUse(VersionRecord):
    """Which version is in use: one a State at any moment."""

    version = models.ForeignKey(ProcedureVersion, PROTECT, related_name="uses")
    country = models.CharField(max_length=2, blank=True)
    put_by = models.CharField(max_length=150)

    scope = Scoped("procedure.view")

    class Meta:
        constraints = [
            one_current("procedure_in_use", "country"),
            ends_after_known("procedure_use_times"),
        ]


class ProcedureChange(KnownRecord):
    """That open recoveries gained the steps of another version, as one act."""

    version = models.ForeignKey(ProcedureVersion, PROTECT, related_name="changes")
    before = models.ForeignKey(
        ProcedureVersion, PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.CharField(max_length=150)
    gained = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    reverted_at = models.DateTimeField(null=True, blank=True)
    reverted_by = models.CharField(max_length=150, blank=True)

    scope = Scoped("procedure.view")


class Followed(KnownRecord):
    """A recovered arm that has the steps of a procedure, and whether it is closed.

    ``open_steps`` repeats the count of its steps, so that the database itself
    refuses to close it while one is open.
    """

    recovery = models.OneToOneField(Recovery, PROTECT, related_name="followed")
    record = models.ForeignKey(RecoveryRecord, PROTECT, related_name="+")
    version = models.ForeignKey(ProcedureVersion, PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    open_steps = models.PositiveSmallIntegerField()
    is_closed = models.BooleanField(default=False)

    scope = Scoped("step.view", through="recovery")

    class Meta:
        constraints = [
            check("closed_without_open_step", Q(is_closed=False) | Q(open_steps=0))
        ]
        indexes = [index("followed_closed", "is_closed")]


class Step(VersionRecord):
    """How one step of a recovery stands: opened, unlocked, done or waived.

    A version is superseded by the next state of the same step. ``reason`` is what
    was said with the act, ``record`` the record that says that it is done.
    """

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="steps")
    version = models.ForeignKey(ProcedureVersion, PROTECT, related_name="steps")
    change = models.ForeignKey(
        ProcedureChange, PROTECT, null=True, blank=True, related_name="steps"
    )
    round = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=16, choices=Role.choices())
    answer = models.CharField(max_length=16, choices=StepAnswer.choices())
    agency = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=StepStanding.choices())
    opened_at = models.DateTimeField()
    unlocked_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=150, blank=True)
    record = models.CharField(max_length=80, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=24, choices=WaiverGround.choices(), blank=True)
    asked_by = models.CharField(max_length=150, blank=True)
    asked_because = models.CharField(max_length=500, blank=True)

    scope = Scoped("step.view", through="recovery")

    class Meta:
        constraints = [
            *of_versions("step", "recovery", "round", "code"),
            check(
                "step_done_by_somebody",
                ~Q(state=StepStanding.DONE.value)
                | (Q(ended_at__isnull=False) & (~Q(record="") | ~Q(done_by=""))),
            ),
            check(
                "step_waived_by_a_second",
                ~Q(state=StepStanding.WAIVED.value)
                | (
                    Q(ended_at__isnull=False)
                    & ~Q(ground="")
                    & ~Q(reason="")
                    & ~Q(asked_by="")
                    & ~Q(done_by="")
                    & ~Q(done_by=F("asked_by"))
                ),
            ),
        ]
        indexes = [
            index(
                "step_open",
                "due_on",
                "recovery",
                "position",
                where=CURRENT & Q(state=StepStanding.OPEN.value),
            ),
            index(
                "step_open_by_role",
                "role",
                "due_on",
                "recovery",
                "position",
                where=CURRENT & Q(state=StepStanding.OPEN.value),
            ),
            index("step_answer", "answer", "state", where=CURRENT),
        ]

    def __str__(self) -> str:
        return f"{self.recovery} {self.code} {self.state}"

    @property
    def is_undone(self) -> bool:
        """Tell whether it is neither done nor waived."""
        return self.state in UNDONE


class Closing(VersionRecord):
    """That a recovery was closed, or opened again, by whom and why."""

    recovery = models.ForeignKey(Recovery, PROTECT, related_name="closings")
    is_closed = models.BooleanField()
    decided_by = models.CharField(max_length=150)

    scope = Scoped("step.view", through="recovery")

    class Meta:
        constraints = [
            *of_versions("closing", "recovery"),
            check("reopened_because", Q(is_closed=True) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.recovery} {'closed' if self.is_closed else 'open'}"
