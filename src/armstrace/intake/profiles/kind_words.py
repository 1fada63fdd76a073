"""What words say of why an item is on file, where no code does."""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from armstrace.intake import value_words
from armstrace.intake.fields import LossKind
from armstrace.intake.profiles.kind_rules import KindRule, contains, read_word_rule
from armstrace.intake.reading_values import member_of
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.recoveries import RecoveryKind


def tells_kind(text: str) -> bool:
    """Tell whether a wording says why an item is on file.

    Args:
        text: What stands in a cell, such as ``Turn-in (buyback)``.
    """
    return is_code(text) or rule_of(text) is not None


def is_code(text: str) -> bool:
    """Tell whether a wording is a kind of recovery, or a word for one."""
    return member_of("recovery_kind", RecoveryKind, text) is not None


@dataclass(frozen=True, slots=True)
class _WordRule:
    words: tuple[str, ...]
    rule: KindRule


@lru_cache(maxsize=20_000)
def rule_of(text: str) -> KindRule | None:
    """Give the first rule whose words stand in a wording; None where none do."""
    folded = fold(text)
    for each in _rules():
        if contains(folded, each.words):
            return each.rule
    loss = value_words.code_of("loss_kind", text)
    if loss:
        return KindRule("", LossKind(loss).value, "The file says so")
    return None


@cache
def _rules() -> tuple[_WordRule, ...]:
    place = resources.files(__package__).joinpath("kind_words.toml")
    told = tomllib.loads(place.read_text(encoding="utf-8"))
    return tuple(
        _WordRule(tuple(map(fold, each["words"])), read_word_rule(each))
        for each in told["kind"]
    )
