"""What the indicator loses to each reason, as rows with their bars."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.statistics.shortfall import Obstacle
from armstrace.indicators import queries
from armstrace.vocabulary.tracing import TraceException, TraceOutcome
from armstrace.web.drawing import bars
from armstrace.web.figures import presenters

LISTS = (Obstacle, TraceException, TraceOutcome)


@dataclass(frozen=True, slots=True)
class CostRow:
    """A reason: its arms with their records, its points, and the length of its bar."""

    words: str
    count: int
    address: str
    points: Decimal
    length: float


def rows(
    page: queries.ShortfallPage, as_of: datetime | None = None
) -> tuple[CostRow, ...]:
    """Lay out what each reason costs, the dearest first."""
    figure = page.figure
    most = max((each.points for each in page.costs), default=0)
    return tuple(
        CostRow(
            gettext(each.reason.label),
            each.count,
            presenters.address_on(
                reverse(
                    "shortfall-records",
                    args=[figure.year, figure.method.value, each.reason.value],
                ),
                as_of,
            ),
            each.points_as_written,
            round(bars.WIDTH * float(each.points / most), 1),
        )
        for each in page.costs
    )


def reason_words(code: str) -> str:
    """Say a reason by its code; the code itself where it is none."""
    for known in LISTS:
        if code in known.__members__:
            return gettext(known[code].label)
    return code
