"""Say that a step is done, ask that it be waived, decide that."""

from datetime import datetime
from typing import Any

from armstrace.accounts import independence
from armstrace.audit import ledger
from armstrace.procedures import giving, rules, standing
from armstrace.procedures.inputs import StepBack, StepDone, WaiverAsked, WaiverDecided
from armstrace.procedures.models import Followed, Step
from armstrace.records import closing, lengths
from armstrace.recoveries.models import RecoveryRecord
from armstrace.tracing.models import Assignment
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.procedures import StepStanding
from armstrace.vocabulary.rules import require_all

WAIVER = ("ground", "asked_by", "asked_because")
EVIDENCE = lengths.Limit("evidence", str, 200)


def do_step(*, step_id: int, said: StepDone, by: Actor, at: datetime) -> Step:
    """Say that a step is done, and what shows it.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``PR-01`` somebody acted on it since; ``PR-02`` it waits for an
            earlier one; ``PR-03`` it has ended; ``PR-04`` another role does it;
            ``PR-05`` its record does; ``PR-06`` nothing shows it.

    Source:
        INTERPOL firearms recovery protocol; background paper (2018), para. 64.
    """
    step, facts = _open_to(step_id, said.seen, by, "step.do")
    require_all(rules.TO_DO, facts)
    rules.SHOWN.require((said.evidence, said.note))
    lengths.require_fits(said.evidence, EVIDENCE)
    lengths.require_fits(said.note, lengths.REASON)
    done = {
        "state": StepStanding.DONE.value,
        "ended_at": max(at, step.opened_at),
        "done_by": by.name,
        "evidence": said.evidence.strip(),
        "reason": said.note.strip(),
    }
    return _record("step.done", step, done, by=by, at=at)


def take_back(*, step_id: int, said: StepBack, by: Actor, at: datetime) -> Step:
    """Open again a step that was said to be done, or take one's own waiver back.

    What was said, or asked, stays on record.

    Raises:
        RuleBroken: ``PR-01`` somebody acted on it since; ``PR-04`` another role
            does it; ``PR-07`` no reason; ``PR-14`` the recovery is closed; ``PR-22``
            no person said so; ``PR-24`` it was asked before the recovery was opened
            again.

    Source:
        Rule of this design: a correction is a new record with a reason.
    """
    step, facts = _open_to(step_id, said.seen, by, "step.do")
    require_all(rules.to_take_back(facts), facts)
    _require_open(step)
    lengths.require_reason(rules.REASONED, said.reason)
    back = {
        **dict.fromkeys(("done_by", "evidence", "record"), ""),
        "state": StepStanding.OPEN.value,
        "ended_at": None,
        "reason": said.reason.strip(),
    }
    if facts.waits_for_own_waiver:
        back = dict.fromkeys(WAIVER, "")
        back |= {"reason": said.reason.strip(), "done_by": by.name}
    return _record("step.taken_back", step, back, by=by, at=at)


def ask_waiver(*, step_id: int, said: WaiverAsked, by: Actor, at: datetime) -> Step:
    """Ask that a step go undone; a second person decides.

    Raises:
        RuleBroken: ``PR-01`` somebody acted on it since; ``PR-03`` it has ended;
            ``PR-07`` no reason; ``PR-08`` it is asked already; ``PR-11`` nobody may
            waive it.

    Source:
        Instruments, 5.5 (a reasoned waiver by a supervisor).
    """
    step, facts = _open_to(step_id, said.seen, by, "step.do")
    require_all(rules.TO_ASK, facts)
    lengths.require_reason(rules.REASONED, said.reason)
    columns = {
        "ground": said.ground.value,
        "asked_by": by.name,
        "asked_because": said.reason.strip(),
        **dict.fromkeys(("done_by", "reason"), ""),
    }
    return _record("step.waiver_asked", step, columns, by=by, at=at)


def decide_waiver(
    *, step_id: int, said: WaiverDecided, by: Actor, at: datetime
) -> Step:
    """Let a step go undone, or not.

    Raises:
        RuleBroken: ``PR-01`` somebody acted on it since; ``PR-03`` it has ended;
            ``PR-07`` no reason; ``PR-09`` nobody asked; ``PR-10`` not a second
            person; ``PR-12`` the procedure lets another role waive it; ``AC-09`` who
            asked and who decides are not independent.

    Source:
        Instruments, 5.5; rule of this design: two persons.
    """
    step, facts = _open_to(step_id, said.seen, by, "step.waive")
    require_all(rules.TO_DECIDE, facts)
    independence.require(facts.asked_by, by.name, at)
    lengths.require_reason(rules.REASONED, said.reason)
    columns: dict[str, Any] = {"reason": said.reason.strip(), "done_by": by.name}
    if not said.is_granted:
        columns |= dict.fromkeys(WAIVER, "")
        return _record("step.waiver_refused", step, columns, by=by, at=at)
    columns |= {
        "state": StepStanding.WAIVED.value,
        "ended_at": max(at, step.opened_at),
    }
    return _record("step.waived", step, columns, by=by, at=at)


def _open_to(
    step_id: int, seen: int | None, by: Actor, grant: str
) -> tuple[Step, rules.Facts]:
    by.require(grant)
    step = Step.objects.get_visible(step_id, by)
    is_seen = step.superseded_at is None and seen in {None, step.pk}
    rules.SEEN.require((f"R{step.recovery_id}", is_seen))
    record = RecoveryRecord.objects.current().get(recovery_id=step.recovery_id)
    by.require(grant, agency=record.agency)
    whose = Assignment.objects.current().filter(recovery_id=step.recovery_id).first()
    facts = standing.facts_of(step, whose.person if whose else "", by)
    return step, facts


def _require_open(step: Step) -> None:
    number = f"R{step.recovery_id}"
    followed = Followed.objects.get(recovery_id=step.recovery_id)
    rules.OPEN.require((number, followed.is_closed))
    rules.OF_NOW.require((number, step.round == followed.round))


def _record(
    act: str, step: Step, columns: dict[str, Any], *, by: Actor, at: datetime
) -> Step:
    """Let a step stand otherwise from now on, and unlock what waited for it."""
    with ledger.entry(act, by=by, at=at) as entry:
        # What is closed, or acted on, between the rules and here is refused here.
        giving.lock([step.recovery_id])
        _require_open(step)
        is_seen = Step.objects.current().filter(pk=step.pk).exists()
        rules.SEEN.require((f"R{step.recovery_id}", is_seen))
        made = closing.replace(step, entry, **columns, source=by.agency)
        giving.give([step.recovery_id], by=by, at=made.known_at, entry=entry)
    return Step.objects.current().get(
        recovery_id=step.recovery_id, round=step.round, code=step.code
    )
