"""What examiners concluded, and the links that rest on it."""

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.ballistics.lengths import TEXTS
from armstrace.ballistics.models.comparing import Comparison, of_both_marks
from armstrace.ballistics.models.marks import BallisticMark
from armstrace.records.constraints import check
from armstrace.records.scope import Scoped, at_any, no_such
from armstrace.records.versions import VersionRecord, of_versions
from armstrace.recoveries.models import Recovery
from armstrace.registry.models import Arm
from armstrace.vocabulary.ballistics import (
    LinkStanding,
    MarkedPart,
    MarkLinkKind,
    Verdict,
)
from armstrace.vocabulary.messages import message


class Conclusion(VersionRecord):
    """An examiner's conclusion about two marks; the lower number stands first."""

    first = models.ForeignKey(BallisticMark, PROTECT, related_name="concluded_as_first")
    second = models.ForeignKey(
        BallisticMark, PROTECT, related_name="concluded_as_second"
    )
    comparison = models.ForeignKey(
        Comparison, PROTECT, null=True, blank=True, related_name="conclusions"
    )
    verdict = models.CharField(max_length=16, choices=Verdict.choices())
    examiner = models.CharField(max_length=120)
    reason = models.CharField(max_length=TEXTS["grounds"].most, blank=True)

    scope = Scoped("ballistics.view", of_both_marks)

    class Meta:
        constraints = [
            *of_versions("conclusion", "first", "second"),
            check("conclusion_pair_in_order", Q(first__lt=F("second"))),
            check(
                "identification_rests_on_a_comparison",
                ~Q(verdict=Verdict.IDENTIFICATION.value) | Q(comparison__isnull=False),
            ),
        ]


class Review(VersionRecord):
    """A second examiner's own conclusion on a conclusion."""

    conclusion = models.ForeignKey(Conclusion, PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=16, choices=Verdict.choices())
    examiner = models.CharField(max_length=120)
    reason = models.CharField(max_length=TEXTS["grounds"].most, blank=True)

    scope = Scoped(through="conclusion")

    class Meta:
        constraints = of_versions("review", "conclusion")


no_such_link = no_such(message("There is no such link; look at the list again."))


class Link(VersionRecord):
    """What a confirmed identification ties together, by the part that left it.

    Each side is a recovery or a registered arm. A removal is a new version.
    """

    conclusion = models.ForeignKey(Conclusion, PROTECT, related_name="links")
    kind = models.CharField(max_length=16, choices=MarkLinkKind.choices())
    part = models.CharField(max_length=16, choices=MarkedPart.choices())
    standing = models.CharField(max_length=8, choices=LinkStanding.choices())
    first_mark = models.ForeignKey(BallisticMark, PROTECT, related_name="+")
    second_mark = models.ForeignKey(BallisticMark, PROTECT, related_name="+")
    first_recovery = models.ForeignKey(Recovery, PROTECT, null=True, related_name="+")
    second_recovery = models.ForeignKey(Recovery, PROTECT, null=True, related_name="+")
    first_arm = models.ForeignKey(Arm, PROTECT, null=True, related_name="+")
    second_arm = models.ForeignKey(Arm, PROTECT, null=True, related_name="+")
    made_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=TEXTS["grounds"].most, blank=True)

    scope = Scoped(
        "ballistics.view",
        at_any("first_mark__agency", "second_mark__agency"),
        missing=no_such_link,
    )

    class Meta:
        constraints = [
            *of_versions("link", "first_mark", "second_mark"),
            check(
                "link_has_two_sides",
                (Q(first_recovery=None) ^ Q(first_arm=None))
                & (Q(second_recovery=None) ^ Q(second_arm=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_mark} and {self.second_mark}"
