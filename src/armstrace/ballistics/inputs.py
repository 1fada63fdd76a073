"""What a person states about a mark, a search or a conclusion."""

from dataclasses import dataclass, field
from datetime import date

from armstrace.analysis.ballistics.regions import Ring
from armstrace.vocabulary.ballistics import (
    BreechFacePattern,
    FiringPinShape,
    Gallery,
    MarkOrigin,
    MarkType,
    RiflingTwist,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class ClassInput:
    """What a mark says of the class of arm; "" is not known.

    Args:
        calibre: As written; compared as ``analysis.marks`` reads it.
        maker: Maker of the arm, where known.
        ammunition: Maker and lot of the ammunition, as written.
        rifling_grooves: Number of grooves; None is not known.
    """

    calibre: str = ""
    maker: str = ""
    ammunition: str = ""
    breech_face_pattern: BreechFacePattern = BreechFacePattern.UNKNOWN
    firing_pin_shape: FiringPinShape = FiringPinShape.UNKNOWN
    rifling_grooves: int | None = None
    rifling_twist: RiflingTwist = RiflingTwist.UNKNOWN


@dataclass(frozen=True, slots=True)
class MarkInput:
    """A mark to be enrolled.

    Args:
        mark_type: What printed itself.
        origin: Exhibit or test fire.
        recovery_id: The recovery that it belongs to, or None.
        arm_id: The registered arm that was test-fired, or None.
        label: What the laboratory calls it.
        part_number_as_marked: Number on the slide, barrel or other part fitted
            when it was fired, as read; "" where not known.
        part_id: The registered part of that number, where there is one.
        fired_on: Day of the test fire.
        calibrated_on: Day of the instrument's last calibration, where the file
            does not say or says otherwise.
        accepted_because: Why points that differ from their checksum, or the scan
            of another exhibit, are used.
        region: As drawn by a person; proposed where None.
        described: Class characteristics.
    """

    mark_type: MarkType = MarkType.BREECH_FACE
    origin: MarkOrigin = MarkOrigin.EXHIBIT
    recovery_id: int | None = None
    arm_id: int | None = None
    label: str = ""
    part_number_as_marked: str = ""
    part_id: int | None = None
    fired_on: date | None = None
    calibrated_on: date | None = None
    accepted_because: str = ""
    region: Ring | None = None
    described: ClassInput = field(default_factory=ClassInput)


@dataclass(frozen=True, slots=True)
class ReceivedScan:
    """A scan's file as it was received."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class RescanInput:
    """A new scan in the place of a mark's scan."""

    mark_id: int
    scan: ReceivedScan
    # Why the mark was measured again.
    reason: str
    # As in ``MarkInput``.
    calibrated_on: date | None = None
    # Likewise.
    accepted_because: str = ""
    # Likewise.
    region: Ring | None = None


@dataclass(frozen=True, slots=True)
class SearchInput:
    """A search to be made.

    Args:
        probe_id: The mark that is sought.
        gallery: Among which marks.
        calibre: Leaves out marks of another calibre; "" does not. A mark whose
            characteristic is not known is never left out.
        breech_face_pattern: Likewise; UNKNOWN does not.
        firing_pin_shape: Likewise.
        rifling_twist: Likewise.
        reach_deg: Farthest turn from the probe as placed; 180 for all.
        compare_closer: How many of the first are compared in both directions.
    """

    probe_id: int
    gallery: Gallery = Gallery.ALL
    calibre: str = ""
    breech_face_pattern: BreechFacePattern = BreechFacePattern.UNKNOWN
    firing_pin_shape: FiringPinShape = FiringPinShape.UNKNOWN
    rifling_twist: RiflingTwist = RiflingTwist.UNKNOWN
    reach_deg: float = 180.0
    compare_closer: int = 10


@dataclass(frozen=True, slots=True)
class ConclusionInput:
    """What an examiner concludes about two marks."""

    # The two marks, in any order.
    mark_ids: tuple[int, int]
    verdict: Verdict
    reason: str
    # The kept comparison that it rests on, where one was made.
    comparison_id: int | None = None
