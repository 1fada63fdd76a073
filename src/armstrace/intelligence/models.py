"""Subjects as written, links that people assert, judgements that two are one."""

from typing import Self

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.records.constraints import CURRENT, check, index
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import (
    KnownManager,
    Named,
    NumberedRecord,
    VersionManager,
    VersionQuerySet,
    VersionRecord,
    of_versions,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.intelligence import (
    SUBJECT_KINDS,
    Basis,
    PersonCategory,
    Sameness,
)
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import (
    HandlingCode,
    InformationGrade,
    LinkKind,
    SourceGrade,
)

# The line of the policy that opens information of each handling code.
OPENED_BY = {
    HandlingCode.H0: "intelligence.view",
    HandlingCode.H1: "intelligence_h1.view",
    HandlingCode.H2: "intelligence_h2.view",
    HandlingCode.H3: "intelligence_h3.view",
}


no_such_subject = no_such(
    message("There is no subject P%(number)s here; check the number.")
)
no_such_link = no_such(message("There is no link L%(number)s here; check the number."))


def handling_codes(viewer: Actor) -> list[HandlingCode]:
    """Give the codes by which a viewer could read what they record themselves."""
    return [code for code, grant in OPENED_BY.items() if viewer.may(grant)]


def handling_condition(viewer: Actor, agency: str = "agency") -> Q:
    """Give the condition that the handling code lets a viewer see a row."""
    viewer.require(OPENED_BY[HandlingCode.H0])
    opened = [
        (code.value, viewer.agencies(grant))
        for code, grant in OPENED_BY.items()
        if viewer.may(grant)
    ]
    of_all = [code for code, reach in opened if reach.are_all]
    of_own = [code for code, reach in opened if not reach.are_all]
    return Q(handling__in=of_all) | Q(handling__in=of_own, **{agency: viewer.agency})


class HandledQuerySet[M: models.Model](VersionQuerySet[M]):
    """Rows that are seen as far as their handling code allows."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what the handling code lets a viewer see."""
        return self.filter(handling_condition(viewer))


class HandledManager[M: models.Model](VersionManager[M], KnownManager[M]):
    """The way to rows with a handling code."""

    def get_queryset(self) -> HandledQuerySet[M]:
        """Give all rows."""
        return HandledQuerySet(self.model, using=self._db)

    def visible_to(self, viewer: Actor) -> HandledQuerySet[M]:
        """Keep what a viewer may see."""
        return self.get_queryset().visible_to(viewer)


class Handled(Named):
    """Whose information it is, and what that agency lets be done with it."""

    agency = models.CharField(max_length=40)
    handling = models.CharField(max_length=2, choices=HandlingCode.choices())

    objects = HandledManager()

    class Meta:
        abstract = True


class Graded(Handled):
    """How good information is, what restricts it and when it is looked at again."""

    source_grade = models.CharField(max_length=1, choices=SourceGrade.choices())
    information_grade = models.CharField(
        max_length=1, choices=InformationGrade.choices()
    )
    restriction = models.CharField(max_length=300, blank=True)
    review_on = models.DateField()

    class Meta:
        abstract = True

    @property
    def grade(self) -> str:
        """The two parts of 4x4 as people write them, such as B2."""
        return f"{self.source_grade}{self.information_grade}"


class Subject(Handled, NumberedRecord):  # type: ignore[misc]
    """A person, group, address or other thing as it was written, once in each place.

    Handling code and withdrawal repeat its current record; the actions that correct
    it rewrite them in the same transaction.
    """

    letter = "P"
    kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.label) for kind in SUBJECT_KINDS]
    )
    is_withdrawn = models.BooleanField(default=False)

    scope = Scoped("intelligence.view", at("agency"), missing=no_such_subject)

    class Meta:
        indexes = [index("subject_kind", "kind", "id")]

    def __str__(self) -> str:
        return self.reference


class SubjectRecord(Graded, VersionRecord):  # type: ignore[misc]
    """What is known of a subject; personal data, read only through disclosure."""

    subject = models.ForeignKey(Subject, PROTECT, related_name="records")
    name = models.CharField(max_length=200)
    other_names = models.TextField(blank=True)
    born = models.CharField(max_length=40, blank=True)
    document = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    category = models.CharField(
        max_length=10,
        choices=PersonCategory.choices(),
        default=PersonCategory.UNKNOWN,
    )
    basis = models.CharField(max_length=10, choices=Basis.choices(), default=Basis.FACT)
    notes = models.TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)
    told_by = models.CharField(max_length=150)

    scope = Scoped(
        "intelligence.view", at("agency"), key="subject_id", missing=no_such_subject
    )

    class Meta:
        constraints = of_versions("subject_record", "subject")
        indexes = [
            index(
                "subject_record_review",
                "review_on",
                where=Q(superseded_at=None, is_withdrawn=False),
            ),
            index(
                "subject_record_document", "document", where=CURRENT & ~Q(document="")
            ),
        ]


class Link(Graded, NumberedRecord):  # type: ignore[misc]
    """A link that a person asserted between two records; it is removed, never edited.

    The ends are record numbers as people write them, since some of the records are
    kept above this app.
    """

    letter = "L"
    start = models.CharField(max_length=24)
    end = models.CharField(max_length=24)
    kind = models.CharField(max_length=24, choices=LinkKind.choices())
    source = models.CharField(max_length=200)
    told = models.TextField(blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    asserted_by = models.CharField(max_length=150)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=150, blank=True)
    removed_because = models.CharField(max_length=500, blank=True)

    scope = Scoped("intelligence.view", at("agency"), missing=no_such_link)

    class Meta:
        constraints = [
            check("link_of_two", ~Q(start=F("end"))),
            check(
                "asserted_link_removed_why", Q(removed_at=None) | ~Q(removed_because="")
            ),
        ]
        indexes = [
            index("asserted_link_start", "start"),
            index("asserted_link_end", "end"),
            index("asserted_link_review", "review_on", where=Q(removed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.start} {self.kind} {self.end}"

    @property
    def link_kind(self) -> LinkKind:
        """Give what links the two."""
        return LinkKind(self.kind)


class SamenessJudgement(Handled, VersionRecord):  # type: ignore[misc]
    """A person's word on whether two records mean one; a later version takes it back.

    Each agency has a word of its own.
    ``score`` and ``why`` keep what the comparison of names said when it was judged.
    """

    first = models.CharField(max_length=24)
    second = models.CharField(max_length=24)
    judgement = models.CharField(max_length=10, choices=Sameness.choices())
    score = models.FloatField(null=True, blank=True)
    why = models.JSONField(default=list, blank=True)
    judged_by = models.CharField(max_length=150)

    scope = Scoped("intelligence.view", at("agency"))

    class Meta:
        constraints = of_versions("sameness", "first", "second", "agency")
        indexes = [index("sameness_second", "second")]


class NameKey(models.Model):
    """By which keys subjects are found by their names: derived, never ledgered."""

    pk = models.CompositePrimaryKey("key", "subject_id")
    key = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.key


class SamenessProposal(models.Model):
    """Two subjects whose names are near: derived, a reason to look (never ledgered)."""

    pk = models.CompositePrimaryKey("first_id", "second_id")
    first_id = models.BigIntegerField()
    second_id = models.BigIntegerField(db_index=True)
    score = models.FloatField()

    def __str__(self) -> str:
        return f"P{self.first_id} ? P{self.second_id}"
