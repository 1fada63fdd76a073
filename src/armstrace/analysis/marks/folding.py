"""Fold characters that a worn mark or a hurried hand confuses.

Source:
    Register quality reports and mark readings: O/0, I/1 first, then S/5, B/8,
    Z/2, G/6 and U/V/Y. The folded key finds candidates; it never replaces a key.
"""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from armstrace.vocabulary.errors import InvalidInput

_SHIPPED = Path(__file__).parent / "data" / "look_alikes.toml"


@dataclass(frozen=True)
class Folding:
    """Classes of look-alikes, each found under its first character.

    Args:
        version: Named by stored keys; other classes need another version.
        classes: No character stands in two of them.
    """

    version: int
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


@cache
def standard() -> Folding:
    """Give the classes that are shipped."""
    return load(_SHIPPED)


def load(path: Path) -> Folding:
    """Read classes from a file of the same form as the one that is shipped.

    Raises:
        InvalidInput: The file states no version, or a character twice.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        msg = f"The file of look-alikes {path.name} cannot be read: {error}."
        raise InvalidInput(msg, field="look_alikes") from error
    return _checked(table, path.name)


def fold(key: str) -> str:
    """Fold by the classes that are shipped; see ``Folding.fold``."""
    return standard().fold(key)


def _checked(table: Mapping[str, Any], name: str) -> Folding:
    version, classes = table.get("version"), table.get("classes")
    if not isinstance(version, int) or not isinstance(classes, list):
        msg = f"{name} needs a whole number as version and a list of classes."
        raise InvalidInput(msg, field="look_alikes")
    groups = tuple(str(group).upper() for group in classes)
    signs = "".join(groups)
    twice = sorted({sign for sign in signs if signs.count(sign) > 1})
    if twice:
        msg = f"{name} states {', '.join(twice)} in two classes; leave each in one."
        raise InvalidInput(msg, field="look_alikes")
    return Folding(version, groups)
