"""Marks and comparisons on pages of the bench, in the reader's language."""

from django import template

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
    return f"{length_m * 1e3:.2f}"
