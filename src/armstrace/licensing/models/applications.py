"""Applications for licences, what is asked and said of them, and terms of licences."""

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.evidence.models import StoredFile
from armstrace.licensing.models.holders import Holder
from armstrace.records.constraints import CURRENT, check, index, unique
from armstrace.records.scope import Scoped, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    of_versions,
)
from armstrace.vocabulary.licensing import (
    AdviceAnswer,
    ApplicationKind,
    Department,
    DocumentKind,
    GroundClass,
    LicenceAct,
    LicenceStage,
    LicenceType,
    StopCause,
    Turn,
)
from armstrace.vocabulary.messages import message

no_such_application = no_such(
    message("There is no application Q%(number)s here; look at the list.")
)


def _concerns(path: str, agency: str) -> Q:
    """Let an agency see what it entered, and what is of its own business."""
    own = {"reportings__agency__code": agency, "reportings__superseded_at": None}
    return Q(**{f"{path}agency": agency}) | Q(
        **{f"{path}holder__in": Holder.objects.filter(**own)}
    )


class Application(NumberedRecord):
    """An application for a licence: an identity that its records describe.

    ``key`` is made by the page, so that sending the form twice makes one.
    """

    letter = "Q"
    agency = models.CharField(max_length=40)
    holder = models.ForeignKey(Holder, PROTECT, related_name="applications")
    activity = models.CharField(max_length=20, choices=LicenceType.choices())
    kind = models.CharField(max_length=8, choices=ApplicationKind.choices())
    of_licence = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=40)
    made_by = models.CharField(max_length=150)

    scope = Scoped("licence.view", _concerns, missing=no_such_application)

    class Meta:
        constraints = [
            check("application_of_licence", Q(kind="NEW") ^ ~Q(of_licence="")),
            unique("application_key", "made_by", "key"),
        ]


class ApplicationRecord(VersionRecord):
    """How an application stood after an act: what it asks, and what came of it."""

    application = models.ForeignKey(Application, PROTECT, related_name="records")
    stage = models.CharField(max_length=12, choices=LicenceStage.choices())
    turn = models.CharField(max_length=12, choices=Turn.choices())
    act = models.CharField(max_length=12, choices=LicenceAct.choices())
    done_by = models.CharField(max_length=150)
    # What is applied for, and in the end licensed.
    purpose = models.CharField(max_length=500, blank=True)
    categories = models.CharField(max_length=120, blank=True)
    quantity = models.PositiveIntegerField(null=True, blank=True)
    storage = models.CharField(max_length=200, blank=True)
    born_on = models.DateField(null=True, blank=True)
    conditions = models.CharField(max_length=1000, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    # How the checks of the profile came out when somebody last looked.
    missing = models.JSONField(default=list)
    # The clock.
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    days_allowed = models.PositiveIntegerField(null=True, blank=True)
    days_used = models.PositiveIntegerField(null=True, blank=True)
    # Who, and the decision.
    assessor = models.CharField(max_length=150, blank=True)
    is_granted = models.BooleanField(null=True)
    ground = models.CharField(max_length=12, choices=GroundClass.choices(), blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    visible_until = models.DateField(null=True, blank=True)
    licence_number = models.CharField(max_length=64, blank=True)

    scope = Scoped(through="application")

    class Meta:
        constraints = [
            *of_versions("application_record", "application"),
            check(
                "application_four_eyes",
                Q(decided_by="") | ~Q(decided_by=models.F("assessor")),
            ),
        ]
        indexes = [
            # SQLite takes it for a count only where it holds every column asked.
            index(
                "application_stage", "stage", "sent_on", "superseded_at", where=CURRENT
            ),
            index("application_decided", "decided_on", where=CURRENT),
            index("application_by_day", "sent_on", "id", where=CURRENT),
            index("application_turn", "turn", "sent_on", where=CURRENT),
            index("application_due", "due_on", "stage", where=CURRENT),
            index("application_licence", "licence_number", where=CURRENT),
        ]


class ApplicationDocument(KnownRecord):
    """A document of an application."""

    application = models.ForeignKey(Application, PROTECT, related_name="documents")
    kind = models.CharField(max_length=16, choices=DocumentKind.choices())
    file = models.ForeignKey(StoredFile, PROTECT, related_name="+")
    added_by = models.CharField(max_length=150)

    scope = Scoped(through="application")


class Question(KnownRecord):
    """A question that stops the clock until it is answered."""

    application = models.ForeignKey(Application, PROTECT, related_name="questions")
    cause = models.CharField(max_length=8, choices=StopCause.choices())
    words = models.CharField(max_length=1000)
    asked_by = models.CharField(max_length=150)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)

    scope = Scoped(through="application")

    def __str__(self) -> str:
        return f"{self.application} {self.cause}"


class Advice(VersionRecord):
    """A department that is heard, and what it said; empty while it has not."""

    application = models.ForeignKey(Application, PROTECT, related_name="advice")
    department = models.CharField(max_length=12, choices=Department.choices())
    answer = models.CharField(max_length=12, choices=AdviceAnswer.choices(), blank=True)
    words = models.CharField(max_length=1000, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="application")

    class Meta:
        constraints = of_versions("advice", "application", "department")


class LicenceTerms(VersionRecord):
    """What a licence allows and whether it is in force, by its number.

    A licence that came from a register without terms is in force on its dates.
    """

    number = models.CharField(max_length=64)
    application = models.ForeignKey(
        Application, PROTECT, related_name="terms", null=True, blank=True
    )
    stage = models.CharField(max_length=12, choices=LicenceStage.choices())
    categories = models.CharField(max_length=120, blank=True)
    quantity = models.PositiveIntegerField(null=True, blank=True)
    conditions = models.CharField(max_length=1000, blank=True)
    ground = models.CharField(max_length=12, choices=GroundClass.choices(), blank=True)
    decided_by = models.CharField(max_length=150)

    scope = Scoped("holder.view")

    class Meta:
        constraints = of_versions("licence_terms", "number")
        indexes = [index("licence_terms_stage", "stage", "known_at", where=CURRENT)]
