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
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
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
        SAID.say("NOBODY_WAIVES", step=each.code)
        for each in procedure.steps
        if not each.waived_by
    ]
    left_out = _never_asked(procedure)
    if left_out:
        said = SAID.say("NOT_EVERY_ARM", answers=left_out)
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
        yield SAID.say("TOO_MANY_STEPS", count=len(procedure.steps), most=MOST_STEPS)
        return
    triggers = [each.code for each in procedure.triggers]
    steps = [each.code for each in procedure.steps]
    yield from _twice(message("trigger"), triggers)
    yield from _twice(message("step"), steps)
    for code in triggers + steps:
        if CODE.fullmatch(code) is None:
            yield SAID.say("NO_CODE", code=code)
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
            yield SAID.say("CODE_TWICE", count=count, what=what, code=code)


def _check_condition(trigger: Trigger, asked: Condition) -> Iterator[Message]:
    fact = FACTS.get(asked.fact)
    if fact is None:
        yield SAID.say(
            "NO_SUCH_FACT", trigger=trigger.code, fact=asked.fact, known=list(FACTS)
        )
        return
    tests = [each.value for each in TESTS_OF[fact.kind]]
    if asked.test not in tests:
        yield SAID.say(
            "NO_SUCH_TEST",
            trigger=trigger.code,
            fact=asked.fact,
            test=asked.test,
            known=tests,
        )
        return
    if not asked.values:
        yield SAID.say("NO_VALUE", trigger=trigger.code, fact=asked.fact)
    for value in asked.values:
        if not _is_value(asked.fact, value):
            yield SAID.say(
                "NEVER_THE_VALUE", trigger=trigger.code, fact=asked.fact, value=value
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
        yield SAID.say(
            "NO_DOING_ROLE",
            step=step.code,
            role=step.role,
            known=[each.value for each in DOING],
        )
    for role in step.waived_by:
        if role == step.role:
            yield SAID.say("WAIVED_BY_DOER", step=step.code, role=role)
        elif role not in WAIVING:
            yield SAID.say(
                "NO_WAIVING_ROLE",
                step=step.code,
                role=role,
                known=[each.value for each in WAIVING],
            )
    if step.days is None:
        yield SAID.say("NO_CLOCK", step=step.code)
    if step.answer not in StepAnswer.__members__:
        yield SAID.say(
            "NO_SUCH_ANSWER",
            step=step.code,
            answer=step.answer,
            known=list(StepAnswer.__members__),
        )


def _check_names(step: Step, procedure: Procedure) -> Iterator[Message]:
    triggers = {each.code for each in procedure.triggers}
    for code in step.triggers:
        if code not in triggers:
            yield SAID.say("NO_SUCH_TRIGGER", step=step.code, code=code)
    for code in step.after:
        if code not in procedure.by_code:
            yield SAID.say("NO_SUCH_STEP", step=step.code, code=code)


def _check_order(procedure: Procedure) -> Iterator[Message]:
    circle = _circle(procedure)
    if circle:
        yield (
            SAID.say("A_CIRCLE", steps=circle)
            if circle[1:]
            else SAID.say("WAITS_FOR_ITSELF", step=circle[0])
        )
    unreached = _find_unreached(procedure)
    for step in procedure.steps:
        if step.code in unreached and step.code not in circle:
            yield SAID.say("NEVER_REACHED", step=step.code)


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
