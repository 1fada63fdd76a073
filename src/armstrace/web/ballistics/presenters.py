"""Marks, comparisons and searches as their pages show them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from armstrace.analysis.ballistics import (
    outlines,
    report_drawings,
    report_pages,
    verbal,
)
from armstrace.analysis.ballistics.outlines import Outline
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.reports import WAYS
from armstrace.ballistics.queries import (
    ComparisonPage,
    ConclusionShown,
    LinkShown,
    MarkPage,
    MarkRow,
    SearchPage,
)
from armstrace.translation import translate, write_list
from armstrace.vocabulary.ballistics import ConclusionStanding, LinkStanding, Verdict
from armstrace.web.ballistics.forms import CODED, RegionForm, UnlinkForm
from armstrace.web.drawing import ballistic_bars, ballistic_cells
from armstrace.web.drawing.ballistic_bars import Bars, Labels
from armstrace.web.drawing.ballistic_cells import CellDrawing

if TYPE_CHECKING:
    from armstrace.ballistics.models import MarkRegion

MOST_POWERS = 9
EXPORTED = {
    "number": "reference",
    "mark": "mark_type",
    "origin": "origin",
    "owner": "owner",
    "label": "label",
    "part": "part",
    "part_number": "part_number_as_marked",
    "calibre": "described.calibre",
    "maker": "described.maker",
    "region": "region_origin",
    "agency": "agency",
    "enrolled_by": "enrolled_by",
    "enrolled_at": "enrolled_at",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture of a scan, in micrometres."""

    width: float
    height: float
    centre_x: float
    centre_y: float
    outer: float
    pin: float


@dataclass(frozen=True, slots=True)
class Way:
    """One direction of a comparison with its cells."""

    name: str
    # As ``documents.direction`` writes it.
    numbers: Mapping[str, Any]
    cells: tuple[Outline, ...]


def frame_of(page: MarkPage) -> Frame:
    scan, region = page.scan, page.region
    lengths_m = (
        scan.columns * scan.spacing_x_m,
        scan.rows * scan.spacing_y_m,
        region.centre_x_m,
        region.centre_y_m,
        region.outer_radius_m,
        region.pin_radius_m,
    )
    return Frame(*(round(length * 1e6, 1) for length in lengths_m))


def ring_values(ring: Ring) -> dict[str, float]:
    """Give a ring in millimetres, as the form holds it."""
    names = ("centre_x", "centre_y", "outer", "pin")
    lengths_m = (
        ring.centre_x_m,
        ring.centre_y_m,
        ring.outer_radius_m,
        ring.pin_radius_m,
    )
    return {n: round(m * 1e3, 3) for n, m in zip(names, lengths_m, strict=True)}


def drawn_ring(form: RegionForm) -> dict[str, float]:
    """Give the ring of a form in micrometres, as it is drawn; no radius below 0."""
    drawn = {}
    for name in ("centre_x", "centre_y", "outer", "pin"):
        try:
            told = float(str(form[name].value() or 0)) * 1e3
        except ValueError:
            told = 0.0
        drawn[name] = told if math.isfinite(told) else 0.0
    return drawn | {name: max(drawn[name], 0.0) for name in ("outer", "pin")}


def ways(page: ComparisonPage) -> tuple[Way, Way]:
    names = (gettext("First in second"), gettext("Second in first"))
    one, two = (page.kept.result[way] for way in WAYS)
    return (
        Way(names[0], one, outlines.sought(one)),
        Way(names[1], two, outlines.sought(two)),
    )


def sides(page: ComparisonPage) -> list[tuple[MarkRow, "MarkRegion"]]:
    return list(zip((page.row.first, page.row.second), page.regions, strict=True))


def parameter_words(page: ComparisonPage) -> str:
    """Give the parameters of a comparison with their units, the method left out."""
    told = report_pages.parameters(page.kept.parameters)
    return "; ".join(f"{name} {value}" for name, value in told if name != "method")


def drawings(page: ComparisonPage) -> tuple[CellDrawing, CellDrawing]:
    """Draw the cells of the first mark over both, the second aligned."""
    way = page.kept.result["first_in_second"]
    pixel_m = float(page.kept.parameters["band"]["pixel_m"])
    half_um = report_drawings.half_px(way, pixel_m) * pixel_m * 1e6
    return (
        ballistic_cells.draw(outlines.sought(way), half_um=half_um),
        ballistic_cells.draw(outlines.found(way), half_um=half_um),
    )


def support_words(log10_ratio: float) -> str:
    """Name the strength of a ratio and the side that it supports."""
    support = verbal.support(log10_ratio)
    words = translate(support)
    if support is verbal.WORDS[0]:
        return words
    side = gettext("for one source") if log10_ratio > 0 else gettext("for two sources")
    return f"{words} {side}"


def times_words(log10_ratio: float) -> str:
    """Say a ratio, or its inverse below one, as a number of times."""
    power = abs(log10_ratio)
    if power >= MOST_POWERS:
        return ""
    times = f"{10**power:.2g}" if power < 1 else f"{_round(10**power):,d}"
    return gettext("about %(times)s times") % {"times": times.replace(",", "\u202f")}


def _round(number: float) -> int:
    """Round to two figures."""
    return int(float(f"{number:.2g}"))


def meaning_of(row: ConclusionShown) -> str:
    """Give the colour of a conclusion: what awaits, what is disputed, what stands."""
    if row.standing is ConclusionStanding.AWAITED:
        return "waiting"
    if row.standing in {ConclusionStanding.DISPUTED, ConclusionStanding.UNLINKED}:
        return "overdue"
    return "confirmed" if row.verdict is Verdict.IDENTIFICATION else ""


def with_meaning(
    rows: Iterable[ConclusionShown],
) -> list[tuple[ConclusionShown, str]]:
    return [(row, meaning_of(row)) for row in rows]


def removable(
    links: Iterable[LinkShown], sent: UnlinkForm | None = None, *, comparison: int = 0
) -> list[tuple[LinkShown, UnlinkForm]]:
    """Give the links that stand, each with the form that removes it.

    Args:
        links: Of a mark or of two.
        comparison: The comparison from whose page it is sent.
    """
    return [
        (link, sent)
        if sent is not None and sent.link_id == link.link_id
        else (link, UnlinkForm(None, link_id=link.link_id, comparison=comparison))
        for link in links
        if link.standing is LinkStanding.STANDS and link.superseded_at is None
    ]


def rank_chart(page: SearchPage) -> Bars | None:
    """Show how many entries have how many congruent cells."""
    if not page.counts:
        return None
    series = {gettext("marks"): {float(k): float(n) for k, n in page.counts}}
    highest = max(k for k, _count in page.counts)
    labels = Labels(gettext("congruent cells, one direction"))
    steps = [float(k) for k in range(highest + 1)]
    return ballistic_bars.draw(series, labels, steps=steps)


def filter_words(filters: Mapping[str, str]) -> str:
    told = [_filter(name, value) for name, value in filters.items() if value]
    return write_list(each for each in told if each)


def _filter(name: str, value: str) -> str:
    if name in CODED:
        return "" if value == "UNKNOWN" else gettext(CODED[name](value).label)
    return str(value)
