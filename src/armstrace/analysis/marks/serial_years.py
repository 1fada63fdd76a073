"""Tell the year of manufacture from a serial number, where a rule is known."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from armstrace.analysis.marks import tables
from armstrace.vocabulary.arms import ArmType

_CENTURY = 100
_AS_LETTERS = str.maketrans("01", "OI")


@dataclass(frozen=True, slots=True)
class YearRule:
    """How one maker writes the year into its numbers."""

    # Canonical make.
    make: str
    # Matches the whole search key. A group ``yy`` is the year in two figures,
    # ``letters`` the same in the letters of ``digits``, ``down`` what is wanting to a
    # full hundred, ``count`` the years since the first in the letters of ``alphabet``,
    # ``number`` one of ``ranges``.
    pattern: re.Pattern[str]
    first: int
    last: int
    source: str
    # Ten letters that stand for 0 to 9; empty without ``letters``.
    digits: str = ""
    # The letters that count, the first for nought; a 0 or 1 typed for the letter O or I
    # is taken for it.
    alphabet: str = ""
    ranges: tuple[tuple[int, int, int], ...] = ()
    # Kinds of arm that are numbered so; empty for all.
    types: tuple[str, ...] = ()
    # What the canonical calibre begins with; empty for all.
    calibre: str = ""

    def is_for(self, arm_type: ArmType, calibre: str) -> bool:
        """Tell whether arms of this kind and calibre are numbered by the rule."""
        of_type = not self.types or arm_type in self.types
        return of_type and (not self.calibre or calibre.startswith(self.calibre))

    def year(self, key: str) -> int | None:
        """Give the year that a search key states by this rule."""
        match = self.pattern.fullmatch(key)
        if match is None:
            return None
        groups = match.groupdict()
        if "count" in groups:
            return self._count_on(groups["count"].translate(_AS_LETTERS))
        if "number" in groups:
            return self._of_range(int(groups["number"]))
        short = self._short(groups)
        for century in range(self.first - self.first % _CENTURY, self.last, _CENTURY):
            if self.first <= century + short <= self.last:
                return century + short
        return None

    def _count_on(self, letters: str) -> int | None:
        years = 0
        for letter in letters:
            years = years * len(self.alphabet) + self.alphabet.index(letter)
        year = self.first + years
        return year if year <= self.last else None

    def _of_range(self, number: int) -> int | None:
        years = (year for low, high, year in self.ranges if low <= number <= high)
        return next(years, None)

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


def year_and_rule(
    key: str, make: str, arm_type: ArmType = ArmType.UNKNOWN, calibre: str = ""
) -> tuple[int, YearRule] | None:
    """Tell the year that a serial number states, and by which rule.

    Args:
        key: Search key of the number.
        arm_type: Kind of arm; some makers number each kind in its own way.
        calibre: Canonical calibre, for numbers that run by calibre.

    Returns:
        The year and the rule, or None where no documented rule of this maker
        applies. A rule is never stretched to another maker.
    """
    for rule in _rules().get(make, ()):
        year = rule.year(key) if rule.is_for(arm_type, calibre) else None
        if year is not None:
            return year, rule
    return None


@tables.remember_results(1)
def _rules() -> dict[str, tuple[YearRule, ...]]:
    rules: dict[str, tuple[YearRule, ...]] = {}
    for text in tables.texts("serial_rules.toml"):
        for entry in tomllib.loads(text).get("rule", []):
            rule = _rule(entry)
            rules[rule.make] = (*rules.get(rule.make, ()), rule)
    return rules


def _rule(entry: dict[str, Any]) -> YearRule:
    compiled = {
        "pattern": re.compile(entry["pattern"]),
        "ranges": tuple(map(tuple, entry.get("ranges", ()))),
        "types": tuple(entry.get("types", ())),
    }
    return YearRule(**{**entry, **compiled})
