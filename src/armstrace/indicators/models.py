"""What is kept of the figures, of the return, of publications and of releases."""

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.analysis.statistics.indicator import Method
from armstrace.analysis.statistics.questionnaire.filled import Origin, WhyBlank
from armstrace.records.constraints import check, index, unique
from armstrace.records.scope import Scoped, ScopedManager
from armstrace.records.versions import KnownRecord, VersionRecord, of_versions
from armstrace.vocabulary.returns import DifferenceReason, ReturnStage


class Figure(KnownRecord):
    """One figure as it was kept; never changed, only followed by another.

    ``known_at`` is when it was computed; ``as_of`` is the state of knowledge
    that it was computed from. ``reason`` is a message as JSON keeps it.
    """

    indicator = models.CharField(max_length=20, default="16.4.2")
    method = models.CharField(max_length=20, choices=Method.choices())
    method_version = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    as_of = models.DateTimeField()
    window = models.CharField(max_length=9, blank=True)
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    interval_low = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True
    )
    interval_high = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True
    )
    excluded = models.JSONField(default=list, blank=True)
    parts = models.JSONField(default=list, blank=True)
    reason = models.JSONField(default=str, blank=True)
    content_hash = models.CharField(max_length=64)
    kept_by = models.CharField(max_length=120)

    scope = Scoped("indicator.view")

    class Meta:
        constraints = [
            unique(
                "figure_once",
                "indicator",
                "method",
                "method_version",
                "year",
                "as_of",
                "content_hash",
            ),
            check(
                "figure_is_a_percentage",
                Q(value=None) | Q(value__gte=0, value__lte=100),
            ),
            check(
                "figure_is_a_proportion",
                Q(numerator=None) | Q(numerator__lte=F("denominator")),
            ),
            check("figure_not_foreseen", Q(as_of__lte=F("known_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}, {self.method}"


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
            unique("return_once", "year", "stage", "as_of", "content_hash"),
            check("return_not_foreseen", Q(as_of__lte=F("known_at"))),
        ]
        indexes = [index("return_year", "year", "-known_at")]


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
            check(
                "entered_figure_says_one_thing",
                Q(value__isnull=False, text="", why_blank="")
                | (Q(value=None, why_blank="") & ~Q(text=""))
                | (Q(value=None, text="") & ~Q(why_blank="")),
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


class Publication(KnownRecord):
    """One edition of a year's published tables; never changed, only followed."""

    year = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    withheld = models.JSONField(default=list, blank=True)
    return_hash = models.CharField(max_length=64)
    published_by = models.CharField(max_length=120)

    class Meta:
        constraints = [unique("publication_edition_once", "year", "edition")]


class PublicationFile(models.Model):
    """A file of a publication, byte for byte as it is handed out."""

    publication = models.ForeignKey(Publication, PROTECT, related_name="files")
    name = models.CharField(max_length=80)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [unique("publication_file_once", "publication", "name")]

    def __str__(self) -> str:
        return self.name


class PublicationWithdrawal(KnownRecord):
    """That an edition is no longer handed out, and why."""

    publication = models.OneToOneField(Publication, PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=500)
    withdrawn_by = models.CharField(max_length=120)


class PublishedRelease(KnownRecord):
    """One release of the questionnaire's answers, as the file stood."""

    name = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64, unique=True)
    released_on = models.DateField(null=True, blank=True)
    rows_read = models.PositiveIntegerField()
    remarks = models.JSONField(default=list, blank=True)
    remark_count = models.PositiveIntegerField(default=0)
    loaded_by = models.CharField(max_length=120)

    scope = Scoped("indicator.view")

    def __str__(self) -> str:
        return self.name


class PublishedLine(models.Model):
    """One row of a release: as written, and the table and row it belongs to."""

    release = models.ForeignKey(PublishedRelease, PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    iso3 = models.CharField(max_length=12)
    country = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    subregion = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    value = models.PositiveBigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    scope = Scoped(through="release")
    objects = ScopedManager()

    class Meta:
        constraints = [unique("published_line_once", "release", "row")]
        indexes = [index("published_line_country", "release", "iso3")]

    def __str__(self) -> str:
        return f"{self.iso3} {self.year} {self.key}"
