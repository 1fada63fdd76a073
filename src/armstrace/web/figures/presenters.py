"""Figures as their page shows them: addresses of records, charts."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.indicators import queries
from armstrace.web.drawing import trend

HALF_A_PAGE = trend.Size(480.0, 230.0)


def as_of_query(as_of: datetime | None) -> str:
    """Give what an address ends with, where a day was asked for."""
    return f"?as_of={as_of.date()}" if as_of else ""


def shortfall_address(year: int, method: Method, as_of: datetime | None) -> str:
    """Give the address of what each reason costs a figure."""
    return reverse("shortfall", args=[year, method.value]) + as_of_query(as_of)


def chart(page: queries.FiguresPage) -> trend.Chart:
    series = [
        trend.Series(gettext(method.label), tuple(map(point, figures)))
        for method, figures in page.trends.items()
    ]
    return trend.draw(series, unit="%", size=HALF_A_PAGE)


def point(figure: IndicatorValue) -> trend.Point:
    """Place a figure in a chart; one without a value leaves the line open."""
    if figure.value is None or figure.interval is None:
        return trend.Point(figure.year, None)
    low, high = float(figure.interval.low), float(figure.interval.high)
    return trend.Point(figure.year, float(figure.value), low, high)
