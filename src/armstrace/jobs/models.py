"""Work that survives being cut off: its state, its place, and as whom it acts."""

from typing import ClassVar

from django.db import models

from armstrace.records.constraints import index
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.jobs import JobState


class Job(models.Model):
    """One piece of work on its way; the rows it works on name it.

    ``cursor`` is the last item whose outcome is written, and ``result`` what was
    found so far: a job that was cut off goes on after it. ``worker`` names the one
    process that may write the next step. ``queued_at`` is None while no worker was
    asked, because a command runs the job itself. ``attempts`` counts the claims
    since the job last moved.
    """

    kind = models.CharField(max_length=40)
    state = models.CharField(
        max_length=10, choices=JobState.choices(), default=JobState.WAITING
    )
    cursor = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict, blank=True)
    problem = models.JSONField(default=dict, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    actor = models.CharField(max_length=150)
    agency = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=16, choices=Role.choices(), blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose.choices(), blank=True)
    begun_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True)
    task_id = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = models.Manager["Job"]()

    class Meta:
        indexes = [index("job_state", "state", "heartbeat_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
