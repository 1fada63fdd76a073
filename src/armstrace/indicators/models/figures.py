"""Figures that were kept: what was said, when, from which records."""

from django.db import models
from django.db.models import F, Q

from armstrace.analysis.statistics.indicator import Method
from armstrace.records.scope import Scoped
from armstrace.records.versions import KnownRecord


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
            models.UniqueConstraint(
                fields=[
                    "indicator",
                    "method",
                    "method_version",
                    "year",
                    "as_of",
                    "content_hash",
                ],
                name="figure_once",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0, value__lte=100),
                name="figure_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(numerator=None) | Q(numerator__lte=F("denominator")),
                name="figure_is_a_proportion",
            ),
            models.CheckConstraint(
                condition=Q(as_of__lte=F("known_at")), name="figure_not_foreseen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}, {self.method}"
