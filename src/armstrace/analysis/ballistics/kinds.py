"""How each kind of mark is prepared and compared.

Breech faces have the frozen defaults. Firing pins, ejectors and extractors leave
smaller marks: they take the same method at a scale of 0.28, so that a cell has the
same number of pixels. That scale was taken from published practice (cells of 125 um)
and tried on invented marks only. Striated marks are not compared by cells.
"""

from dataclasses import replace

from armstrace.analysis.ballistics.comparison import Settings, Sweep
from armstrace.analysis.ballistics.consensus import Tolerance
from armstrace.analysis.ballistics.gallery import SearchSettings
from armstrace.analysis.ballistics.preparation import Band
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

SMALL = Band(pixel_m=7e-6, shortest_m=5e-6, longest_m=140e-6, cell_m=126e-6)
SMALL_DISTANCE_M = 14e-6
SMALL_SEARCH_DISTANCE_M = 21e-6

_SMALL = (MarkType.FIRING_PIN, MarkType.EJECTOR, MarkType.EXTRACTOR)
STRIATED = (MarkType.APERTURE_SHEAR, MarkType.BULLET_LAND, MarkType.CHAMBER)


def band_of(mark_type: MarkType) -> Band:
    """Give what of a kind of mark is kept.

    Raises:
        InvalidInput: It is a striated mark, which is not compared by cells.
    """
    if mark_type in STRIATED:
        raise InvalidInput(
            message(
                "A mark of the kind “%(kind)s” has striae, which are not "
                "compared by cells; compare breech faces, firing pins, ejectors "
                "or extractors.",
                kind=mark_type,
            ),
            field="mark_type",
        )
    return SMALL if mark_type in _SMALL else Band()


def settings_of(mark_type: MarkType, *, centre_deg: float = 0.0) -> Settings:
    """Give how a kind of mark is compared.

    Raises:
        InvalidInput: See ``band_of``.
    """
    sweep = Sweep(centre_deg=centre_deg)
    if band_of(mark_type) == SMALL:
        return Settings(sweep, Tolerance(distance_m=SMALL_DISTANCE_M))
    return Settings(sweep)


def search_settings_of(mark_type: MarkType, *, reach_deg: float) -> SearchSettings:
    """Give how a kind of mark is searched.

    Args:
        reach_deg: Farthest angle; 180 for all orientations.

    Raises:
        InvalidInput: See ``band_of``.
    """
    sweep = Sweep(reach_deg=reach_deg)
    plain = SearchSettings(sweep)
    if band_of(mark_type) == SMALL:
        tolerance = replace(plain.tolerance, distance_m=SMALL_SEARCH_DISTANCE_M)
        return SearchSettings(sweep, tolerance)
    return plain
