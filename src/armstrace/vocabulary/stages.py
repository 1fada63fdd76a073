"""Stages of a file: which act leads from where to where; every other one is refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source


@dataclass(frozen=True, slots=True)
class Move[S: Code]:
    """From where an act leads, and to where."""

    sources: tuple[S, ...]
    # The next stage; None where it stays as it is.
    to: S | None
    # Line of the policy that opens the act.
    grant: str


def rule_of_stages[S: Code, A: Code](
    code: str, said: Message, source: Source, moves: Mapping[A, Move[S]]
) -> Rule[tuple[str, S, A]]:
    """Make the rule that the stage of a file allows an act.

    Its facts are the number, the stage that stands, and the act.

    Args:
        code: Such as ``TX-01``.
        said: Names ``number``, ``stage``, ``act`` and ``stages``, those it is for.
    """

    def say(told: tuple[str, S, A]) -> Message:
        number, stage, act = told
        stages = moves[act].sources
        return Message(
            said.template,
            {"number": number, "stage": stage, "act": act, "stages": stages},
        )

    return Rule(code, say, source, lambda told: told[1] in moves[told[2]].sources)
