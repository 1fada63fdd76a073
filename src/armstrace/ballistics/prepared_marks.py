"""From a mark's scan and region to the mark that is compared."""

from pathlib import Path
from typing import Any

from armstrace.analysis.ballistics import (
    comparison,
    gallery,
    kinds,
    packing,
    preparation,
)
from armstrace.analysis.ballistics.preparation import Band, Mark
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.x3p import reader
from armstrace.ballistics.models import MarkRegion, PreparedMark, no_such_mark
from armstrace.evidence import queries as evidence
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.errors import NotFound, SourceUnavailable
from armstrace.vocabulary.messages import message

METHOD = f"{comparison.METHOD}, packed 2"


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
        msg = message(
            "The scan of B%(mark)s is missing from the folder of files; "
            "restore it from the backup.",
            mark=region.mark_id,
        )
        raise SourceUnavailable(msg)
    why = region.scan.accepted_because
    return reader.read(path, override_reason=why).surface


def mark_of(region: MarkRegion, folder: Path, band: Band | None = None) -> Mark:
    """Prepare the mark of a region from its scan.

    Args:
        band: What to keep; as its type of mark is prepared where None.

    Raises:
        InvalidInput: A mark of this type is not compared by cells.
        SourceUnavailable: The file is gone.
    """
    band = band or kinds.band_of(MarkType(region.mark.mark_type))
    surface = surface_of(region, folder)
    return preparation.prepare(surface, ring=ring_of(region), band=band)


def region_of(mark_id: int) -> MarkRegion:
    """Give the current region of a mark with its mark, scan and file."""
    rows = MarkRegion.objects.current().filter(mark_id=mark_id)
    region = rows.select_related("mark", "scan__file").first()
    if region is None:
        raise NotFound(no_such_mark(mark_id))
    return region


def keep(region: MarkRegion, mark: Mark) -> None:
    """Keep a mark for galleries: derived, so no ledger entry.

    Raises:
        InvalidInput: It holds no cell with enough data.
    """
    PreparedMark.objects.update_or_create(
        mark_id=region.mark_id,
        defaults={
            "region": region,
            "method": METHOD,
            "cells": packing.pack_cells(gallery.enrol("", mark)),
            "image": packing.pack_image(mark),
        },
    )


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
