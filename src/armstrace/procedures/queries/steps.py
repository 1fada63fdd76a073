"""The steps of one recovery: what is done, what is next, whose turn it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from armstrace.audit import consultations
from armstrace.procedures import rules, standing
from armstrace.procedures.models import Closing, Followed, Step
from armstrace.records.lookups import among
from armstrace.records.scope import no_such_record
from armstrace.recoveries.models import Recovery
from armstrace.tracing.models import Assignment
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.procedures import StepAnswer, StepStanding, WaiverGround
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class Ungranted:
    """A waiver that was asked for and refused, or taken back.

    Args:
        ended_by: Who refused it, or who asked and took it back; empty where that
            was not kept.
        reason: Why it was refused or taken back.
    """

    asked_by: str
    asked_because: str
    ended_at: datetime
    ended_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step as it stands.

    Args:
        step_id: Names its present state; sent back, it says what was read.
        round: How often the recovery had been opened when it was asked, from 1.
        version: Name and number of the procedure that it comes from.
        waits_for: What the steps ask that come first and are not done.
        record: The record that says that it is done, as ``tracing.tracedecision``.
        is_late: Whether it is overdue.
        may_do: Whether the viewer may say that it is done.
        may_ask: Whether the viewer may ask that it be waived.
        may_decide: Whether the viewer may decide that.
        undecided_because: Why the viewer may not, where it is asked; None else.
        may_take_back: Whether the viewer may open it again.
    """

    step_id: int
    recovery_id: int
    code: str
    words: Message
    version: str
    round: int
    role: Role
    answer: StepAnswer
    state: StepStanding
    evidence_wanted: Message
    waits_for: tuple[Message, ...]
    opened_at: datetime
    due_on: date | None
    is_late: bool
    ended_at: datetime | None
    done_by: str
    record: str
    evidence: str
    said: str
    ground: WaiverGround | None
    asked_by: str
    asked_because: str
    may_do: bool
    may_ask: bool
    may_decide: bool
    undecided_because: Message | None
    may_take_back: bool
    # Waivers of it that were asked for and not granted, the earliest first.
    ungranted: tuple[Ungranted, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """What the standing procedure asks of a recovery.

    Args:
        is_followed: Whether it has its steps yet.
        steps: Those that are asked in its present round.
        earlier: Those kept from before it was opened again, the latest round first.
        open_steps: How many are open or locked.
        closings: When it was closed and opened again, the latest first.
        may_close: Whether the viewer may close it, or open it again.
    """

    recovery_id: int
    is_followed: bool
    is_closed: bool
    open_steps: int
    steps: tuple[StepShown, ...]
    earlier: tuple[StepShown, ...]
    closings: tuple[Closing, ...]
    may_close: bool

    @property
    def open_now(self) -> int:
        """Count the steps that can be done now."""
        return sum(step.state is StepStanding.OPEN for step in self.steps)


def panel(
    recovery_id: int, *, viewer: Actor, today: date, is_seen: bool = False
) -> Panel:
    """Give the steps of a recovery.

    Args:
        recovery_id: The recovered item; parts and ammunition have no steps.
        is_seen: Whether some query has already let it through.
    """
    viewer.require("step.view")
    if not is_seen:
        Recovery.objects.get_visible(recovery_id, viewer)
    consultations.show(Recovery, recovery_id)
    followed = Followed.objects.filter(recovery_id=recovery_id).first()
    number = followed.round if followed else 1
    rows = Step.objects.visible_to(viewer).filter(recovery_id=recovery_id)
    versions = list(rows.prefetch_related("version").order_by("pk"))
    ordered = sorted(filter(_is_asked, versions), key=lambda s: (-s.round, s.position))
    agency = ordered[0].agency if ordered else ""
    told = shown(ordered, ordered, viewer=viewer, today=today)
    ungranted = _refusals_of_waivers(versions)
    told = [
        replace(each, ungranted=tuple(ungranted[each.round, each.code]))
        for each in told
    ]
    closings = Closing.objects.filter(recovery_id=recovery_id).order_by("-pk")
    return Panel(
        recovery_id=recovery_id,
        is_followed=followed is not None,
        is_closed=followed is not None and followed.is_closed,
        open_steps=sum(each.is_undone for each in ordered),
        steps=tuple(each for each in told if each.round == number),
        earlier=tuple(
            replace(each, may_take_back=False) for each in told if each.round < number
        ),
        closings=tuple(closings),
        may_close=viewer.may_for("recovery.close", agency),
    )


def _is_asked(step: Step) -> bool:
    """Tell whether a version says how a step stands now, and it was not withdrawn."""
    return step.superseded_at is None and step.state != StepStanding.WITHDRAWN


def _refusals_of_waivers(
    versions: Iterable[Step],
) -> dict[tuple[int, str], list[Ungranted]]:
    """Give what became of waivers that were not granted, by round and code.

    Args:
        versions: All that was ever known of the steps of a recovery, in its order.
    """
    asked: dict[tuple[int, str], Step] = {}
    found: dict[tuple[int, str], list[Ungranted]] = defaultdict(list)
    for row in versions:
        was = asked.pop((row.round, row.code), None)
        if row.asked_by:
            asked[row.round, row.code] = row
        elif was is not None:
            found[row.round, row.code].append(
                fill(
                    Ungranted,
                    was,
                    ended_at=row.known_at,
                    ended_by=row.done_by,
                    reason=row.reason,
                )
            )
    return found


def step_of_recovery(
    recovery_id: int, place: tuple[int, str], *, viewer: Actor, today: date
) -> StepShown:
    """Give one step of a recovery, however it stands now.

    Args:
        place: The round in which it is asked, and its code.
    """
    found = panel(recovery_id, viewer=viewer, today=today)
    for each in (*found.steps, *found.earlier):
        if (each.round, each.code) == place:
            return each
    raise NotFound(no_such_record(place))


def shown(
    rows: Iterable[Step], beside: Iterable[Step], *, viewer: Actor, today: date
) -> list[StepShown]:
    """Give steps as they are shown, with what the viewer may do with each.

    Args:
        rows: The steps, each with its version.
        beside: All steps of the same recoveries, by which one says what it waits for.
    """
    rows = list(rows)
    now = Assignment.objects.current()
    ids = {each.recovery_id for each in rows}
    held = now.filter(among("recovery_id", ids)).values_list("recovery_id", "person")
    responsible = dict(held)
    undone = {(s.recovery_id, s.round, s.code) for s in beside if s.is_undone}
    return [
        _shown(each, responsible.get(each.recovery_id, ""), undone, viewer, today)
        for each in rows
    ]


def _shown(
    row: Step,
    responsible: str,
    undone: set[tuple[int, int, str]],
    viewer: Actor,
    today: date,
) -> StepShown:
    facts = standing.facts_of(row, responsible, viewer)
    procedure = row.version.procedure
    asked = procedure.by_code[row.code]
    may_do = viewer.may_for("step.do", row.agency)
    may_waive = viewer.may_for("step.waive", row.agency)
    broken = (e.broken(facts) for e in rules.TO_DECIDE if not e.holds(facts))
    refusal = next(broken, None)
    return fill(
        StepShown,
        row,
        step_id=row.pk,
        words=Message(asked.words),
        version=str(row.version),
        evidence_wanted=Message(asked.evidence),
        waits_for=tuple(
            Message(procedure.by_code[code].words)
            for code in asked.after
            if (row.recovery_id, row.round, code) in undone and row.is_undone
        ),
        done_by=row.done_by if row.ended_at else "",
        is_late=row.is_undone and row.due_on is not None and row.due_on < today,
        record=row.record.partition(":")[0],
        said=row.reason,
        may_do=may_do and all(each.holds(facts) for each in rules.TO_DO),
        may_ask=may_do and all(each.holds(facts) for each in rules.TO_ASK),
        may_decide=may_waive and refusal is None,
        undecided_because=refusal.message if refusal and row.asked_by else None,
        may_take_back=may_do
        and all(each.holds(facts) for each in rules.to_take_back(facts)),
    )
