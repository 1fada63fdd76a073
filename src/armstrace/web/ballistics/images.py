"""Pictures of marks and comparisons, drawn when they are asked for."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse

from armstrace.analysis.ballistics import pictures, report_drawings
from armstrace.analysis.ballistics.pictures import Light, View
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.ballistics import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web import access

LOWEST_DEG, HIGHEST_DEG = 5.0, 85.0
# Enough to see single lines of a scan where a browser shows it alone.
LARGE_PX = 2800


def light_of(request: access.Request) -> Light:
    """Read where the light stands; what cannot be read leaves it where it is."""
    plain = Light()
    azimuth = _number(request.GET.get("azimuth"), plain.azimuth_deg) % 360
    elevation = _number(request.GET.get("elevation"), plain.elevation_deg)
    return Light(azimuth, min(max(elevation, LOWEST_DEG), HIGHEST_DEG))


@access.staff_view
def of_mark(request: access.Request, mark_id: int, shown: str) -> HttpResponse:
    """Draw a mark: its surface as measured, or what the filter keeps."""
    viewer, light = request.viewer, light_of(request)
    if shown == "surface":
        opened = queries.open_mark(mark_id, folder=settings.MEDIA_ROOT, viewer=viewer)
        ring = opened.ring if "region" in request.GET else None
        widest_px = LARGE_PX if "large" in request.GET else pictures.WIDEST_PX
        view = pictures.view_of_scan(opened.surface, widest_px=widest_px)
        return _png(pictures.relief(view, light, ring=ring))
    if shown == "kept":
        mark = queries.prepare_mark(mark_id, folder=settings.MEDIA_ROOT, viewer=viewer)
        return _png(pictures.relief(pictures.view_of_mark(mark), light))
    raise Http404


@access.staff_view
def of_comparison(
    request: access.Request, comparison_id: int, shown: str
) -> HttpResponse:
    """Draw one of the pictures of a comparison, in the frame of the first mark."""
    if shown not in DRAWN:
        raise Http404
    page = queries.comparison_page(comparison_id, viewer=request.viewer)
    first, second = marks_of(page, viewer=request.viewer)
    way = page.kept.result["first_in_second"]
    one, two, _ = report_drawings.views(first, second, way)
    return _png(DRAWN[shown](one, two, light_of(request)))


def marks_of(page: queries.ComparisonPage, *, viewer: Actor) -> tuple[Mark, Mark]:
    rows = (page.row.first, page.row.second)
    first, second = (
        queries.prepare_mark(
            row.mark_id, folder=settings.MEDIA_ROOT, viewer=viewer, region_id=region.pk
        )
        for row, region in zip(rows, page.regions, strict=True)
    )
    return first, second


# The second is drawn as steep as the first, so that they can be set side by side.
DRAWN: dict[str, Callable[[View, View, Light], bytes]] = {
    "first": lambda one, _, light: pictures.relief(
        one, light, steepness=pictures.steepness_of(one)
    ),
    "second": lambda one, two, light: pictures.relief(
        two, light, steepness=pictures.steepness_of(one)
    ),
    "overlay": lambda one, two, _: pictures.overlay(one, two),
    "difference": lambda one, two, _: pictures.difference(one, two),
}


def _png(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/png")


def _number(text: str | None, otherwise: float) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return otherwise
    return value if abs(value) < 1e6 else otherwise
