"""The work list of one person: counts, the next in each queue, small trends."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from armstrace.analysis.statistics import trends as trends_of
from armstrace.analysis.statistics.indicator import Method
from armstrace.ballistics import queries as ballistics
from armstrace.indicators import queries as indicators
from armstrace.intake import queries as intake
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import COUNTED
from armstrace.web.drawing import trend
from armstrace.web.templatetags.formatting import thin
from armstrace.web.tracing import presenters

NEXT = 5
DECISIONS = ("open", "close", "except", "confirm")
SMALL = trend.Size(300.0, 130.0)


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of work: how much of it waits, and where it is done.

    Args:
        late: How much of it is overdue, in words; empty for none.
    """

    meaning: str
    count: int
    is_more: bool
    what: str
    act: str
    address: str
    late: str = ""
    late_address: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """The next few of a kind of work."""

    name: str
    rows: tuple[tuple[tracing.TracedRow, presenters.StandingShown], ...]
    address: str
    empty: str


@dataclass(frozen=True, slots=True)
class Trend:
    name: str
    chart: trend.Chart
    rows: tuple[tuple[int, str], ...]
    address: str


def tasks(viewer: Actor, today: date) -> tuple[Task, ...]:
    """Count what waits for this person."""
    found: list[Task] = []
    if viewer.may("ballistics.conclude"):
        found += _bench(ballistics.bench_waiting(viewer=viewer))
    if follows_traces(viewer):
        waiting = tracing.waiting(viewer=viewer, today=today)
        found += _traces(waiting, decides=decides(viewer))
    if viewer.may("intake.view"):
        held = intake.open_held_count(viewer=viewer)
        found.append(
            _task(
                ("waiting", held),
                gettext("held rows"),
                gettext("Mend held rows")
                if viewer.may("intake.mend")
                else gettext("Look at them"),
                reverse("held-rows"),
            )
        )
    return tuple(found)


def decides(viewer: Actor) -> bool:
    """Tell whether this person decides on traces at all."""
    return any(viewer.may(f"trace.{act}") for act in DECISIONS)


def follows_traces(viewer: Actor) -> bool:
    """Tell whether traces are this person's work: an examiner only reads them."""
    is_at_bench = viewer.may("ballistics.conclude") and not decides(viewer)
    return viewer.may("recovery.view") and not is_at_bench


def _bench(waiting: ballistics.BenchWaiting) -> list[Task]:
    return [
        _task(
            ("waiting", waiting.reviews),
            gettext("conclusions that await a second examiner"),
            gettext("Conclude as the second"),
            reverse("conclusions") + "?standing=AWAITED",
        ),
        _task(
            ("overdue", waiting.disputes),
            gettext("disputed conclusions"),
            gettext("Settle them"),
            reverse("conclusions") + "?standing=DISPUTED",
        ),
        _task(
            ("overdue", waiting.unlinked),
            gettext("links of yours that another person removed"),
            gettext("See why"),
            reverse("conclusions") + "?standing=UNLINKED",
        ),
        _task(
            ("waiting", waiting.regions),
            gettext("marks whose region is only proposed"),
            gettext("Check the regions"),
            reverse("ballistics") + "?unchecked=1",
        ),
        _task(
            ("waiting", waiting.searches),
            gettext("finished searches without a conclusion"),
            gettext("Examine the candidates"),
            reverse("searches"),
        ),
    ]


def _traces(waiting: tracing.Waiting, *, decides: bool) -> list[Task]:
    found = _decisions(waiting)
    if decides:
        return found
    look = gettext("Look at them")
    return [replace(task, act=look) for task in found]


def _decisions(waiting: tracing.Waiting) -> list[Task]:
    narrowed = reverse("recoveries") + "?stands="
    undecided = _task(
        ("waiting", waiting.undecided),
        gettext("recoveries without a decision"),
        gettext("Decide on them"),
        narrowed + "UNDECIDED",
    )
    return [
        _with_overdue(undecided, waiting),
        _task(
            ("waiting", waiting.proposed),
            gettext("proposed points of diversion"),
            gettext("Confirm or refuse them"),
            reverse("traces") + "?standing=PROPOSED",
        ),
        _task(
            ("", waiting.open_traces),
            gettext("traces to do"),
            gettext("Go on with them"),
            reverse("traces") + "?standing=OPEN",
        ),
        _task(
            ("overdue", waiting.seen_before),
            gettext("arms seen before"),
            gettext("See where they came back"),
            narrowed + "SEEN_BEFORE",
        ),
    ]


def _with_overdue(task: Task, waiting: tracing.Waiting) -> Task:
    if not waiting.overdue or waiting.due_days is None:
        return task
    told = ngettext(
        "%(count)s overdue: more than %(days)s day after the record",
        "%(count)s overdue: more than %(days)s days after the record",
        waiting.due_days,
    ) % {"count": thin(waiting.overdue), "days": waiting.due_days}
    address = reverse("recoveries") + "?stands=OVERDUE"
    return replace(task, meaning="overdue", late=told, late_address=address)


def _task(counted: tuple[str, int], what: str, act: str, address: str) -> Task:
    meaning, count = counted
    drawn = meaning if count else "confirmed"
    return Task(drawn, count, count >= COUNTED, what, act, address)


def queues(viewer: Actor, today: date) -> tuple[Queue, ...]:
    """Give the next few recoveries of each kind of work."""
    if not follows_traces(viewer):
        return ()
    wanted = (
        (
            tracing.Standing.PROPOSED,
            gettext("Points of diversion to confirm"),
            gettext("Nothing is proposed; open traces bring proposals."),
        ),
        (
            tracing.Standing.SEEN_BEFORE,
            gettext("Recovered before"),
            gettext("No recovered arm bears the marks of an earlier one."),
        ),
        (
            tracing.Standing.UNDECIDED,
            gettext("Newest without a decision"),
            gettext("Every recovery has its decision."),
        ),
    )
    return tuple(_queue(viewer, today, *each) for each in wanted)


def _queue(
    viewer: Actor, today: date, standing: tracing.Standing, name: str, empty: str
) -> Queue:
    found = tracing.newest(standing, viewer=viewer, limit=NEXT, today=today)
    rows = tuple((row, presenters.row_standing(row)) for row in found)
    address = reverse("recoveries") + f"?stands={standing.value}"
    return Queue(name, rows, address, empty)


def trends(viewer: Actor) -> tuple[Trend, ...]:
    """Draw three small trends: recoveries, and the indicator by two methods."""
    if not viewer.may("indicator.view"):
        return ()
    page = indicators.figures_page(viewer=viewer)
    if not page.years:
        return ()
    return (
        _counts(page.trends),
        _shares(page.trends, Method.METADATA),
        _shares(page.trends, Method.UNODC_ANNUAL),
    )


def _counts(trends: Mapping[Method, tuple[trends_of.Point, ...]]) -> Trend:
    told = [(p.year, p.denominator or 0) for p in trends[Method.METADATA]]
    points = tuple(trend.Point(year, float(count)) for year, count in told)
    name = gettext("Recovered arms that count")
    chart = trend.draw([trend.Series(name, points)], size=SMALL)
    rows = tuple((year, thin(count)) for year, count in told)
    return Trend(name, chart, rows, reverse("figures"))


def _shares(
    trends: Mapping[Method, tuple[trends_of.Point, ...]], method: Method
) -> Trend:
    told = trends[method]
    points = tuple(
        trend.Point(p.year, None if p.value is None else float(p.value)) for p in told
    )
    name = gettext("16.4.2, %(method)s") % {"method": gettext(method.label)}
    chart = trend.draw([trend.Series(name, points)], unit="%", size=SMALL)
    none = gettext("none")
    rows = tuple((p.year, none if p.value is None else f"{p.value} %") for p in told)
    return Trend(name, chart, rows, reverse("figures"))
