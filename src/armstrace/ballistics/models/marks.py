"""Marks with their scans, regions and class characteristics."""

from django.db import models
from django.db.models import PROTECT, Q

from armstrace.ballistics.lengths import TEXTS
from armstrace.evidence.models import StoredFile
from armstrace.records.constraints import check, index
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import NumberedRecord, VersionRecord, of_versions
from armstrace.recoveries.models import Recovery
from armstrace.registry.models import Arm, Part
from armstrace.vocabulary.ballistics import (
    BreechFacePattern,
    ChecksumState,
    FiringPinShape,
    MarkOrigin,
    MarkType,
    RegionOrigin,
    RiflingTwist,
)
from armstrace.vocabulary.messages import Message, message

no_such_mark = no_such(message("There is no mark B%(mark)s here; check the number."))


class BallisticMark(NumberedRecord):
    """One mark on one cartridge case or bullet.

    It belongs to a recovery (an exhibit, or a test fire of the recovered arm) or is
    a test fire of a registered arm. It speaks of the part that left it alone.
    """

    letter = "B"
    mark_type = models.CharField(max_length=16, choices=MarkType.choices())
    origin = models.CharField(max_length=12, choices=MarkOrigin.choices())
    recovery = models.ForeignKey(
        Recovery, PROTECT, null=True, blank=True, related_name="ballistic_marks"
    )
    arm = models.ForeignKey(
        Arm, PROTECT, null=True, blank=True, related_name="ballistic_marks"
    )
    part = models.ForeignKey(
        Part, PROTECT, null=True, blank=True, related_name="ballistic_marks"
    )
    part_number_as_marked = models.CharField(
        max_length=TEXTS["part_number_as_marked"].most, blank=True
    )
    label = models.CharField(max_length=TEXTS["label"].most, blank=True)
    agency = models.CharField(max_length=40)
    enrolled_by = models.CharField(max_length=120)
    fired_on = models.DateField(null=True, blank=True)

    scope = Scoped("ballistics.view", at("agency"), missing=no_such_mark)

    class Meta:
        constraints = [
            check("mark_has_one_owner", Q(recovery=None) ^ Q(arm=None)),
            check(
                "mark_of_a_registered_arm_is_a_test_fire",
                Q(arm=None) | Q(origin=MarkOrigin.TEST_FIRE.value),
            ),
        ]
        indexes = [index("mark_by_type", "mark_type", "id")]


class Scan(VersionRecord):
    """One measured surface of a mark; a new scan supersedes the one before."""

    mark = models.ForeignKey(BallisticMark, PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, PROTECT, related_name="+")
    instrument = models.TextField(blank=True)
    instrument_serial = models.TextField(blank=True)
    creator = models.TextField(blank=True)
    measured_at_as_written = models.TextField(blank=True)
    calibrated_at_as_written = models.TextField(blank=True)
    calibrated_on = models.DateField(null=True, blank=True)
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    spacing_x_m = models.FloatField()
    spacing_y_m = models.FloatField()
    share_measured = models.FloatField()
    points_sum = models.CharField(max_length=8, choices=ChecksumState.choices())
    valid_points_sum = models.CharField(max_length=8, choices=ChecksumState.choices())
    description_sum = models.CharField(max_length=8, choices=ChecksumState.choices())
    accepted_because = models.CharField(
        max_length=TEXTS["accepted_because"].most, blank=True
    )
    remarks = models.JSONField(default=list, blank=True)
    added_by = models.CharField(max_length=120)

    scope = Scoped(through="mark")

    class Meta:
        constraints = of_versions("scan", "mark")

    def __str__(self) -> str:
        return f"{self.mark} scan {self.pk}"

    @property
    def messages(self) -> tuple[Message, ...]:
        """How the file was understood."""
        return tuple(map(Message.read, self.remarks))


class MarkRegion(VersionRecord):
    """The part of a scan that is compared; a ring, or an outline where one is drawn.

    ``outline`` holds [x, y] pairs in metres from the upper left corner.
    """

    mark = models.ForeignKey(BallisticMark, PROTECT, related_name="regions")
    scan = models.ForeignKey(Scan, PROTECT, related_name="regions")
    origin = models.CharField(max_length=10, choices=RegionOrigin.choices())
    centre_x_m = models.FloatField()
    centre_y_m = models.FloatField()
    outer_radius_m = models.FloatField()
    pin_radius_m = models.FloatField(default=0.0)
    outline = models.JSONField(default=list, blank=True)
    set_by = models.CharField(max_length=120)

    scope = Scoped(through="mark")

    class Meta:
        constraints = [
            *of_versions("region", "mark"),
            check(
                "region_ring_is_open",
                Q(pin_radius_m__gte=0) & Q(pin_radius_m__lt=models.F("outer_radius_m")),
            ),
        ]


class ClassCharacteristics(VersionRecord):
    """What a mark says of the class of arm; never of one arm."""

    mark = models.ForeignKey(BallisticMark, PROTECT, related_name="characteristics")
    calibre = models.CharField(max_length=TEXTS["calibre"].most, blank=True)
    maker = models.CharField(max_length=TEXTS["maker"].most, blank=True)
    ammunition = models.CharField(max_length=TEXTS["ammunition"].most, blank=True)
    breech_face_pattern = models.CharField(
        max_length=14,
        choices=BreechFacePattern.choices(),
        default=BreechFacePattern.UNKNOWN,
    )
    firing_pin_shape = models.CharField(
        max_length=14, choices=FiringPinShape.choices(), default=FiringPinShape.UNKNOWN
    )
    rifling_grooves = models.PositiveSmallIntegerField(null=True, blank=True)
    rifling_twist = models.CharField(
        max_length=10, choices=RiflingTwist.choices(), default=RiflingTwist.UNKNOWN
    )
    described_by = models.CharField(max_length=120)

    scope = Scoped(through="mark")

    class Meta:
        constraints = of_versions("characteristics", "mark")


class PreparedMark(models.Model):
    """A mark as galleries search it: derived, prepared at will, never ledgered."""

    mark = models.OneToOneField(
        BallisticMark, PROTECT, primary_key=True, related_name="prepared"
    )
    region = models.ForeignKey(MarkRegion, PROTECT, related_name="+")
    method = models.CharField(max_length=80)
    cells = models.BinaryField()
    image = models.BinaryField()

    def __str__(self) -> str:
        return f"B{self.mark_id}"
