"""Rules that say why a row is on file, from what several columns say together.

    [[kind_rules]]
    kind = "STATE_ARM"
    reason = "The inventory of the police names it; nobody is accused of having it."
    when = [{ column = "Inventory", words = ["police"] }]
    unless = [{ column = "Offence", words = ["receiving"] }]

Rules are tried in their order; the first that fits decides. Words are whole words.
A column that the file lacks says nothing: a condition on it does not hold.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.recoveries import RecoveryKind

LOSSES = ("LOST", "STOLEN")
_folded = lru_cache(maxsize=50_000)(fold)


@dataclass(frozen=True, slots=True)
class Condition:
    """What one column must say."""

    # Its folded heading.
    column: str
    # Folded wordings, any of which it contains as whole words; where there are none,
    # the column must be empty.
    words: tuple[str, ...] = ()

    def holds(self, texts: Mapping[str, str]) -> bool:
        """Tell whether the column says so."""
        text = texts.get(self.column)
        if text is None:
            return False
        return contains(text, self.words) if self.words else not text


@dataclass(frozen=True, slots=True)
class KindRule:
    """Why a row is on file, where its conditions hold."""

    # A code of ``RecoveryKind``; empty where the row reports a loss.
    kind: str
    # ``LOST`` or ``STOLEN`` where the row reports a loss.
    loss: str
    # Why, in a sentence that stands on the record.
    reason: str
    when: tuple[Condition, ...] = ()
    # None of them holds.
    unless: tuple[Condition, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        return tuple(each.column for each in (*self.when, *self.unless))

    def fits(self, texts: Mapping[str, str]) -> bool:
        """Tell whether the rule fits a row."""
        return all(each.holds(texts) for each in self.when) and not any(
            each.holds(texts) for each in self.unless
        )


@lru_cache(maxsize=50_000)
def contains(folded: str, words: tuple[str, ...]) -> bool:
    """Tell whether a folded text contains any of some wordings as whole words."""
    padded = f" {folded} "
    return any(f" {word} " in padded for word in words)


def read_word_rule(given: Mapping[str, Any]) -> KindRule:
    """Read a rule that looks at no column but at the words themselves."""
    return KindRule(given.get("kind", ""), given.get("loss", ""), given["reason"])


def read_rule(given: Mapping[str, Any]) -> KindRule:
    """Read a rule from its table."""
    return KindRule(
        given.get("kind", ""),
        given.get("loss", ""),
        given["reason"],
        tuple(map(_condition, given.get("when", ()))),
        tuple(map(_condition, given.get("unless", ()))),
    )


def _condition(given: Mapping[str, Any]) -> Condition:
    words = tuple(map(fold, given.get("words", ())))
    if bool(words) is bool(given.get("empty")):
        msg = message(
            "a condition on %(column)s needs either words or empty = true",
            column=str(given["column"]),
        )
        raise InvalidInput(msg)
    return Condition(fold(given["column"]), words)


def faults_of(rules: Iterable[KindRule]) -> Iterator[Message]:
    """Say in sentences what is wrong with rules."""
    for rule in rules:
        if not rule.reason:
            yield message("a rule of kind has no reason.")
        if bool(rule.kind) is bool(rule.loss):
            yield message("a rule of kind names either a kind or a loss.")
        if rule.kind and rule.kind not in RecoveryKind.__members__:
            yield message("%(kind)s is not a kind of recovery.", kind=rule.kind)
        if rule.loss and rule.loss not in LOSSES:
            yield message("%(loss)s is neither LOST nor STOLEN.", loss=rule.loss)


type Teller = Callable[[Sequence[str]], KindRule | None]


def teller(rules: tuple[KindRule, ...], places: Mapping[str, int]) -> Teller | None:
    """Make what tells the rule of a row; None where there are no rules.

    Args:
        places: Folded heading to its place in the row.
    """
    if not rules:
        return None
    looked_at = {name for rule in rules for name in rule.columns}
    by_words = {
        each.column
        for rule in rules
        for each in (*rule.when, *rule.unless)
        if each.words
    }
    columns = [(name, places[name]) for name in sorted(looked_at) if name in places]

    @lru_cache(maxsize=20_000)
    def told(texts: tuple[str, ...]) -> KindRule | None:
        named = {name: text for (name, _), text in zip(columns, texts, strict=True)}
        return next((rule for rule in rules if rule.fits(named)), None)

    def tell(cells: Sequence[str]) -> KindRule | None:
        # Of a column that is only full or empty it makes no difference what it says.
        texts = (
            (cells[place].strip() if place < len(cells) else "", name in by_words)
            for name, place in columns
        )
        return told(
            tuple(_folded(text) if read else "." * bool(text) for text, read in texts)
        )

    return tell
