"""Marks and comparisons on pages of the bench, in the reader's language."""

from django import template
from django.utils import formats
from django.utils.translation import gettext

from armstrace.analysis.ballistics.pictures import Light
from armstrace.ballistics.queries import ComparisonRow, MarkRow
from armstrace.translation import translate
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import Message

register = template.Library()
register.filter("said", translate)


@register.filter
def told(value: object) -> str:
    """Say what a report holds; that nothing is known is said too."""
    if isinstance(value, Code):
        return gettext(value.label)
    if isinstance(value, Message):
        return translate(value)
    return str(value) if value else gettext("not known")


@register.filter
def g(number: float) -> str:
    """Write a number as a drawing takes it, whatever the language."""
    return f"{number:g}"


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
