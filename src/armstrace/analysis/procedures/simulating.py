"""Send the recoveries of a past period through a procedure, before it is adopted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from armstrace.analysis.procedures.facts import RecoveryFacts
from armstrace.analysis.procedures.lead_times import LeadTimes
from armstrace.analysis.procedures.procedure import Procedure, Step
from armstrace.analysis.procedures.working_days import due_on
from armstrace.vocabulary.procedures import StepAnswer


@dataclass(frozen=True, slots=True)
class PastRecovery:
    """A recovery of the past.

    Args:
        agency: Whose it is.
        begun_on: When it was recorded; steps are counted from here.
        case: Names what was taken together; empty where nothing does.
    """

    facts: RecoveryFacts
    agency: str
    begun_on: date
    case: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of steps that were done before.

    Args:
        leads: Lead times by the code of a step, else by the record that answers it.
        waived: Share that was waived, in the same way.
        country: Whose working days count; empty where not known.
    """

    leads: Mapping[str, LeadTimes] = field(default_factory=dict)
    waived: Mapping[str, float] = field(default_factory=dict)
    country: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """The steps of one role at one agency.

    Args:
        hours: Of the steps whose hours the procedure says.
        without_hours: Steps whose hours it does not say.
    """

    role: str
    agency: str
    steps: int
    hours: float
    without_hours: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a procedure would have asked.

    Args:
        recoveries: How many were sent through it.
        eligible: Those that must have a parallel case.
        cases: Parallel cases to open: one for what was taken together.
        loads: Steps and hours, the most hours first.
        overdue: Steps expected to be late; None where no past says.
        overdue_unknown: Steps of which no past says how long they take.
        waivers: Waivers expected; None where no past says.
        waivers_unknown: Steps of which no past says how often they are waived.
    """

    recoveries: int
    eligible: int
    cases: int
    steps: int
    hours: float
    loads: tuple[Load, ...]
    overdue: float | None
    overdue_unknown: int
    waivers: float | None
    waivers_unknown: int


def simulate(
    procedure: Procedure, stream: Iterable[PastRecovery], past: Past
) -> Simulation:
    """Tell what a procedure would have asked of past recoveries.

    Args:
        past: How long steps took and how often they were waived.

    Source:
        Rule of this design. It supposes that people work as fast as before: where
        the procedure gives a unit more work, true times are longer.
    """
    recoveries, eligible, cases = 0, 0, set[tuple[str, str]]()
    loads: dict[tuple[str, str], list[Step]] = {}
    late, waived = _Expected(), _Expected()
    for number, each in enumerate(stream):
        recoveries += 1
        steps = procedure.steps_for(each.facts)
        if any(step.answer == StepAnswer.CASE for step in steps):
            eligible += 1
            cases.add((each.agency, each.case or f"\0{number}"))
        for step in steps:
            loads.setdefault((step.role, each.agency), []).append(step)
            late.add(_late(step, each, past))
            waived.add(_of(past.waived, step))
    shown = [_load(role, agency, them) for (role, agency), them in loads.items()]
    shown.sort(key=lambda one: (-one.hours, -one.steps, one.role, one.agency))
    return Simulation(
        recoveries=recoveries,
        eligible=eligible,
        cases=len(cases),
        steps=sum(each.steps for each in shown),
        hours=sum(each.hours for each in shown),
        loads=tuple(shown),
        overdue=late.total,
        overdue_unknown=late.unknown,
        waivers=waived.total,
        waivers_unknown=waived.unknown,
    )


@dataclass(slots=True)
class _Expected:
    """A sum of shares, apart from what is not known."""

    total: float | None = None
    unknown: int = 0

    def add(self, share: float | None) -> None:
        if share is None:
            self.unknown += 1
        else:
            self.total = (self.total or 0.0) + share


def _of[T](known: Mapping[str, T], step: Step) -> T | None:
    if step.code in known or step.answer == StepAnswer.PERSON:
        return known.get(step.code)
    return known.get(step.answer)


def _late(step: Step, one: PastRecovery, past: Past) -> float | None:
    leads = _of(past.leads, step)
    if leads is None:
        return None
    due = due_on(one.begun_on, step.days or 0, past.country)
    return leads.undone_after((due - one.begun_on).days)


def _load(role: str, agency: str, steps: list[Step]) -> Load:
    hours = [each.hours for each in steps if each.hours is not None]
    return Load(role, agency, len(steps), sum(hours), len(steps) - len(hours))
