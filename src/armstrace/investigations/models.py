"""Parallel cases: members, what was recovered and written in them, how they ended."""

from typing import Any

from django.db import models
from django.db.models import PROTECT, F, Q, QuerySet

from armstrace.evidence.models import StoredFile
from armstrace.intelligence.models import Subject
from armstrace.records import numbering
from armstrace.records.constraints import CURRENT, check, index, unique
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    of_versions,
)
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Actor, Agencies
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import (
    CaseAct,
    CaseState,
    EntryKind,
    LessonKind,
    OverlapKind,
    PersonRole,
)
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import HandlingCode, NodeKind

LONGEST = 2_000

no_such_case = no_such(message("There is no case C%(number)s here; check the number."))


def _shown_to(path: str, viewer: Actor, agencies: Agencies) -> Q:
    """Keep what the viewer is a member of, and what is not sealed and in reach."""
    own = cases_of(viewer.name)
    unsealed = Q(**{f"{path}is_sealed": False})
    within = Q() if agencies.are_all else at("agency")(path, agencies.own)
    return Q(**{f"{path}pk__in": own}) | (unsealed & within)


def cases_of(person: str) -> QuerySet[Any, Any]:
    """Give the keys of the cases of which a person is a member."""
    return CaseMember.objects.current().filter(person=person).values("case")


class Case(NumberedRecord):
    """A case beside the main one, that asks where the arms came from.

    Its number is drawn from a keyed digest, so that the numbers in a list do not
    tell how many sealed cases stand between them. ``known_at`` is when it was opened.
    What it is called, for, and how it stands repeats the last of its changes.
    """

    letter = "C"
    agency = models.CharField(max_length=40)
    opened_by = models.CharField(max_length=150)
    why = models.CharField(max_length=500)
    title = models.CharField(max_length=200)
    aims = models.JSONField(default=list)
    main_case = models.CharField(max_length=120, blank=True)
    lead = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=8, choices=CaseState.choices())
    is_sealed = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    scope = Scoped("case.view", at("agency"), shown_to=_shown_to, missing=no_such_case)

    class Meta:
        constraints = [
            check("case_has_title", ~Q(title="")),
            check(
                "case_closed_at",
                Q(state="OPEN", closed_at=None)
                | Q(state="CLOSED", closed_at__isnull=False),
            ),
        ]
        indexes = [
            index("case_agency", "agency", "-known_at"),
            index("case_main_case", "main_case"),
        ]


class CaseChange(KnownRecord, numbering.HiddenKey):
    """What was done with a case as a whole, by whom and why.

    ``values`` holds what the act set, as columns of the case or as who and what was
    added or taken out.
    """

    case = models.ForeignKey(Case, PROTECT, related_name="changes")
    act = models.CharField(max_length=16, choices=CaseAct.choices())
    told_by = models.CharField(max_length=150)
    told_agency = models.CharField(max_length=40)
    reason = models.CharField(max_length=500, blank=True)
    values = models.JSONField(default=dict, blank=True)

    scope = Scoped(through="case", key="case_id", missing=no_such_case)


class CaseMember(VersionRecord):
    """Somebody who works on a case, of whichever agency."""

    case = models.ForeignKey(Case, PROTECT, related_name="members")
    person = models.CharField(max_length=150)
    given_by = models.CharField(max_length=150)

    scope = Scoped(through="case", key="case_id", missing=no_such_case)

    class Meta:
        constraints = of_versions("case_member", "case", "person")
        indexes = [index("case_member_person", "person", "case", where=CURRENT)]


class CaseRecovery(VersionRecord):
    """A recovered item that a case is about; one item may be in several cases."""

    case = models.ForeignKey(Case, PROTECT, related_name="items")
    recovery = models.ForeignKey(Recovery, PROTECT, related_name="cases")
    given_by = models.CharField(max_length=150)

    scope = Scoped(through="case", key="case_id", missing=no_such_case)

    class Meta:
        constraints = of_versions("case_recovery", "case", "recovery")


class CaseEntry(VersionRecord, numbering.HiddenKey):
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
            check(
                "case_entry_days",
                Q(happened_until=None) | Q(happened_until__gt=F("happened_on")),
            ),
        ]
        indexes = [
            index(
                "case_entry_due",
                "person",
                "due_on",
                where=Q(superseded_at=None, done_on=None, is_withdrawn=False),
            ),
            index(
                "case_entry_subject", "subject_key", where=CURRENT & ~Q(subject_key="")
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
            unique("case_overlap_once", "case", "other", "kind", "own", "theirs"),
            check("case_overlap_of_two", ~Q(case=F("other"))),
        ]
