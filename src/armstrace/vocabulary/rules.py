"""A rule of law or procedure as a row of a table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.sources import Source


@dataclass(frozen=True, slots=True)
class Rule[Facts]:
    """One rule, said once: its code, its sentence, what it rests on, when it holds.

    Args:
        code: Such as ``TR-01``.
        message: What a person reads where it is broken: why, and what to do; made
            of the facts where it names some of them.
        source: The provision that it rests on.
        holds: Tells whether the facts keep it.
    """

    code: str
    message: Message | Callable[[Facts], Message]
    source: Source
    holds: Callable[[Facts], bool]

    def require(self, facts: Facts) -> None:
        """Refuse what breaks the rule.

        Raises:
            RuleBroken: With the code of the rule.
        """
        if not self.holds(facts):
            raise self.broken(facts)

    def broken(self, facts: Facts) -> RuleBroken:
        """Give the refusal of these facts."""
        said = (
            self.message if isinstance(self.message, Message) else self.message(facts)
        )
        return RuleBroken(self.code, said, source=self.source)


def require_all[Facts](rules: Iterable[Rule[Facts]], facts: Facts) -> None:
    """Refuse what breaks one of several rules; the first one speaks."""
    for rule in rules:
        rule.require(facts)
