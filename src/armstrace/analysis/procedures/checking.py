"""Say what is wrong with a procedure, one sentence for each fault."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from armstrace.analysis.procedures import reading
from armstrace.analysis.procedures.procedure import (
    FACTS,
    Condition,
    Procedure,
    RecoveryFacts,
    Step,
    Trigger,
    can_hold,
)
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.procedures import (
    DECISIONS,
    DOING,
    LAWFUL,
    TESTS_OF,
    WAIVING,
    FactKind,
    StepAnswer,
)
from armstrace.vocabulary.recoveries import RecoveryKind

CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
MOST_STEPS = 200


def faults(values: Mapping[str, Any]) -> list[Message]:
    """Say what is wrong with plain values; nothing where they are sound."""
    return [*reading.misshapen(values)] or [*_check(reading.read(values))]


def require_sound(values: Mapping[str, Any]) -> Procedure:
    """Give the procedure of plain values.

    Raises:
        InvalidInput: There is a fault; the first one speaks.
    """
    found = faults(values)
    if found:
        raise InvalidInput(found[0], field="file")
    return reading.read(values)


def remarks(procedure: Procedure) -> list[Message]:
    """Say what lets no arm be closed, or one only if it is done, in a sound procedure.

    Source:
        Background paper (2018), paras. 62-66, 93: decided or waived before it ends.
    """
    found = [
        message(
            "Nobody may waive step “%(step)s”, so an arm of which it cannot be done is "
            "never closed; name a role under waived_by unless that is meant.",
            step=each.code,
        )
        for each in procedure.steps
        if not each.waived_by
    ]
    left_out = _never_asked(procedure)
    if left_out:
        said = message(
            "Not every arm is asked for: %(answers)s. One that is not cannot be "
            "closed; add a step for each arm.",
            answers=left_out,
        )
        found.insert(0, said)
    return found


def _never_asked(procedure: Procedure) -> list[StepAnswer]:
    """Give the decisions that are not asked of an arm of which little is known."""
    asked = [
        {each.answer for each in procedure.steps_for(RecoveryFacts(recovery_kind=kind))}
        for kind in RecoveryKind
        if kind not in LAWFUL
    ]
    return [each for each in DECISIONS if not all(each in some for some in asked)]


def _check(procedure: Procedure) -> Iterator[Message]:
    # A step that nobody can do, reach or be late with is no step; who does a step
    # does not waive it.
    if not procedure.steps:
        yield message("The procedure has no step; write at least one.")
    if len(procedure.steps) > MOST_STEPS:
        yield message(
            "The procedure has %(count)s steps; write at most %(most)s.",
            count=len(procedure.steps),
            most=MOST_STEPS,
        )
        return
    triggers = [each.code for each in procedure.triggers]
    steps = [each.code for each in procedure.steps]
    yield from _twice(message("trigger"), triggers)
    yield from _twice(message("step"), steps)
    for code in triggers + steps:
        if CODE.fullmatch(code) is None:
            yield message(
                "The code “%(code)s” cannot be part of an address; write it with at "
                "most 40 letters, digits and hyphens.",
                code=code,
            )
    for trigger in procedure.triggers:
        for condition in trigger.when:
            yield from _check_condition(trigger, condition)
    for step in procedure.steps:
        yield from _check_roles(step)
        yield from _check_names(step, procedure)
    yield from _check_order(procedure)


def _twice(what: Message, codes: list[str]) -> Iterator[Message]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield message(
                "There are %(count)s entries of the kind “%(what)s” with the code "
                "“%(code)s”; give each its own.",
                count=count,
                what=what,
                code=code,
            )


def _check_condition(trigger: Trigger, asked: Condition) -> Iterator[Message]:
    fact = FACTS.get(asked.fact)
    if fact is None:
        yield message(
            "Trigger “%(trigger)s” asks for “%(fact)s”, which is not a fact of a "
            "recovery; choose one of %(known)s.",
            trigger=trigger.code,
            fact=asked.fact,
            known=list(FACTS),
        )
        return
    tests = [each.value for each in TESTS_OF[fact.kind]]
    if asked.test not in tests:
        yield message(
            "Trigger “%(trigger)s” asks %(fact)s by “%(test)s”; ask it by %(known)s.",
            trigger=trigger.code,
            fact=asked.fact,
            test=asked.test,
            known=tests,
        )
        return
    if not asked.values:
        yield message(
            "Trigger “%(trigger)s” compares %(fact)s with nothing; write a value.",
            trigger=trigger.code,
            fact=asked.fact,
        )
    for value in asked.values:
        if not _is_value(asked.fact, value):
            yield message(
                "Trigger “%(trigger)s” compares %(fact)s with “%(value)s”, which it "
                "never is; correct the value.",
                trigger=trigger.code,
                fact=asked.fact,
                value=value,
            )


def _is_value(name: str, value: str) -> bool:
    fact = FACTS[name]
    if fact.codes is not None:
        return value in fact.codes.__members__
    if fact.kind is FactKind.NUMBER:
        return value.isascii() and value.isdigit()
    return value in {"true", "false"} if fact.kind is FactKind.FLAG else bool(value)


def _check_roles(step: Step) -> Iterator[Message]:
    if step.role not in DOING:
        yield message(
            "Step “%(step)s” is for the role “%(role)s”, which does no steps; choose "
            "one of %(known)s.",
            step=step.code,
            role=step.role,
            known=[each.value for each in DOING],
        )
    for role in step.waived_by:
        if role == step.role:
            yield message(
                "Step “%(step)s” is waived by the role that does it, %(role)s; let "
                "another role waive it.",
                step=step.code,
                role=role,
            )
        elif role not in WAIVING:
            yield message(
                "Step “%(step)s” is waived by the role “%(role)s”, which waives "
                "nothing; choose one of %(known)s.",
                step=step.code,
                role=role,
                known=[each.value for each in WAIVING],
            )
    if step.days is None:
        yield message(
            "Step “%(step)s” has no clock; write its working days under days.",
            step=step.code,
        )
    if step.answer not in StepAnswer.__members__:
        yield message(
            "Step “%(step)s” is answered by “%(answer)s”, which is not a kind of "
            "record; choose one of %(known)s.",
            step=step.code,
            answer=step.answer,
            known=list(StepAnswer.__members__),
        )


def _check_names(step: Step, procedure: Procedure) -> Iterator[Message]:
    triggers = {each.code for each in procedure.triggers}
    for code in step.triggers:
        if code not in triggers:
            yield message(
                "Step “%(step)s” is opened by the trigger “%(code)s”, which is not in "
                "the procedure; add it or take it out.",
                step=step.code,
                code=code,
            )
    for code in step.after:
        if code not in procedure.by_code:
            yield message(
                "Step “%(step)s” comes after “%(code)s”, which is not in the "
                "procedure; add it or take it out.",
                step=step.code,
                code=code,
            )


def _check_order(procedure: Procedure) -> Iterator[Message]:
    circle = _circle(procedure)
    if circle:
        yield (
            message(
                "The steps %(steps)s wait for each other in a circle; take one “after” "
                "out.",
                steps=circle,
            )
            if circle[1:]
            else message(
                "Step “%(step)s” waits for itself; take it out of its “after”.",
                step=circle[0],
            )
        )
    unreached = _find_unreached(procedure)
    for step in procedure.steps:
        if step.code in unreached and step.code not in circle:
            yield message(
                "Step “%(step)s” can never be reached: no recovery opens it, or it "
                "comes after a step that none reaches; correct its triggers.",
                step=step.code,
            )


def _circle(procedure: Procedure) -> list[str]:
    """Give the steps that wait for each other, none where they do not."""
    waiting = {
        each.code: {one for one in each.after if one in procedure.by_code}
        for each in procedure.steps
    }
    while free := [code for code, before in waiting.items() if not before & {*waiting}]:
        for code in free:
            del waiting[code]
    # What only waits for the circle is not in it.
    while idle := [
        code
        for code in waiting
        if not any(code in before for before in waiting.values())
    ]:
        for code in idle:
            del waiting[code]
    return list(waiting)


def _find_unreached(procedure: Procedure) -> set[str]:
    live = {each.code for each in procedure.triggers if _is_live(each)}
    found = {each.code for each in procedure.steps if live.isdisjoint(each.triggers)}
    while more := {
        each.code
        for each in procedure.steps
        if each.code not in found and not found.isdisjoint(each.after)
    }:
        found |= more
    return found


def _is_live(trigger: Trigger) -> bool:
    are_sound = not any(
        next(_check_condition(trigger, each), None) for each in trigger.when
    )
    # What is wrong with a condition is said there, and not of its steps again.
    return not are_sound or can_hold(trigger.when)
