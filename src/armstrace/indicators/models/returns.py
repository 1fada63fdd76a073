"""Returns that were kept, and what people add to the records in them."""

from django.db import models
from django.db.models import Q

from armstrace.analysis.statistics.questionnaire.filled import Origin, WhyBlank
from armstrace.records.scope import Scoped
from armstrace.records.versions import (
    KnownRecord,
    VersionRecord,
    of_versions,
)
from armstrace.vocabulary.returns import DifferenceReason, ReturnStage


class Return(KnownRecord):
    """One return as it was kept; never changed, only followed by another.

    ``known_at`` is when it was kept; ``as_of`` is the state of knowledge that it
    was filled from; ``content`` holds every cell, line, check and explanation.
    """

    year = models.PositiveSmallIntegerField()
    country = models.CharField(max_length=2)
    stage = models.CharField(max_length=10, choices=ReturnStage.choices())
    as_of = models.DateTimeField()
    version = models.CharField(max_length=20)
    method_version = models.CharField(max_length=20)
    content_hash = models.CharField(max_length=64)
    content = models.JSONField()
    kept_by = models.CharField(max_length=120)

    scope = Scoped("return.view")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "stage", "as_of", "content_hash"], name="return_once"
            ),
            models.CheckConstraint(
                condition=Q(as_of__lte=models.F("known_at")), name="return_not_foreseen"
            ),
        ]
        indexes = [models.Index(fields=["year", "-known_at"], name="return_year")]


class EnteredFigure(VersionRecord):
    """What was entered or loaded for a cell that records do not fill."""

    year = models.PositiveSmallIntegerField()
    cell = models.CharField(max_length=80)
    value = models.PositiveBigIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    why_blank = models.CharField(max_length=20, choices=WhyBlank.choices(), blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices())
    cited = models.CharField(max_length=300)
    entered_by = models.CharField(max_length=120)

    scope = Scoped("return.view")

    class Meta:
        constraints = [
            *of_versions("entered_figure", "year", "cell"),
            models.CheckConstraint(
                condition=(
                    Q(value__isnull=False, text="", why_blank="")
                    | (Q(value=None, why_blank="") & ~Q(text=""))
                    | (Q(value=None, text="") & ~Q(why_blank=""))
                ),
                name="entered_figure_says_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.cell}"


class ExplainedDifference(VersionRecord):
    """Why figures that a check compares do not agree; it travels with the return.

    ``sentence`` is what the check had found, a message as JSON keeps it; where it
    finds something else, the explanation does not hold. Empty in records from
    before it was kept.
    """

    year = models.PositiveSmallIntegerField()
    finding = models.CharField(max_length=400)
    reason_code = models.CharField(max_length=20, choices=DifferenceReason.choices())
    words = models.CharField(max_length=500, blank=True)
    sentence = models.JSONField(default=str, blank=True)
    explained_by = models.CharField(max_length=120)

    scope = Scoped("return.view")

    class Meta:
        constraints = of_versions("explained_difference", "year", "finding")
