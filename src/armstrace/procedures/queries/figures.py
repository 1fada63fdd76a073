"""How far standing procedures are kept: cases, lead times, waivers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, FloatField, Func, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from armstrace.analysis.procedures.procedure import Step as Asked
from armstrace.analysis.procedures.simulating import Ended, Past, Spell, lead_times
from armstrace.audit import stamps
from armstrace.procedures import waiting
from armstrace.procedures.models import ProcedureVersion, Step
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.procedures import UNDONE, StepAnswer, StepStanding

WINDOW = timedelta(days=730)


@dataclass(slots=True)
class CaseCounts:
    """What became of recoveries that must have a parallel case.

    Args:
        eligible: Recoveries of which the procedure asks a parallel case.
        with_case: Those that have one.
        waived: Those of which a supervisor waived it.
        closed: Those that are closed.
        open_steps: Open steps of all recoveries; none that waits for an earlier one.
        overdue: Of these, what is overdue.
    """

    eligible: int = 0
    with_case: int = 0
    waived: int = 0
    closed: int = 0
    open_steps: int = 0
    overdue: int = 0

    @property
    def share(self) -> float | None:
        """Give the share with a parallel case; None where none must have one."""
        return self.with_case / self.eligible if self.eligible else None


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """The counts, in all and by agency."""

    whole: CaseCounts
    by_agency: dict[str, CaseCounts]
    # Recovered arms that nobody followed yet; they are in no count.
    waiting: int


@dataclass(frozen=True, slots=True)
class StepTimes:
    """How long one step takes."""

    code: str
    words: Message
    # Days within which half are done; None where that is not reached.
    median: float | None
    # Days within which nine of ten are done; None in the same way.
    p90: float | None
    done: int
    open: int
    waived: int
    overdue: int


@dataclass(frozen=True, slots=True)
class SupervisorWaivers:
    person: str
    agency: str
    month: date
    count: int


def case_figures(*, viewer: Actor, today: date) -> CaseFigures:
    """Count what became of recoveries that must have a parallel case, by agency.

    Source:
        Background paper (2018), paras. 62-63, 93.
    """
    viewer.require("procedure.supervise")
    seen = viewer.agencies("step.view")
    key = ("cases", seen, today)
    return stamps.kept(key, lambda: _figures(viewer, today))


def cases_by_month(*, viewer: Actor, agency: str = "") -> dict[date, CaseCounts]:
    """Count them by the first day of the month in which they came to need a case."""
    viewer.require("procedure.supervise")
    key = ("cases by month", viewer.agencies("step.view"), agency)
    return stamps.kept(key, lambda: _months(viewer, agency))


def _months(viewer: Actor, agency: str) -> dict[date, CaseCounts]:
    rows = _case_steps(viewer)
    if agency:
        rows = rows.filter(agency=agency)
    found: defaultdict[date, CaseCounts] = defaultdict(CaseCounts)
    grouped = rows.annotate(month=TruncMonth("opened_at")).order_by()
    for month, state, number in grouped.values_list("month", "state").annotate(
        number=Count("pk")
    ):
        _add(found[month.date()], state, number)
    return dict(found)


def step_times(*, viewer: Actor, at: datetime, agency: str = "") -> list[StepTimes]:
    """Give how long each step takes, open ones counted, over the last two years.

    Source:
        Kaplan and Meier (1958).
    """
    viewer.require("procedure.supervise")
    seen = viewer.agencies("step.view")
    key = ("step times", seen, agency, timezone.localdate(at))
    return stamps.kept(key, lambda: _times(viewer, at, agency))


def waivers_by_supervisor(
    *, viewer: Actor, agency: str = ""
) -> list[SupervisorWaivers]:
    """Count what each supervisor waived, by agency and month, the latest first.

    Source:
        Instruments, 5.5; rule of this design: waivers are seen by who signs them.
    """
    viewer.require("procedure.supervise")
    key = ("waivers", viewer.agencies("step.view"), agency)
    return stamps.kept(key, lambda: _waivers(viewer, agency))


def _waivers(viewer: Actor, agency: str) -> list[SupervisorWaivers]:
    rows = Step.objects.current().visible_to(viewer)
    rows = rows.filter(state=StepStanding.WAIVED.value)
    if agency:
        rows = rows.filter(agency=agency)
    counted = (
        rows.annotate(month=TruncMonth("ended_at"))
        .order_by("-month", "done_by", "agency")
        .values_list("done_by", "agency", "month")
        .annotate(number=Count("pk"))
    )
    return [
        SupervisorWaivers(who, where, month.date(), n)
        for who, where, month, n in counted
    ]


def past(*, viewer: Actor, at: datetime) -> Past:
    """Give how long steps took and how often they were waived, for a simulation."""
    viewer.require("procedure.supervise")
    spells: defaultdict[str, list[Spell]] = defaultdict(list)
    ended: Counter[str] = Counter()
    waived: Counter[str] = Counter()
    for row in _spells(viewer, at, ""):
        keys = {row.code, row.answer} - {StepAnswer.PERSON.value}
        for key in keys:
            spells[key].append(row.spell)
            ended[key] += row.spell.count * (row.state not in UNDONE)
            waived[key] += row.spell.count * (row.state == StepStanding.WAIVED)
    return Past(
        {key: lead_times(some) for key, some in spells.items()},
        {key: Ended(number, waived[key]) for key, number in ended.items() if number},
        settings.HOME_COUNTRY,
    )


def _figures(viewer: Actor, today: date) -> CaseFigures:
    found: defaultdict[str, CaseCounts] = defaultdict(CaseCounts)
    cases = _case_steps(viewer).order_by()
    for agency, state, number in cases.values_list("agency", "state").annotate(
        number=Count("pk")
    ):
        _add(found[agency], state, number)
    closed = cases.filter(recovery__followed__is_closed=True)
    for agency, number in closed.values_list("agency").annotate(number=Count("pk")):
        found[agency].closed = number
    steps = Step.objects.current().visible_to(viewer)
    undone = steps.filter(state=StepStanding.OPEN.value)
    late = Count("pk", filter=Q(due_on__lt=today))
    counted = undone.order_by().values_list("agency")
    for agency, number, overdue in counted.annotate(number=Count("pk"), late=late):
        found[agency].open_steps, found[agency].overdue = number, overdue
    fresh = waiting.never_followed().visible_to(viewer).count()
    return CaseFigures(_sum(found.values()), dict(sorted(found.items())), fresh)


def _sum(counts: Iterable[CaseCounts]) -> CaseCounts:
    every = list(counts)
    names = [each.name for each in fields(CaseCounts)]
    return CaseCounts(**{n: sum(getattr(one, n) for one in every) for n in names})


def _add(counts: CaseCounts, state: str, number: int) -> None:
    counts.eligible += number
    if state == StepStanding.DONE.value:
        counts.with_case += number
    elif state == StepStanding.WAIVED.value:
        counts.waived += number


def _case_steps(viewer: Actor) -> QuerySet[Step]:
    """Give the step that asks a case of each recovery, in its present round."""
    rows = Step.objects.current().visible_to(viewer)
    asked = rows.filter(
        answer=StepAnswer.CASE.value, round=F("recovery__followed__round")
    )
    return asked.exclude(state=StepStanding.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class _Row:
    """Steps of one code that stand alike and took equally long."""

    code: str
    answer: str
    state: str
    is_late: bool
    version: int
    spell: Spell


class _Hours(Func):
    """Whole hours from one moment to another."""

    output_field = FloatField()

    def as_sqlite(self, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - Django's own
        template = "ROUND((julianday(%(expressions)s)) * 24)"
        joined = {"template": template, "arg_joiner": ") - julianday("}
        return self.as_sql(*given, **(more | joined))

    def as_postgresql(self, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - Django's own
        template = "ROUND(EXTRACT(EPOCH FROM (%(expressions)s)) / 3600)"
        return self.as_sql(*given, **(more | {"template": template, "arg_joiner": "-"}))


def _spells(viewer: Actor, at: datetime, agency: str) -> Iterator[_Row]:
    """Give the steps of the window, those alike counted by the database."""
    rows = Step.objects.current().visible_to(viewer)
    rows = rows.filter(unlocked_at__gte=at - WINDOW)
    rows = rows.exclude(state=StepStanding.WITHDRAWN.value)
    if agency:
        rows = rows.filter(agency=agency)
    alike = rows.order_by().annotate(
        is_late=Q(
            ended_at=None, due_on__isnull=False, due_on__lt=timezone.localdate(at)
        ),
        hours=_Hours(Coalesce("ended_at", Value(at)), "unlocked_at"),
    )
    names = ("code", "answer", "state", "is_late", "hours")
    counted = alike.values_list(*names).annotate(last=Max("version"), n=Count("pk"))
    for code, answer, state, is_late, hours, version, number in counted:
        is_done = state == StepStanding.DONE.value
        spell = Spell(max(float(hours), 0.0) / 24, is_done, number)
        yield _Row(code, answer, state, bool(is_late), version, spell)


def _times(viewer: Actor, at: datetime, agency: str) -> list[StepTimes]:
    by_code: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in _spells(viewer, at, agency):
        by_code[row.code].append(row)
    last = {code: max(r.version for r in rows) for code, rows in by_code.items()}
    versions = ProcedureVersion.objects.in_bulk(set(last.values()))
    found = []
    for code, rows in by_code.items():
        steps = versions[last[code]].procedure.steps
        place = next(n for n, each in enumerate(steps) if each.code == code)
        found.append((place, _step_times(steps[place], rows)))
    return [each for _, each in sorted(found, key=lambda one: (one[0], one[1].code))]


def _step_times(asked: Asked, rows: list[_Row]) -> StepTimes:
    times = lead_times(each.spell for each in rows)
    states = Counter[str]()
    for each in rows:
        states[each.state] += each.spell.count
    return StepTimes(
        code=asked.code,
        words=Message(asked.words),
        median=times.quantile(0.5),
        p90=times.quantile(0.9),
        done=times.done,
        open=states[StepStanding.OPEN.value],
        waived=states[StepStanding.WAIVED.value],
        overdue=sum(each.spell.count for each in rows if each.is_late),
    )
