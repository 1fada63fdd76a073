"""From a mark's scan and region to the mark that is compared."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from armstrace.analysis.ballistics import (
    comparison,
    documents,
    gallery,
    packing,
    preparation,
)
from armstrace.analysis.ballistics.comparison import Settings
from armstrace.analysis.ballistics.preparation import Band, Mark
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.x3p import reader
from armstrace.ballistics.models import MarkRegion
from armstrace.evidence import queries as evidence
from armstrace.vocabulary.errors import SourceUnavailable

METHOD = f"{comparison.METHOD}, packed 1"


def ring_of(region: MarkRegion) -> Ring:
    """Give the region as the methods take it."""
    return Ring(
        region.centre_x_m,
        region.centre_y_m,
        region.outer_radius_m,
        region.pin_radius_m,
        tuple(tuple(corner) for corner in region.outline),
    )


def surface_of(region: MarkRegion, folder: Path) -> Surface:
    """Read the scan that a region lies on, as its file was received.

    Raises:
        SourceUnavailable: The file is gone.
    """
    path = evidence.path_of(region.scan.file.sha256, folder)
    if not path.exists():
        msg = (
            f"The scan of B{region.mark_id} is missing from the folder of files; "
            "restore it from the backup."
        )
        raise SourceUnavailable(msg)
    why = region.scan.accepted_because
    return reader.read(path, override_reason=why).surface


def mark_of(region: MarkRegion, folder: Path, band: Band | None = None) -> Mark:
    """Prepare the mark of a region from its scan."""
    surface = surface_of(region, folder)
    return preparation.prepare(surface, ring=ring_of(region), band=band)


def packed(mark: Mark) -> tuple[bytes, bytes]:
    """Pack a mark for galleries: its cells and its image.

    Raises:
        InvalidInput: It holds no cell with enough data.
    """
    return packing.packed_cells(gallery.enrol("", mark)), packing.packed_image(mark)


def standard_parameters() -> dict[str, Any]:
    """Give the frozen parameters of a comparison."""
    return documents.parameters(Band(), Settings())


def vouched(numbers: Mapping[str, Any], *grounds: Mapping[str, Any]) -> str:
    """Give the digest of a result together with what it was computed from."""
    return documents.digest({"numbers": numbers, "grounds": list(grounds)})


def grounds_of(region: MarkRegion) -> dict[str, Any]:
    """Give what a mark was prepared from: the file's hash and the region."""
    return {
        "sha256": region.scan.file.sha256,
        "accepted_because": region.scan.accepted_because,
        "region": [
            region.centre_x_m,
            region.centre_y_m,
            region.outer_radius_m,
            region.pin_radius_m,
            region.outline,
        ],
    }
