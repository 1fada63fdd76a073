"""People at their desks, recoveries with steps, and acts with what they need."""

from dataclasses import replace
from datetime import date, timedelta

from armstrace.analysis.procedures import reading
from armstrace.investigations.actions import opening
from armstrace.investigations.inputs import NewCase
from armstrace.procedures.actions import changing, closing, following, steps
from armstrace.procedures.inputs import StepDone, WaiverAsked, WaiverDecided
from armstrace.procedures.models import Followed, Step
from armstrace.tracing.actions import decisions
from armstrace.tracing.inputs import DecisionInput
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.investigations import Aim
from armstrace.vocabulary.procedures import UNDONE, WaiverGround
from armstrace.vocabulary.recoveries import CriminalContext
from armstrace.vocabulary.tracing import TraceGround, TraceOutcome, TraceStanding
from tests import builders, cast

ANALYST, SUPERVISOR, EXAMINER = cast.ANALYST, cast.SUPERVISOR, cast.EXAMINER
SECOND_SUPERVISOR = replace(SUPERVISOR, name="second.supervisor")
OFFICER = cast.OFFICER
INVESTIGATOR = cast.actor(Role.INVESTIGATOR, "VNP", Purpose.INVESTIGATION)
BY_ROLE = {
    each.role: each for each in (ANALYST, SUPERVISOR, EXAMINER, OFFICER, INVESTIGATOR)
}
NOW = cast.NOW
TODAY = NOW.date()
DRUGS = (CriminalContext.DRUG_TRAFFICKING,)


def recovered(number="S-1", at=NOW, **changes):
    """Record one recovery and give it its steps."""
    (pk,) = builders.recovered(builders.a_recovery(number, **changes), at=at)
    follow(pk, at=at)
    return pk


def follow(*ids, by=ANALYST, at=NOW):
    return following.follow_procedure(recoveries=ids, by=by, at=at)


def step(recovery_id, code):
    rows = Step.objects.current().filter(recovery_id=recovery_id, code=code)
    return rows.select_related("version").order_by("-round").first()


def states(recovery_id):
    rows = Step.objects.current().filter(recovery_id=recovery_id)
    return {each.code: each.state for each in rows.order_by("round", "position")}


def undone(recovery_id):
    rows = Step.objects.current().filter(recovery_id=recovery_id, state__in=UNDONE)
    return list(rows.order_by("position"))


def do(recovery_id, code, by=None, at=NOW, **said):
    seen = step(recovery_id, code)
    done = StepDone(**({"evidence": "report 7"} | said))
    by = by or BY_ROLE[Role(seen.role)]
    return steps.do_step(step_id=seen.pk, said=done, by=by, at=at)


def ask(recovery_id, code, by=ANALYST, reason="surrendered in an amnesty", at=NOW):
    asked = WaiverAsked(WaiverGround.AMNESTY_COLLECTION, reason)
    seen = step(recovery_id, code)
    return steps.ask_waiver(step_id=seen.pk, said=asked, by=by, at=at)


def decide(recovery_id, code, by=SUPERVISOR, granted=True, reason="agreed", at=NOW):
    decided = WaiverDecided(granted, reason)
    seen = step(recovery_id, code)
    return steps.decide_waiver(step_id=seen.pk, said=decided, by=by, at=at)


def waive(recovery_id, code, at=NOW):
    ask(recovery_id, code, at=at)
    return decide(recovery_id, code, at=at)


def waive_all(recovery_id, at=NOW):
    for each in undone(recovery_id):
        waive(recovery_id, each.code, at=at)


def close(recovery_id, by=ANALYST, at=NOW):
    return closing.close_recovery(recovery_id=recovery_id, by=by, at=at)


def reopen(recovery_id, by=ANALYST, reason="a new witness", at=NOW):
    return closing.reopen_recovery(recovery_id=recovery_id, reason=reason, by=by, at=at)


def is_closed(recovery_id):
    return Followed.objects.get(recovery_id=recovery_id).is_closed


def trace(recovery_id, standing=TraceStanding.CLOSED, at=NOW):
    """Decide on the trace of a recovery."""
    outcome = TraceOutcome.RECORDS_UNAVAILABLE
    stated = DecisionInput(
        recovery_id,
        standing,
        at.date(),
        reason="asked in writing",
        ground=TraceGround.INADEQUATELY_MARKED,
        outcome=outcome if standing is TraceStanding.CLOSED else None,
    )
    return decisions.decide_traces(stated=[stated], by=SUPERVISOR, at=at)


def open_case(recovery_id, at=NOW, **more):
    given = NewCase(
        title="Origin",
        aims=(next(iter(Aim)),),
        why="organised crime",
        recovery_ids=(recovery_id,),
        **more,
    )
    return opening.open_case(given=given, by=INVESTIGATOR, at=at)


def kept(values=None, by=SECOND_SUPERVISOR, **changes):
    """Keep a version like the shipped one, with changes."""
    values = {**(values or reading.load_shipped()), **changes}
    return changing.keep_version(values=values, by=by, at=NOW)


def with_step(code="extra", **changes):
    """Give the shipped procedure with one step more."""
    values = reading.load_shipped()
    extra = {
        "code": code,
        "words": "Ask the neighbours",
        "role": "OFFICER",
        "triggers": ["every-arm"],
        "days": 2,
        "waived_by": ["SUPERVISOR"],
    }
    steps_ = [*values["step"], extra | changes]
    return values | {"version": "2", "step": steps_}


def without(*answers):
    """Keep a version that asks for none of some decisions."""
    values = reading.load_shipped()
    left = [each for each in values["step"] if each.get("answer") not in answers]
    gone = {each["code"] for each in values["step"] if each not in left}
    for each in left:
        each["after"] = [code for code in each.get("after", ()) if code not in gone]
    return kept(values | {"version": "without", "step": left})


def days(number):
    return timedelta(days=number)


RECOVERED_ON = date(2025, 6, 1)
