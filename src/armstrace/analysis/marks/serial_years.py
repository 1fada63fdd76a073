"""Tell the year of manufacture from a serial number, where a rule is known."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "serial_rules.toml"
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class YearRule:
    """How one maker writes the year into its numbers.

    Args:
        pattern: Matches the whole search key; its group ``yy`` is the year.
        first: First year of the practice.
        last: Last year of the practice.
    """

    pattern: re.Pattern[str]
    first: int
    last: int


@lru_cache(maxsize=65536)
def year_of(key: str, make: str) -> int | None:
    """Tell the year that a serial number states.

    Args:
        key: Search key of the number.
        make: Canonical make.

    Returns:
        The year, or None where no documented rule of this maker applies.
    """
    for rule in _rules().get(make, ()):
        match = rule.pattern.fullmatch(key)
        if match is None:
            continue
        year = rule.first - rule.first % _CENTURY + int(match["yy"])
        if rule.first <= year <= rule.last:
            return year
    return None


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[YearRule, ...]]:
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"]
    rules: dict[str, tuple[YearRule, ...]] = {}
    for entry in entries:
        rule = YearRule(re.compile(entry["pattern"]), entry["first"], entry["last"])
        rules[entry["make"]] = (*rules.get(entry["make"], ()), rule)
    return rules
