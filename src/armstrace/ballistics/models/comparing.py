"""Comparisons that can be computed again, and the sets that give them weight."""

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.ballistics.lengths import TEXTS
from armstrace.ballistics.models.marks import BallisticMark, MarkRegion
from armstrace.evidence.models import StoredFile
from armstrace.records.constraints import check
from armstrace.records.scope import Scoped, at_all, no_such
from armstrace.records.versions import NumberedRecord, VersionRecord, of_versions
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.messages import Message, message

of_both_marks = at_all("first__agency", "second__agency")


class ReferenceSet(VersionRecord):
    """A laboratory's own pairs of known sources, fitted and tested.

    ``pairs`` holds [source, source, congruent cells, cells]; ``calibration`` what
    the test on sources left out gave.
    """

    name = models.CharField(max_length=TEXTS["name"].most)
    mark_type = models.CharField(max_length=16, choices=MarkType.choices())
    maker = models.CharField(max_length=TEXTS["maker"].most, blank=True)
    calibre = models.CharField(max_length=TEXTS["calibre"].most, blank=True)
    instrument = models.CharField(max_length=TEXTS["instrument"].most, blank=True)
    method = models.CharField(max_length=TEXTS["method"].most)
    sources = models.PositiveIntegerField()
    same_pairs = models.PositiveIntegerField()
    different_pairs = models.PositiveIntegerField()
    pairs = models.JSONField()
    digest = models.CharField(max_length=64)
    cllr = models.FloatField()
    lowest_log10 = models.FloatField()
    highest_log10 = models.FloatField()
    software_version = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, PROTECT, null=True, related_name="+")
    is_in_use = models.BooleanField(default=True)
    loaded_by = models.CharField(max_length=120)

    scope = Scoped("ballistics.view")

    class Meta:
        constraints = of_versions("reference_set", "name")

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> MarkType:
        """Of which marks it speaks."""
        return MarkType(self.mark_type)

    @property
    def is_used(self) -> bool:
        """Whether ratios are given by this version of it."""
        return self.is_in_use and self.superseded_at is None

    @property
    def bounds(self) -> tuple[float, float]:
        """Log10 ratios beyond which it supports none."""
        return self.lowest_log10, self.highest_log10


no_such_comparison = no_such(
    message("There is no comparison K%(comparison)s here; check the number.")
)


class Comparison(NumberedRecord):
    """Two marks compared in both directions, with all that computes it again.

    ``case`` holds what the marks were said to be when the ratio was computed.
    """

    letter = "K"
    first = models.ForeignKey(BallisticMark, PROTECT, related_name="compared_as_first")
    second = models.ForeignKey(
        BallisticMark, PROTECT, related_name="compared_as_second"
    )
    first_region = models.ForeignKey(MarkRegion, PROTECT, related_name="+")
    second_region = models.ForeignKey(MarkRegion, PROTECT, related_name="+")
    parameters = models.JSONField()
    case = models.JSONField(default=dict)
    method = models.CharField(max_length=80)
    software_version = models.CharField(max_length=40)
    congruent_cells = models.PositiveIntegerField()
    cells = models.PositiveIntegerField()
    score = models.FloatField()
    result = models.JSONField()
    result_digest = models.CharField(max_length=64)
    reference_set = models.ForeignKey(
        ReferenceSet, PROTECT, null=True, blank=True, related_name="comparisons"
    )
    log10_ratio = models.FloatField(null=True, blank=True)
    interval_low = models.FloatField(null=True, blank=True)
    interval_high = models.FloatField(null=True, blank=True)
    is_at_bound = models.BooleanField(default=False)
    no_ratio_because = models.JSONField(default=list, blank=True)
    compared_by = models.CharField(max_length=120)

    scope = Scoped("ballistics.view", of_both_marks, missing=no_such_comparison)

    class Meta:
        constraints = [
            check("comparison_of_two_marks", ~Q(first=F("second"))),
            check(
                "comparison_ratio_names_its_set",
                Q(log10_ratio=None) ^ Q(reference_set__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} with {self.second}"

    @property
    def reasons(self) -> tuple[Message, ...]:
        """Why it has no likelihood ratio."""
        return tuple(map(Message.read, self.no_ratio_because))
