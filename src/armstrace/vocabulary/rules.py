"""A rule of law or procedure as a row of a table."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import Message, Parameter, join, message
from armstrace.vocabulary.packaged import read_rows
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

NEEDS_REASON = message("This act needs a reason; write in words why it is done.")
OVERTAKEN = message(
    "Somebody has changed %(record)s since this page was opened; nothing of yours was "
    "saved. Look at it again."
)
UNSEEN = Source("design", "what a colleague did is not overwritten unseen")
_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Rule[Facts]:
    """One rule, said once: its code, its sentence, what it rests on, when it holds."""

    # Such as ``TD-01``.
    code: str
    # What a person reads where it is broken: why, and what to do. The facts fill its
    # open places: by their names, or a tuple's in their order; what chooses between
    # sentences, or says more of the facts, is a function.
    message: str | Message | Callable[[Facts], Message]
    source: Source
    # Tells whether the facts keep it.
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
        told = self.message
        said = told(facts) if callable(told) else told
        field = getattr(facts, "field", "")
        return RuleBroken(
            self.code, _fill(said, facts), source=self.source, field=field
        )


class RuleBook:
    """The words of a module's rules and what they rest on, as a table beside it.

    ``rules.tsv`` beside ``rules.py`` has the code of each, its instrument and place
    and its sentence; the module says when it holds.
    """

    def __init__(self, module: str) -> None:
        """Open the table of a module, which gives its ``__name__``."""
        package, _, name = module.rpartition(".")
        self._rows = {row["code"]: row for row in read_rows(package, f"{name}.tsv")}

    def rule[Facts](
        self,
        code: str,
        holds: Callable[[Facts], bool],
        fills: Callable[[Facts], Mapping[str, Parameter]] | None = None,
    ) -> Rule[Facts]:
        """Give the rule of a code.

        Args:
            holds: Tells whether the facts keep it.
            fills: Gives what fills its open places; the facts do where None.
        """
        row = self._rows[code]
        words, source = row["words"], Source(row["instrument"], row["place"])
        if fills is None:
            return Rule(code, Message(words), source, holds)
        return Rule(code, lambda facts: Message(words, fills(facts)), source, holds)

    def plain(self, code: str) -> Rule[tuple[*tuple[str | int | date, ...], bool]]:
        """Give a rule of which the act itself finds out whether it holds.

        Its facts are as those of ``plain_rule``.
        """
        return self.rule(code, lambda facts: facts[-1])


def _fill(told: str | Message, facts: Any) -> Message:  # noqa: ANN401 - of any rule
    said = Message(told) if isinstance(told, str) else told
    places = dict.fromkeys(_PLACE.findall(said.template))
    if said.params or not places:
        return said
    if isinstance(facts, str | int):
        filled = dict.fromkeys(places, facts)
    elif isinstance(facts, tuple) and not hasattr(facts, "_fields"):
        filled = dict(zip(places, facts, strict=False))
    else:
        filled = {each: getattr(facts, each) for each in places}
    return replace(said, params=filled)


def rule_of_reason(code: str, source: Source) -> Rule[str]:
    """Make the rule that an act has its reason; the facts are the reason given."""
    return Rule(code, NEEDS_REASON, source, is_reason)


def rule_as_seen(code: str) -> Rule[tuple[*tuple[str | date, ...], bool]]:
    """Make the rule that nobody undoes unseen what a colleague did.

    The facts are the record's number, and whether its state is the one seen.
    """
    return plain_rule(code, OVERTAKEN, UNSEEN)


def plain_rule(
    code: str, said: str | Message, source: Source
) -> Rule[tuple[*tuple[str | int | date, ...], bool]]:
    """Make a rule of which the act itself finds out whether it holds.

    Its facts are what the sentence names, in the order of its places, and last
    whether the rule holds.

    Args:
        code: Such as ``TD-01``.
        said: The sentence, its places open.
    """
    return Rule(code, said, source, lambda facts: facts[-1])


def rule_of_none(code: str, said: str, source: Source) -> Rule[Collection[str]]:
    """Make the rule that nothing stands in the way, of which the facts are a list.

    Args:
        code: Such as ``SK-03``.
        said: The sentence, with one open place for the list.
    """
    (place,) = _PLACE.findall(said)
    return Rule(
        code,
        lambda found: Message(said, {place: tuple(found)}),
        source,
        lambda found: not found,
    )


def broken[Facts](rules: Iterable[Rule[Facts]], facts: Facts) -> Iterator[RuleBroken]:
    """Give the refusal by each of several rules that these facts break."""
    return (rule.broken(facts) for rule in rules if not rule.holds(facts))


def require_all[Facts](
    rules: Iterable[Rule[Facts]],
    facts: Facts,
    *,
    typed: Collection[Rule[Facts]] = (),
) -> None:
    """Refuse what breaks one of several rules; the first one speaks.

    Args:
        typed: Those on what was typed, of which none rests on another: where the
            first is one of them, all that are broken speak.
    """
    left = iter(rules)
    for rule in left:
        if rule.holds(facts):
            continue
        first = rule.broken(facts)
        if rule not in typed:
            raise first
        others = broken((each for each in left if each in typed), facts)
        said = join([first.message, *(each.message for each in others)])
        raise RuleBroken(first.rule, said, source=first.source, field=first.field)
