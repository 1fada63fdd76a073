"""What other States filed, as UNODC released it."""

from django.db import models
from django.db.models import PROTECT

from armstrace.records.scope import Scoped, ScopedManager
from armstrace.records.versions import KnownRecord


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
        constraints = [
            models.UniqueConstraint(
                fields=["release", "row"], name="published_line_once"
            )
        ]
        indexes = [
            models.Index(fields=["release", "iso3"], name="published_line_country")
        ]

    def __str__(self) -> str:
        return f"{self.iso3} {self.year} {self.key}"
