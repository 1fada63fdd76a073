"""A warning as its page shows it: when and where its records were, drawn and listed."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.formats import date_format

from armstrace.risk.queries.early_warnings import WarningPage
from armstrace.web.drawing import bars, boundaries, place_map

MOST_BARS = 36


def places(page: WarningPage) -> dict[str, int]:
    """Count the records of each place that is stated, the most frequent first."""
    counted = Counter(each.place for each in page.evidence if each.place)
    return dict(counted.most_common())


def chart_of_places(page: WarningPage) -> place_map.Drawn | None:
    """Draw where the records were; None where nobody knows where a place lies."""
    counted = places(page)
    known = [
        place_map.Place(name, *page.spots[name], count)
        for name, count in counted.items()
        if name in page.spots
    ]
    return place_map.draw(known, boundaries.read(settings.BOUNDARIES_FILE))


def chart(page: WarningPage) -> bars.Bars | None:
    """Draw how many of the records happened in each month; None for fewer than two."""
    counted = Counter(
        each.on.replace(day=1) for each in page.evidence if each.on is not None
    )
    if sum(counted.values()) < 2:
        return None
    months = list(_months(min(counted), max(counted)))[-MOST_BARS:]
    return bars.draw(
        [
            bars.Count(date_format(month, "F Y"), counted.get(month, 0))
            for month in months
        ]
    )


def _months(first: date, last: date) -> Iterator[date]:
    month = first
    while month <= last:
        yield month
        after = month.month % 12 + 1
        month = date(month.year + (after == 1), after, 1)
