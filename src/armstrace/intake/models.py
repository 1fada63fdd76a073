"""Files that were loaded, what became of each row, and saved profiles."""

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.intake.fields import IntakeKind
from armstrace.intake.outcomes import HeldState, Reason
from armstrace.intake.profiles.schema import Profile, read_profile
from armstrace.jobs.models import Job
from armstrace.records.constraints import check, index, unique
from armstrace.records.scope import Scoped, ScopedManager, at, no_such
from armstrace.records.versions import VersionRecord, one_current
from armstrace.vocabulary.messages import message

# Stands for a profile where a batch gathers what another system sent row by row.
MESSAGES = "messages"
# What a notice of the trade is called that was typed and waits for the registry.
NOTICE = "notice"
# Characters of a number by which a held row is found again.
LOOKED_FOR = 120


class ColumnProfile(VersionRecord):
    """A profile that someone saved; it wins over a shipped one of its name."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=IntakeKind.choices())
    text = models.TextField()
    saved_by = models.CharField(max_length=150)

    scope = Scoped("intake.view")

    class Meta:
        constraints = [one_current("column_profile_current", "name")]

    def __str__(self) -> str:
        return self.name


no_such_batch = no_such(message("There is no such file among those loaded."))
no_such_row = no_such(message("There is no such held row."))


class Batch(models.Model):
    """One file, or one stream of rows, on its way into the records.

    ``job`` says how far it has come; its cursor is the last row whose outcome is
    written.
    """

    job = models.OneToOneField(Job, PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=IntakeKind.choices())
    source = models.CharField(max_length=80)
    arm_source = models.CharField(max_length=80)
    agency = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    file_path = models.CharField(max_length=1000, blank=True)
    file_digest = models.CharField(max_length=64)
    profile_name = models.CharField(max_length=80)
    profile_digest = models.CharField(max_length=64)
    profile_text = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=150)
    rows_expected = models.PositiveIntegerField(default=0)
    chunks = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    rows_loaded = models.PositiveIntegerField(default=0)
    rows_corrected = models.PositiveIntegerField(default=0)
    rows_held = models.PositiveIntegerField(default=0)
    rows_skipped = models.PositiveIntegerField(default=0)
    by_reason = models.JSONField(default=dict, blank=True)
    arms_by_class = models.JSONField(default=dict, blank=True)
    headings = models.JSONField(default=list, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    remarks = models.JSONField(default=list, blank=True)

    scope = Scoped("intake.view", at("agency"), missing=no_such_batch)
    objects = ScopedManager()

    class Meta:
        constraints = [
            check(
                "batch_rows_add_up",
                Q(
                    rows_read=models.F("rows_loaded")
                    + models.F("rows_held")
                    + models.F("rows_skipped")
                ),
            )
        ]
        indexes = [index("batch_file", "file_digest", "kind")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.kind})"

    @property
    def profile(self) -> Profile:
        """The profile by which its file is read; rows that came in none have none."""
        return read_profile(self.profile_text, origin=self.profile_name)


class Chunk(models.Model):
    """A stretch of rows that was loaded in one transaction.

    ``outcomes`` holds one letter of ``Outcome`` for each row from ``first_row``.
    """

    batch = models.ForeignKey(Batch, PROTECT, related_name="loaded_chunks")
    number = models.PositiveIntegerField()
    first_row = models.PositiveIntegerField()
    outcomes = models.TextField()

    scope = Scoped(through="batch")
    objects = ScopedManager()

    class Meta:
        constraints = [unique("chunk_once", "batch", "number")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class HeldRow(models.Model):
    """A row that is kept aside whole until someone mends or dismisses it."""

    batch = models.ForeignKey(Batch, PROTECT, related_name="held")
    row = models.PositiveIntegerField()
    identity = models.CharField(max_length=LOOKED_FOR, blank=True)
    cells = models.JSONField()
    values = models.JSONField()
    reason = models.CharField(max_length=24, choices=Reason.choices())
    field = models.CharField(max_length=40, blank=True)
    troubles = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=HeldState.choices(), default=HeldState.OPEN
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_why = models.CharField(max_length=500, blank=True)

    scope = Scoped(through="batch", missing=no_such_row)
    objects = ScopedManager()

    class Meta:
        constraints = [unique("held_row_once", "batch", "row")]
        indexes = [
            index("held_row_open", "identity", where=Q(state="OPEN")),
            index("held_row_mended", "identity", where=Q(state="MENDED")),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}, row {self.row}: {self.reason}"

    @property
    def is_message(self) -> bool:
        """Tell whether another system sent it, and so only some of its fields."""
        return self.batch.profile_name == MESSAGES
