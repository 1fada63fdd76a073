"""A procedure as a table and as a drawn flow."""

from dataclasses import dataclass

from django.utils.translation import gettext

from armstrace.analysis.procedures.procedure import (
    FACTS,
    Condition,
    Procedure,
    Step,
    Trigger,
)
from armstrace.translation import translate
from armstrace.vocabulary.procedures import FactKind, FactTest

WIDE, HIGH, GAP_X, GAP_Y = 200, 58, 56, 14
WORDS_A_LINE, LINES = 28, 3


@dataclass(frozen=True, slots=True)
class Box:
    """A step of the flow, in pixels."""

    x: int
    y: int
    lines: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps from left to right, with lines from those that come first."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    box_width: int = WIDE
    box_height: int = HIGH


def triggers(procedure: Procedure) -> list[tuple[Trigger, list[str]]]:
    """Give the triggers, each with its conditions in words."""
    return [(each, list(map(_said, each.when))) for each in procedure.triggers]


def flow(procedure: Procedure) -> Flow:
    """Place the steps by how many others come before them."""
    levels = procedure.levels()
    placed = {
        step.code: (10 + column * (WIDE + GAP_X), 10 + row * (HIGH + GAP_Y))
        for column, steps in enumerate(levels)
        for row, step in enumerate(steps)
    }
    high = max((len(steps) for steps in levels), default=0)
    lines = tuple(
        _line(placed[before], placed[step.code])
        for step in procedure.steps
        for before in step.after
    )
    return Flow(
        width=20 + len(levels) * (WIDE + GAP_X) - GAP_X,
        height=20 + high * (HIGH + GAP_Y) - GAP_Y,
        boxes=tuple(_box(step, *placed[step.code]) for step in procedure.steps),
        lines=lines,
    )


def _line(begin: tuple[int, int], end: tuple[int, int]) -> str:
    x, y = begin[0] + WIDE, begin[1] + HIGH // 2
    to_x, to_y = end[0], end[1] + HIGH // 2
    middle = (x + to_x) // 2
    return f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"


def _box(step: Step, x: int, y: int) -> Box:
    lines, line = [], ""
    said = translate(step.words)
    for word in said.split():
        if line and len(line) + len(word) >= WORDS_A_LINE:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    lines.append(line)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1]} …"]
    return Box(x, y, tuple(lines), said)


def _said(condition: Condition) -> str:
    fact = FACTS[condition.fact]
    values = list(condition.values)
    if fact.codes is not None:
        values = [gettext(fact.codes.words(each)) for each in values]
    elif fact.kind is FactKind.FLAG:
        values = [
            gettext("yes") if each == "true" else gettext("no") for each in values
        ]
    test = gettext(FactTest(condition.test).label)
    return f"{translate(fact.words)} {test} {', '.join(values)}"
