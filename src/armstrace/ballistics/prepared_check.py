"""Compare what galleries search with the scans that it is prepared from.

The ledger does not vouch for derived rows, yet a mark whose prepared form was swapped
is found by no search, or in the place of another.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from armstrace.analysis.ballistics import gallery, packing
from armstrace.ballistics import prepared_marks
from armstrace.ballistics.models import PreparedMark
from armstrace.vocabulary.errors import SourceUnavailable


@dataclass(frozen=True, slots=True)
class PreparedChecked:
    """How prepared marks stand to their scans."""

    # Those that were compared; one whose scan is gone is for `check` to tell.
    marks: int
    # Identities of marks whose prepared form is not that of their scan and region.
    wrong: tuple[int, ...]


def check(folder: Path, told: Callable[[str, int], None]) -> PreparedChecked:
    """Prepare every mark again and compare.

    Args:
        folder: Of the files received.
        told: Told what is being read and how much of it was.
    """
    marks, wrong = 0, []
    kept = PreparedMark.objects.filter(method=prepared_marks.METHOD).order_by("pk")
    rows = kept.select_related("region__mark", "region__scan__file")
    for row in rows.iterator(chunk_size=100):
        with suppress(SourceUnavailable):
            marks += 1
            if not _is_right(row, folder):
                wrong.append(row.mark_id)
        told("marks", marks)
    return PreparedChecked(marks, tuple(wrong))


def _is_right(row: PreparedMark, folder: Path) -> bool:
    if row.region.mark_id != row.mark_id or row.region.superseded_at is not None:
        return False
    mark = prepared_marks.mark_of(row.region, folder)
    cells = packing.pack_cells(gallery.enrol("", mark))
    image = packing.pack_image(mark)
    return packing.agree(bytes(row.cells), cells) and packing.agree(
        bytes(row.image), image
    )
