"""Closed vocabularies of ballistic comparison."""

from typing import Self

from armstrace.vocabulary.codes import Code


class ChecksumState(Code):
    """Whether a part of a scan's file is what its checksum says."""

    AGREES = "AGREES", "agrees"
    DIFFERS = "DIFFERS", "differs"
    ABSENT = "ABSENT", "none in the file"

    @classmethod
    def of(cls, is_equal: bool) -> Self:  # noqa: FBT001  (one claim, named by the word)
        """Give the state of a checksum that is there."""
        return cls("AGREES" if is_equal else "DIFFERS")


class MarkedPart(Code):
    """The part of an arm that leaves a mark, and of which alone the mark speaks."""

    SLIDE_OR_BREECH = "SLIDE_OR_BREECH", "slide or breech block"
    FIRING_PIN = "FIRING_PIN", "firing pin"
    EJECTOR = "EJECTOR", "ejector"
    EXTRACTOR = "EXTRACTOR", "extractor"
    BARREL = "BARREL", "barrel"


class MarkType(Code):
    """What printed itself on a cartridge case or bullet."""

    BREECH_FACE = "BREECH_FACE", "breech face"
    APERTURE_SHEAR = "APERTURE_SHEAR", "aperture shear"
    FIRING_PIN = "FIRING_PIN", "firing pin"
    EJECTOR = "EJECTOR", "ejector"
    EXTRACTOR = "EXTRACTOR", "extractor"
    CHAMBER = "CHAMBER", "chamber"
    BULLET_LAND = "BULLET_LAND", "bullet land"

    @property
    def part(self) -> MarkedPart:
        """The part that left the mark."""
        return PART_OF[self]


PART_OF = {
    MarkType.BREECH_FACE: MarkedPart.SLIDE_OR_BREECH,
    MarkType.APERTURE_SHEAR: MarkedPart.SLIDE_OR_BREECH,
    MarkType.FIRING_PIN: MarkedPart.FIRING_PIN,
    MarkType.EJECTOR: MarkedPart.EJECTOR,
    MarkType.EXTRACTOR: MarkedPart.EXTRACTOR,
    MarkType.CHAMBER: MarkedPart.BARREL,
    MarkType.BULLET_LAND: MarkedPart.BARREL,
}


class MarkOrigin(Code):
    """How a mark came about."""

    EXHIBIT = "EXHIBIT", "exhibit from a scene"
    TEST_FIRE = "TEST_FIRE", "test fire"


class RegionOrigin(Code):
    """Who drew the region of a scan."""

    PROPOSED = "PROPOSED", "proposed, not yet checked"
    SET = "SET", "set by a person"


class BreechFacePattern(Code):
    UNKNOWN = "UNKNOWN", "not known"
    PARALLEL = "PARALLEL", "parallel lines"
    ARCHED = "ARCHED", "arched lines"
    CIRCULAR = "CIRCULAR", "circular lines"
    CROSSHATCHED = "CROSSHATCHED", "crosshatched"
    GRANULAR = "GRANULAR", "granular"
    SMOOTH = "SMOOTH", "smooth"


class FiringPinShape(Code):
    UNKNOWN = "UNKNOWN", "not known"
    HEMISPHERICAL = "HEMISPHERICAL", "hemispherical"
    ELLIPTICAL = "ELLIPTICAL", "elliptical"
    RECTANGULAR = "RECTANGULAR", "rectangular"
    FLAT = "FLAT", "flat"
    RIM = "RIM", "rim"


class RiflingTwist(Code):
    UNKNOWN = "UNKNOWN", "not known"
    LEFT = "LEFT", "left"
    RIGHT = "RIGHT", "right"
    NONE = "NONE", "smooth bore"
    POLYGONAL = "POLYGONAL", "polygonal"


class Gallery(Code):
    """Among which marks a search looks."""

    ALL = "ALL", "open cases and test fires"
    SCENES = "SCENES", "exhibits from scenes"
    TEST_FIRES = "TEST_FIRES", "test fires"


class Verdict(Code):
    """What an examiner concludes about two marks."""

    IDENTIFICATION = "IDENTIFICATION", "identification"
    INCONCLUSIVE = "INCONCLUSIVE", "inconclusive"
    ELIMINATION = "ELIMINATION", "elimination"


class Blinded(Code):
    """What a second examiner is told before concluding."""

    FIRST_CONCLUDED = "FIRST_CONCLUDED", "a first examiner has concluded"


class ConclusionStanding(Code):
    """Whether a second examiner bore a conclusion out."""

    AWAITED = "AWAITED", "awaits a second examiner"
    CONFIRMED = "CONFIRMED", "confirmed by a second examiner"
    DISPUTED = "DISPUTED", "disputed by a second examiner"
    UNLINKED = "UNLINKED", "confirmed, and its link was removed"


class MarkLinkKind(Code):
    """What a confirmed identification ties together."""

    SCENE_TO_SCENE = "SCENE_TO_SCENE", "two scenes"
    SCENE_TO_ARM = "SCENE_TO_ARM", "a scene and an arm"
    ARM_TO_ARM = "ARM_TO_ARM", "two arms that share a part"


class LinkStanding(Code):
    STANDS = "STANDS", "current"
    REMOVED = "REMOVED", "removed"


class StepState(Code):
    """Where a step of the way from an erased mark stands."""

    DONE = "DONE", "done"
    OPEN = "OPEN", "open"
    WAITS = "WAITS", "waiting for an earlier step"


class SharingStanding(Code):
    """What was decided about sharing a mark with the international network."""

    TO_SHARE = "TO_SHARE", "to be shared"
    SHARED = "SHARED", "shared"
    NOT_SHARED = "NOT_SHARED", "not to be shared"
