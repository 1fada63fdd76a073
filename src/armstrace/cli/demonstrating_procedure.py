"""How a hub came to keep the standing procedure: first the backlog, then each month."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import cycle
from math import ceil

from armstrace.accounts import actors
from armstrace.analysis.procedures import reading
from armstrace.analysis.synthetic.country import SyntheticCountry
from armstrace.cli.demonstrating_decisions import DEMO, person
from armstrace.investigations.inputs import NewCase
from armstrace.procedures import queries
from armstrace.procedures.actions import cases, following, steps
from armstrace.procedures.inputs import StepDone, WaiverAsked, WaiverDecided
from armstrace.recoveries import queries as recoveries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.investigations import Aim
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.procedures import StepAnswer, WaiverGround
from armstrace.vocabulary.rows import fill

MONTHS = 12
# Of one kind of step; a large country has more, and they take long to do one by one.
MOST_DONE = 300
# Who leads the cases of an agency; the hub leads those of the others.
LEADS = {"VNP": "investigator", "VCG": "investigator2"}

type Row = Mapping[str, str]


def follow_months(land: SyntheticCountry, source: str, told: Collection[str]) -> None:
    """Give recoveries their steps when each became known, and most of them a case.

    What was recovered before the procedure came into use has its steps from that month.

    Args:
        source: Of the recoveries.
        told: Numbers of those whose cases are a story of their own.
    """
    by = actors.system_actor()
    last = _count(land.ends_on)
    months: defaultdict[int, list[Row]] = defaultdict(list)
    for row in land.recoveries():
        if row["item_kind"] == ItemKind.ARM:
            known = _count(date.fromisoformat(row["known_on"] or row["recovered_on"]))
            months[min(max(known, last - MONTHS), last)].append(row)
    for month, rows in sorted(months.items()):
        numbers = [row["source_number"] for row in rows]
        ids = recoveries.ids_by_source_number(source, numbers, viewer=by)
        at = _end(month)
        following.follow_procedure(recoveries=list(ids.values()), by=by, at=at)
        grave = [
            row for row in rows if _is_grave(row) and row["source_number"] not in told
        ]
        _open_cases(grave, ids, 1 - (last - month + 1) / (4 * MONTHS), by, at)


def work_off(now: datetime | None = None) -> None:
    """Let people do the steps that they say are done, each soon after it was opened.

    What was opened in the last days is left to do, and so is what a record answers.
    """
    now = now or datetime.now(UTC)
    for code, told in DEMO["steps"].items():
        after = timedelta(days=told["after"])
        does = (
            (by, step)
            for by in map(person, told["by"])
            for step in _waiting(code, by, now)
        )
        for by, step in does:
            at = step.opened_at + after
            if step.may_do and at < now:
                said = StepDone(evidence=told["evidence"])
                steps.do_step(step_id=step.step_id, said=said, by=by, at=at)


def leave_undone(but: Collection[int] = (), now: datetime | None = None) -> None:
    """Let people ask that steps go undone, each on a ground, and another decide.

    The grounds come in turn; where the turn is empty, the step is left to do.

    Args:
        but: Recoveries that are left out.
    """
    now = now or datetime.now(UTC)
    following.follow_waiting(by=actors.system_actor(), at=now)
    for code, told in DEMO["waivers"].items():
        by, second = person(told["by"]), person(told["decided_by"])
        asks, takes = (timedelta(days=told[name]) for name in ("after", "takes"))
        old = [
            step
            for step in _waiting(code, by, now)
            if step.opened_at + asks + takes < now and step.recovery_id not in but
        ]
        for step, turn in zip(old, cycle(told["turns"]), strict=False):
            if turn:
                at = step.opened_at + asks
                asked = WaiverAsked(WaiverGround(turn["ground"]), turn["reason"])
                waits = steps.ask_waiver(step_id=step.step_id, said=asked, by=by, at=at)
                said = WaiverDecided(is_granted=True, reason=turn["decision"])
                at += takes
                steps.decide_waiver(step_id=waits.pk, said=said, by=second, at=at)


def _waiting(code: str, by: Actor, now: datetime) -> Iterator[queries.StepShown]:
    """Give the open steps of a kind, the first to end first."""
    waits = queries.inbox(
        queries.InboxFilter(code=code, role=by.role),
        viewer=by,
        page=PageRequest(size=MOST_DONE),
        today=now.date(),
    )
    return (row.step for row in waits.rows)


def _open_cases(
    rows: Sequence[Row], ids: Mapping[str, int], share: float, by: Actor, at: datetime
) -> None:
    """Open a case an agency for that share of what was recovered."""
    by_agency: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows[: ceil(share * len(rows))]:
        by_agency[row["agency"]].append(ids[row["source_number"]])
    story = DEMO["cases"]["monthly"]
    for days, (agency, kept) in enumerate(sorted(by_agency.items()), 2):
        given = fill(
            NewCase,
            story,
            title=story["title"].format(at),
            aims=tuple(map(Aim, story["aims"])),
            recovery_ids=tuple(kept),
            agency=agency,
            lead=LEADS.get(agency, "analyst"),
        )
        opened_at = min(datetime.now(UTC), at + timedelta(days=days))
        cases.open_case(given=given, by=by, at=opened_at)


def _is_grave(row: Row) -> bool:
    return not {*row["criminal_contexts"].split(";")}.isdisjoint(_grave_contexts())


@cache
def _grave_contexts() -> frozenset[str]:
    """Give the contexts of which the shipped procedure asks a parallel case."""
    procedure = reading.read(reading.load_shipped())
    asking = {
        code
        for step in procedure.steps
        if step.answer == StepAnswer.CASE
        for code in step.triggers
    }
    return frozenset(
        value
        for trigger in procedure.triggers
        if trigger.code in asking
        for condition in trigger.when
        if condition.fact == "criminal_contexts"
        for value in condition.values
    )


def _count(day: date) -> int:
    """Count months from year 0."""
    return day.year * 12 + day.month - 1


def _end(month: int) -> datetime:
    """Give the evening of the last day of a month, never to come."""
    after = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    evening = datetime.combine(after - timedelta(days=1), time(20), UTC)
    return min(evening, datetime.now(UTC))
