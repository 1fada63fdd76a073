"""Declarations with their points, lists for examination, and what was found."""

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.analysis.risk.declarations import Declaration as Goods
from armstrace.records.constraints import CURRENT, index, unique
from armstrace.records.fields import MessageField
from armstrace.records.scope import Scoped, ScopedManager, at, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    StatementRecord,
    VersionRecord,
    of_versions,
)
from armstrace.recoveries.models import Recovery
from armstrace.risk import inputs
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.risk import DeclarationKind, Find, Lane
from armstrace.vocabulary.warnings import UNDECIDED, WarningKind, WarningState

no_such_declaration = no_such(
    message("There is no declaration D%(number)s here; check the number.")
)


class Declaration(NumberedRecord):
    """Goods that somebody declared; what is stated of them stands in records."""

    letter = "D"
    source = models.CharField(max_length=80)
    source_number = models.CharField(max_length=120)
    agency = models.CharField(max_length=40)

    scope = Scoped("declaration.view", at("agency"), missing=no_such_declaration)

    class Meta:
        constraints = [unique("declaration_at_source", "source", "source_number")]
        indexes = [index("declaration_number", "source_number")]


class DeclarationRecord(StatementRecord):
    """One state of what is declared, with the points that it was given.

    ``stated`` keeps all that is stated; the columns beside it are what lists and
    the look-ups of earlier declarations ask by.
    """

    declaration = models.ForeignKey(Declaration, PROTECT, related_name="records")
    kind = models.CharField(max_length=12, choices=DeclarationKind.choices())
    declared_on = models.DateField(null=True, blank=True)
    hs_code = models.CharField(max_length=14, blank=True)
    stated = models.JSONField()
    score = models.FloatField()
    points = models.JSONField(default=list, blank=True)
    consignor_key = models.CharField(max_length=16, blank=True)
    cluster_key = models.CharField(max_length=16, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    certificate = models.CharField(max_length=120, blank=True)

    scope = Scoped(through="declaration", key="declaration_id")

    class Meta:
        constraints = of_versions("declaration", "declaration")
        indexes = [
            index("declaration_by_day", "declared_on", "score", where=CURRENT),
            index("declaration_consignor", "consignor_key"),
            index("declaration_cluster", "cluster_key", "declared_on"),
            index("declaration_licence", "licence", where=~Q(licence="")),
            index("declaration_certificate", "certificate", where=~Q(certificate="")),
        ]

    @property
    def goods(self) -> Goods:
        """What is declared, as a plain value."""
        return inputs.read(self.stated)


class Hit(models.Model):
    """That an indicator hit, so that hits are counted without reading points."""

    record = models.ForeignKey(DeclarationRecord, PROTECT, related_name="hits")
    code = models.CharField(max_length=8)

    scope = Scoped(through="record")
    objects = ScopedManager()

    class Meta:
        indexes = [index("hit_code", "code", "record")]

    def __str__(self) -> str:
        return f"{self.code} of {self.record_id}"


class ExaminationList(KnownRecord):
    """What a shift examines on a day: the highest scores, and some selected at random.

    ``seed`` is kept so that anybody can draw the lot again.
    """

    agency = models.CharField(max_length=40)
    day = models.DateField()
    capacity = models.PositiveIntegerField()
    candidates = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    drawn_by = models.CharField(max_length=150)

    scope = Scoped("declaration.view", at("agency"))

    class Meta:
        indexes = [index("examination_list_day", "agency", "day")]


class ListedDeclaration(models.Model):
    """A declaration on a list; it is on one list at most."""

    listed_in = models.ForeignKey(ExaminationList, PROTECT, related_name="rows")
    declaration = models.OneToOneField(Declaration, PROTECT, related_name="listed")
    rank = models.PositiveIntegerField()
    lane = models.CharField(max_length=8, choices=Lane.choices())
    score = models.FloatField()

    scope = Scoped(through="listed_in")
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.rank} {self.declaration}"


class Examination(VersionRecord):
    """What was found of a declaration; ``lane`` is empty where no list named it."""

    declaration = models.ForeignKey(Declaration, PROTECT, related_name="examinations")
    find = models.CharField(max_length=12, choices=Find.choices())
    examined_on = models.DateField()
    examined_by = models.CharField(max_length=150)
    lane = models.CharField(max_length=8, choices=Lane.choices(), blank=True)
    notes = models.CharField(max_length=2000, blank=True)
    recovery = models.ForeignKey(
        Recovery, PROTECT, null=True, blank=True, related_name="examinations"
    )

    scope = Scoped(through="declaration", key="declaration_id")

    class Meta:
        constraints = of_versions("examination", "declaration")
        indexes = [index("examination_day", "examined_on")]


no_such_warning = no_such(
    message("There is no warning W%(number)s here; check the number.")
)


class EarlyWarning(NumberedRecord):
    """What was worth a look, with the records that it rests on; raised once.

    ``agency`` is empty where its records are of several agencies: then it is for
    those who see all of them. ``key`` is unique, so that two runs raise it once.
    """

    letter = "W"
    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=WarningKind.choices())
    agency = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=16, choices=Role.choices())
    evidence = models.JSONField()
    sentence = MessageField()
    chance = models.FloatField()
    seen_on = models.DateField()

    scope = Scoped("warning.view", at("agency"), missing=no_such_warning)

    class Meta:
        indexes = [index("warning_subject", "kind", "subject")]

    def lock_standing(self) -> "WarningStanding":
        """Give what stands of it, which nobody else changes until the end."""
        standings = WarningStanding.objects.select_for_update()
        return standings.get(warning=self, superseded_at=None)


class WarningStanding(VersionRecord):
    """What became of a warning: who took it, dismissed it and why, or acted.

    ``added`` has the numbers of the records that joined it since it was raised.
    """

    warning = models.ForeignKey(EarlyWarning, PROTECT, related_name="standings")
    state = models.CharField(max_length=10, choices=WarningState.choices())
    person = models.CharField(max_length=150, blank=True)
    case_number = models.CharField(max_length=120, blank=True)
    added = models.JSONField(default=list, blank=True)

    scope = Scoped(through="warning", key="warning_id")

    class Meta:
        constraints = of_versions("warning_standing", "warning")
        indexes = [index("warning_by_state", "state", "warning", where=CURRENT)]

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for a decision."""
        return self.state in UNDECIDED
