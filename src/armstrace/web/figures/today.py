"""The small trends of today's page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.indicators import queries as indicators
from armstrace.vocabulary.actors import Actor
from armstrace.web.drawing import trend
from armstrace.web.templatetags.formatting import thin
from armstrace.web.today.work import Trend

SMALL = trend.Size(300.0, 130.0)


def trends(viewer: Actor) -> tuple[Trend, ...]:
    """Draw three small trends: recoveries, and the indicator by two methods."""
    if not viewer.may("indicator.view"):
        return ()
    page = indicators.figures_page(viewer=viewer)
    if not page.years:
        return ()
    return (
        _counts(page.trends[Method.METADATA]),
        *(_shares(method, figures) for method, figures in page.trends.items()),
    )


def _counts(figures: Sequence[IndicatorValue]) -> Trend:
    told = [(figure.year, figure.denominator or 0) for figure in figures]
    points = tuple(trend.Point(year, float(count)) for year, count in told)
    name = gettext("Recovered arms that count")
    chart = trend.draw([trend.Series(name, points)], size=SMALL)
    rows = tuple((year, thin(count)) for year, count in told)
    return Trend(name, chart, rows, reverse("figures"))


def _shares(method: Method, told: Sequence[IndicatorValue]) -> Trend:
    points = tuple(
        trend.Point(p.year, None if p.value is None else float(p.value)) for p in told
    )
    name = gettext("16.4.2, %(method)s") % {"method": gettext(method.label)}
    chart = trend.draw([trend.Series(name, points)], unit="%", size=SMALL)
    none = gettext("none")
    rows = tuple((p.year, none if p.value is None else f"{p.value} %") for p in told)
    return Trend(name, chart, rows, reverse("figures"))
