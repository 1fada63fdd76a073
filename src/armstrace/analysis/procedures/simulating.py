"""Send past recoveries through a procedure, by how long its steps took before."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from armstrace.analysis.procedures.procedure import Procedure, RecoveryFacts, Step
from armstrace.analysis.procedures.working_days import due_on
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.procedures import StepAnswer


@dataclass(frozen=True, slots=True)
class Spell:
    """How long one step has taken."""

    # From when it could be begun to its end, or to now.
    days: float
    # Whether it was done; a step that is open or was waived was not.
    is_ended: bool
    # How many took just as long and ended alike.
    count: int = 1


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """The share of steps that are still undone after so many days."""

    # Days on which a step was done, with the share undone after them.
    curve: tuple[tuple[float, float], ...]
    done: int
    # Steps that were not, by when we looked.
    open: int

    def undone_after(self, days: float) -> float | None:
        """Give the share that is undone after so many days; None without data."""
        if not self.curve:
            return None
        reached = [share for day, share in self.curve if day <= days]
        return reached[-1] if reached else 1.0

    def quantile(self, share: float) -> float | None:
        """Give the days within which a share is done; None where not reached yet."""
        wanted = 1 - share + 1e-12
        return next((day for day, undone in self.curve if undone <= wanted), None)


def lead_times(spells: Iterable[Spell]) -> LeadTimes:
    """Estimate how long a step takes, open ones counted as not done yet.

    Source:
        Kaplan and Meier (1958), the product-limit estimator. It supposes that what is
        still open is no different from what was done; where people leave the hard
        ones for later, true times are longer.
    """
    ordered = sorted(spells, key=lambda each: each.days)
    whole = sum(each.count for each in ordered)
    at_risk, share, curve, done = whole, 1.0, [], 0
    for days, group in groupby(ordered, key=lambda each: each.days):
        alike = list(group)
        ends = sum(each.count for each in alike if each.is_ended)
        if ends:
            share *= 1 - ends / at_risk
            curve.append((days, share))
        at_risk -= sum(each.count for each in alike)
        done += ends
    return LeadTimes(tuple(curve), done, whole - done)


FOUR_DIGITS = re.compile(r"[1-9][0-9]{3}")
WAIVERS_EXPECTED = message(
    "Expected waivers assume that each step is waived as often as in the last two "
    "years; nothing is known of a step that was completed or waived fewer than ten "
    "times."
)
# A step that ended less often says nothing of how often it is waived.
FEWEST_ENDED = 10


@dataclass(frozen=True, slots=True)
class PastRecovery:
    facts: RecoveryFacts
    agency: str
    # When it was recorded; steps are counted from here.
    begun_on: date
    # Names what was taken together; empty where nothing does.
    case: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How often a step ended before, and how often by a waiver."""

    total: int
    waived: int


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of steps that were done before."""

    # Lead times by the code of a step, else by the record that answers it.
    leads: Mapping[str, LeadTimes] = field(default_factory=dict)
    # How steps ended, in the same way.
    ended: Mapping[str, Ended] = field(default_factory=dict)
    # Whose working days count; empty where not known.
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
class StepLoad:
    """One step: how often it is asked, and how many waivers that makes likely.

    Args:
        ended: How it ended before; None where it never did.
    """

    code: str
    words: str
    steps: int
    ended: Ended | None

    @property
    def waivers(self) -> float | None:
        """Give the waivers expected, where as many are waived as before."""
        if self.ended is None or self.ended.total < FEWEST_ENDED:
            return None
        return self.steps * self.ended.waived / self.ended.total


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a procedure would have asked.

    Args:
        recoveries: How many were sent through it.
        eligible: Those that must have a parallel case.
        cases: Parallel cases to open: one for what was taken together.
        loads: Steps and hours, the most hours first.
        by_step: Each step that is asked, in the order of the procedure.
        overdue: Steps expected to be late; None where no past says.
        overdue_unknown: Steps of which no past says how long they take.
    """

    recoveries: int
    eligible: int
    cases: int
    steps: int
    hours: float
    loads: tuple[Load, ...]
    by_step: tuple[StepLoad, ...]
    overdue: float | None
    overdue_unknown: int

    @property
    def waivers(self) -> float | None:
        """Give the waivers expected; None where no past says."""
        known = [one.waivers for one in self.by_step if one.waivers is not None]
        return sum(known) if known else None

    @property
    def waivers_unknown(self) -> int:
        """Count the steps of which no past says how often they are waived."""
        return sum(one.steps for one in self.by_step if one.waivers is None)


def year_of(written: str) -> int:
    """Read the year whose recoveries are sent through a procedure.

    Raises:
        InvalidInput: It is no year of four digits.
    """
    if FOUR_DIGITS.fullmatch(written.strip()) is None:
        msg = message(
            "“%(year)s” is not a year; write its four digits, such as 2025.",
            year=written,
        )
        raise InvalidInput(msg, field="year")
    return int(written)


def simulate(
    procedure: Procedure, stream: Iterable[PastRecovery], past: Past
) -> Simulation:
    """Tell what a procedure would have asked of past recoveries.

    Source:
        Rule of this design. It supposes that people work as fast as before: where
        the procedure gives a unit more work, true times are longer.
    """
    recoveries, eligible, cases = 0, 0, set[tuple[str, str]]()
    loads: dict[tuple[str, str], list[Step]] = {}
    shares, unknown, asked = list[float](), 0, Counter[str]()
    for number, each in enumerate(stream):
        recoveries += 1
        steps = procedure.steps_for(each.facts)
        if any(step.answer == StepAnswer.CASE for step in steps):
            eligible += 1
            cases.add((each.agency, each.case or f"\0{number}"))
        for step in steps:
            loads.setdefault((step.role, each.agency), []).append(step)
            share = _late(step, each, past)
            unknown += share is None
            shares += [] if share is None else [share]
            asked[step.code] += 1
    shown = [_load(role, agency, them) for (role, agency), them in loads.items()]
    shown.sort(key=lambda one: (-one.hours, -one.steps, one.role, one.agency))
    return Simulation(
        recoveries=recoveries,
        eligible=eligible,
        cases=len(cases),
        steps=sum(each.steps for each in shown),
        hours=sum(each.hours for each in shown),
        loads=tuple(shown),
        by_step=tuple(
            StepLoad(one.code, one.words, asked[one.code], _of(past.ended, one))
            for one in procedure.steps
            if one.code in asked
        ),
        overdue=sum(shares) if shares else None,
        overdue_unknown=unknown,
    )


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
