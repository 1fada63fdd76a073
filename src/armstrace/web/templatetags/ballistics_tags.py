"""Marks and comparisons on pages of the bench, in the reader's language."""

from django import template
from django.utils import formats

from armstrace.analysis.ballistics.pictures import Light
from armstrace.ballistics.queries import ComparisonRow, MarkRow
from armstrace.translation import translate

register = template.Library()
register.filter("said", translate)


@register.filter
def other_side(row: ComparisonRow, mark_id: int) -> MarkRow:
    """Give the mark with which a mark was compared."""
    return row.second if row.first.mark_id == mark_id else row.first


@register.filter
def mm(length_m: float) -> str:
    """Give a length in millimetres, to a hundredth."""
    return formats.number_format(round(length_m * 1e3, 2), decimal_pos=2)


@register.filter
def light_query(light: Light) -> str:
    """Write the direction of the light as the query of a picture's address."""
    return f"azimuth={light.azimuth_deg:.0f}&elevation={light.elevation_deg:.0f}"
