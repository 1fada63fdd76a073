"""Fold characters that a worn mark or a hurried hand confuses.

Source:
    Register quality reports and mark readings: O/0, I/1 first, then S/5, B/8,
    Z/2, G/6 and U/V/Y. The folded key finds candidates; it never replaces a key.
"""

import string
from dataclasses import dataclass
from functools import cached_property

from armstrace.analysis.marks import table_rules, tables

NAME = "look_alikes.toml"


@dataclass(frozen=True)
class Folding:
    """Classes of look-alikes, each found under its first character."""

    # Named by stored keys; other classes need another version.
    version: int
    # No character stands in two of them.
    classes: tuple[str, ...]

    def fold(self, key: str) -> str:
        """Replace each look-alike by the first character of its class.

        Args:
            key: A search key made by ``serials.search_key``.

        Returns:
            The folded key, as long as the key; ``?`` and ``*`` stay.
        """
        return key.translate(self._table)

    @cached_property
    def symbols(self) -> str:
        """The letters and digits that are left when all are folded."""
        signs = string.digits + string.ascii_uppercase
        return "".join(sorted({self.fold(sign) for sign in signs}))

    @cached_property
    def _table(self) -> dict[int, str]:
        return {ord(sign): group[0] for group in self.classes for sign in group[1:]}


@tables.remember_results(1)
def standard() -> Folding:
    """Give the classes in force: the user's own, else those of the package."""
    return Folding(*table_rules.look_alikes(NAME, tables.texts(NAME)[-1]))


def fold(key: str) -> str:
    """Fold by the classes in force; see ``Folding.fold``."""
    return standard().fold(key)
