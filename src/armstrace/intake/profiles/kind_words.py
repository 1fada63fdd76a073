"""What words say of why an item is on file, where no code does."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from armstrace.intake import value_words
from armstrace.intake.fields import LossKind
from armstrace.intake.profiles.kind_rules import KindRule, contains, read_word_rule
from armstrace.intake.reading_values import member_of
from armstrace.intake.tables.heading_words import meanings
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.texts import split_list

SHORTEST_STATUS = 3
# Words of a cell that says a status; what is longer tells a story.
LONGEST_STATUS = 8
_WITHOUT_SPACES = re.compile(r"[\u3400-\u9fff]")


def tells_kind(text: str) -> bool:
    """Tell whether a wording says why an item is on file."""
    return is_code(text) or rule_of(text) is not None


def is_code(text: str) -> bool:
    """Tell whether a wording is a kind of recovery, or a word for one."""
    return member_of("recovery_kind", RecoveryKind, text) is not None


def class_of(text: str) -> str:
    """Give the class that a status says, empty where it says none or tells a story."""
    if len(fold(text).split()) > LONGEST_STATUS:
        return ""
    said = said_in(text)
    if said is not None:
        return said.rule.kind or said.rule.loss
    known = member_of("recovery_kind", RecoveryKind, text)
    return "" if known is None else known.value


def classes_listed(text: str) -> tuple[Code, ...]:
    """Give the classes of a list such as “seized and stolen”; none of other words."""
    parts = split_list(text)
    found = [
        member_of("recovery_kind", RecoveryKind, part)
        or member_of("loss_kind", LossKind, part)
        for part in parts
        if len(parts) > 1
    ]
    return tuple(each for each in found if each) if all(found) else ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a wording says, and how surely."""

    rule: KindRule
    # Its place among the rules; what comes first decides.
    order: int
    # Whether it decides only where nothing else does.
    is_weak: bool
    text: str


@dataclass(frozen=True, slots=True)
class _WordRule:
    words: tuple[str, ...]
    unless: tuple[str, ...]
    owners: frozenset[str]
    is_weak: bool
    is_asked: bool
    is_short: bool
    rule: KindRule

    def is_heard(self, folded: str) -> bool:
        """Tell whether the rule is read in a column that is not asked for it."""
        if not self.is_asked:
            return True
        is_status = len(folded.split()) <= SHORTEST_STATUS or any(
            folded.startswith(f"{word} ") for word in self.words
        )
        return self.is_short and is_status

    def fits(self, folded: str) -> bool:
        return _stands(folded, self.words) and not _stands(folded, self.unless)


def rule_of(text: str) -> KindRule | None:
    """Give the first rule whose words stand in a wording; None where none do."""
    found = said_in(text)
    return None if found is None else found.rule


@lru_cache(maxsize=20_000)
def said_in(text: str) -> Said | None:
    """Tell what a cell says of why its row is on file, where it is asked that."""
    found = _read(text, is_asked=True)
    loss = value_words.code_of("loss_kind", text) if found is None and text else ""
    if not loss:
        return found
    rule = KindRule("", LossKind(loss).value, str(message("The file says so")))
    return Said(rule, len(_rules()), is_weak=True, text=text)


@lru_cache(maxsize=20_000)
def said_beside(heading: str, text: str) -> Said | None:
    """Tell what a cell says of why its row is on file, where it is not asked that.

    Args:
        heading: What its column is called: under "owner" the name of the police says
            whose the arm is, and a "yes" says what the heading says.
    """
    if value_words.code_of("taken_from_is_holder", text) == "YES":
        return _read(heading, is_asked=False)
    folded = fold(text)
    if len(folded.split()) > LONGEST_STATUS:
        return None
    if _asks_for_owner(heading):
        for order, each in enumerate(_rules()):
            if folded in each.owners:
                return Said(each.rule, order, each.is_weak, text)
    return _read(text, is_asked=False)


def first_of(said: Iterable[Said]) -> Said | None:
    """Give what decides of what several cells say."""
    return min(said, key=lambda each: (each.is_weak, each.order), default=None)


def _read(text: str, *, is_asked: bool) -> Said | None:
    folded = fold(text)
    for order, each in enumerate(_rules()):
        if (is_asked or each.is_heard(folded)) and each.fits(folded):
            return Said(each.rule, order, each.is_weak, text)
    return None


@cache
def _asks_for_owner(heading: str) -> bool:
    asked = tuple(map(fold, _told()["owner_headings"]))
    return "HOLDER" in meanings(heading).found or fold(heading) in asked


def _stands(folded: str, words: tuple[str, ...]) -> bool:
    """Tell whether words stand in a text; some scripts put no space between them."""
    return contains(folded, words) or (
        _WITHOUT_SPACES.search(folded) is not None
        and any(word in folded for word in words if _WITHOUT_SPACES.search(word))
    )


@cache
def _told() -> dict[str, Any]:
    return read_table(__package__, "kind_words.toml")


@cache
def _rules() -> tuple[_WordRule, ...]:
    return tuple(
        _WordRule(
            tuple(map(fold, each["words"])),
            tuple(map(fold, each.get("unless", ()))),
            frozenset(map(fold, each.get("owner", ()))),
            each.get("weak", False),
            each.get("heard", "") in {"asked", "short"},
            each.get("heard", "") == "short",
            read_word_rule(each),
        )
        for each in _told()["kind"]
    )
