"""Tell the year of manufacture from a serial number, where a rule is known."""

import re
import tomllib
from dataclasses import dataclass

from armstrace.analysis.marks import tables

_CENTURY = 100


@dataclass(frozen=True, slots=True)
class YearRule:
    """How one maker writes the year into its numbers.

    Args:
        make: Canonical make.
        pattern: Matches the whole search key. A group ``yy`` is the year in two
            figures, ``letters`` the same in the letters of ``digits``, ``down``
            what is wanting to a full hundred.
        first: First year of the practice.
        last: Last year of the practice.
        source: Where the practice is stated.
        digits: Ten letters that stand for 0 to 9; empty without ``letters``.
    """

    make: str
    pattern: re.Pattern[str]
    first: int
    last: int
    source: str
    digits: str = ""

    def year(self, key: str) -> int | None:
        """Give the year that a search key states by this rule."""
        match = self.pattern.fullmatch(key)
        if match is None:
            return None
        short = self._short(match.groupdict())
        for century in range(self.first - self.first % _CENTURY, self.last, _CENTURY):
            if self.first <= century + short <= self.last:
                return century + short
        return None

    def _short(self, groups: dict[str, str]) -> int:
        if "letters" in groups:
            return int("".join(str(self.digits.index(at)) for at in groups["letters"]))
        if "down" in groups:
            return (_CENTURY - int(groups["down"])) % _CENTURY
        return int(groups["yy"])


def year_of(key: str, make: str) -> int | None:
    """Tell the year that a serial number states; see ``year_and_rule``."""
    found = year_and_rule(key, make)
    return found[0] if found else None


def year_and_rule(key: str, make: str) -> tuple[int, YearRule] | None:
    """Tell the year that a serial number states, and by which rule.

    Args:
        key: Search key of the number.
        make: Canonical make.

    Returns:
        The year and the rule, or None where no documented rule of this maker
        applies. A rule is never stretched to another maker.
    """
    for rule in _rules().get(make, ()):
        year = rule.year(key)
        if year is not None:
            return year, rule
    return None


@tables.remembered(1)
def _rules() -> dict[str, tuple[YearRule, ...]]:
    rules: dict[str, tuple[YearRule, ...]] = {}
    for text in tables.texts("serial_rules.toml"):
        for entry in tomllib.loads(text).get("rule", []):
            rule = YearRule(**{**entry, "pattern": re.compile(entry["pattern"])})
            rules[rule.make] = (*rules.get(rule.make, ()), rule)
    return rules
