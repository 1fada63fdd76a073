"""What is written in a case, how it ended, and whom else it touches."""

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.evidence.models import StoredFile
from armstrace.intelligence.models import Subject
from armstrace.investigations.models.cases import Case, no_such_case
from armstrace.records.scope import Scoped
from armstrace.records.versions import (
    KnownRecord,
    VersionRecord,
    of_versions,
)
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import (
    EntryKind,
    LessonKind,
    OverlapKind,
    PersonRole,
)
from armstrace.vocabulary.networks import HandlingCode, NodeKind

LONGEST = 2_000


class CaseEntry(VersionRecord):
    """One numbered entry of a case: an event, a person, a task, a charge.

    A person is kept as written, in the case alone, so that a sealed case tells the
    linked picture nothing; ``subject`` points to the picture. ``mentions`` holds
    numbers of other entries, ``recovery_ids`` those of recovered items of the case;
    ``elements`` says of a charge which entry or item bears which element.
    """

    case = models.ForeignKey(Case, PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=EntryKind.choices())
    text = models.CharField(max_length=LONGEST)
    why = models.CharField(max_length=LONGEST, blank=True)
    person = models.CharField(max_length=150, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    happened_until = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=10, choices=Basis.choices(), default="FACT")
    handling = models.CharField(
        max_length=2, choices=HandlingCode.choices(), default="H0"
    )
    permission = models.CharField(max_length=300, blank=True)
    subject_kind = models.CharField(
        max_length=12, choices=NodeKind.choices(), blank=True
    )
    role = models.CharField(max_length=10, choices=PersonRole.choices(), blank=True)
    subject = models.ForeignKey(
        Subject, PROTECT, null=True, blank=True, related_name="case_entries"
    )
    subject_key = models.CharField(max_length=2_020, blank=True)
    mentions = models.JSONField(default=list, blank=True)
    recovery_ids = models.JSONField(default=list, blank=True)
    offence = models.CharField(max_length=20, blank=True)
    elements = models.JSONField(default=dict, blank=True)
    file = models.ForeignKey(
        StoredFile, PROTECT, null=True, blank=True, related_name="+"
    )
    is_withdrawn = models.BooleanField(default=False)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="case", key="case_id", missing=no_such_case)

    class Meta:
        constraints = [
            *of_versions("case_entry", "case", "number"),
            models.CheckConstraint(
                condition=Q(happened_until=None)
                | Q(happened_until__gt=F("happened_on")),
                name="case_entry_days",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "due_on"],
                name="case_entry_due",
                condition=Q(superseded_at=None, done_on=None, is_withdrawn=False),
            ),
            models.Index(
                fields=["subject_key"],
                name="case_entry_subject",
                condition=Q(superseded_at=None) & ~Q(subject_key=""),
            ),
        ]

    @property
    def when(self) -> DateSpan | None:
        """Give when it happened, as precisely as that is known."""
        if self.happened_on is None:
            return None
        return DateSpan.of(self.happened_on, self.happened_until)


class CaseOutcome(KnownRecord):
    """How a case ended: each of its aims, and what is done so that it ends there."""

    case = models.ForeignKey(Case, PROTECT, related_name="outcomes")
    results = models.JSONField()
    preventive_action = models.CharField(max_length=LONGEST)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="case", key="case_id", missing=no_such_case)


class CaseLesson(KnownRecord):
    """One thing that a case taught; each closed case has at least one."""

    outcome = models.ForeignKey(CaseOutcome, PROTECT, related_name="lessons")
    kind = models.CharField(max_length=8, choices=LessonKind.choices())
    text = models.CharField(max_length=LONGEST)

    scope = Scoped(through="outcome")


class Overlap(KnownRecord):
    """That a case asked and touches what another open case holds.

    Each side reads it in its own words: ``own`` is the item (``R12``) or entry
    (``5``) of the case that asked, ``theirs`` that of the other.
    """

    case = models.ForeignKey(Case, PROTECT, related_name="overlaps")
    other = models.ForeignKey(Case, PROTECT, related_name="asked")
    kind = models.CharField(max_length=8, choices=OverlapKind.choices())
    own = models.CharField(max_length=24)
    theirs = models.CharField(max_length=24)
    asked_by = models.CharField(max_length=150)
    asked_agency = models.CharField(max_length=40)

    scope = Scoped(through="case", key="case_id", missing=no_such_case)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other", "kind", "own", "theirs"],
                name="case_overlap_once",
            ),
            models.CheckConstraint(
                condition=~Q(case=F("other")), name="case_overlap_of_two"
            ),
        ]
