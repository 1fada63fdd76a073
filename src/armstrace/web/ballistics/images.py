"""Pictures of marks and comparisons, drawn when they are asked for."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse

from armstrace.analysis.ballistics import pictures, report_drawings
from armstrace.analysis.ballistics.pictures import Light, Pose, View
from armstrace.ballistics import queries
from armstrace.web import access

LOWEST_DEG, HIGHEST_DEG = 5.0, 85.0


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
        view = pictures.view_of_scan(opened.surface)
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
    first, second = (
        queries.prepare_mark(
            row.mark_id,
            folder=settings.MEDIA_ROOT,
            viewer=request.viewer,
            region_id=region.pk,
        )
        for row, region in zip(
            (page.row.first, page.row.second), page.regions, strict=True
        )
    )
    way = page.kept.result["first_in_second"]
    half = report_drawings.half_px(way, first.pixel_m)
    pose = Pose(way["turn_deg"], (way["shift_y_um"] * 1e-6, way["shift_x_um"] * 1e-6))
    one = pictures.view_of_mark(first, half_px=half)
    two = pictures.view_of_mark(second, pose=pose, half_px=half)
    return _png(DRAWN[shown](one, two, light_of(request)))


def _first(one: View, two: View, light: Light) -> bytes:
    del two
    return pictures.relief(one, light, steepness=pictures.steepness_of(one))


def _second(one: View, two: View, light: Light) -> bytes:
    """Draw the second as steep as the first, so that they can be set side by side."""
    return pictures.relief(two, light, steepness=pictures.steepness_of(one))


def _overlay(one: View, two: View, light: Light) -> bytes:
    del light
    return pictures.overlay(one, two)


def _difference(one: View, two: View, light: Light) -> bytes:
    del light
    return pictures.difference(one, two)


DRAWN: dict[str, Callable[[View, View, Light], bytes]] = {
    "first": _first,
    "second": _second,
    "overlay": _overlay,
    "difference": _difference,
}


def _png(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/png")


def _number(text: str | None, otherwise: float) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return otherwise
    return value if abs(value) < 1e6 else otherwise
