"""Find the column that holds the letters of a serial number beside its figures.

Forms of the former Soviet Union and of Portugal ask for series and number apart, and
both together are the mark on the metal.
"""

import re
from collections.abc import Collection, Sequence

from armstrace.intake.profiles.column_values import Column
from armstrace.intake.tables.heading_words import meanings
from armstrace.vocabulary.texts import trim

_LETTERS = re.compile(r"[^\W\d_]{1,4}")
_MOSTLY = 0.9


def is_series(text: str) -> bool:
    """Tell whether a text is letters that may stand before a number."""
    return _LETTERS.fullmatch(text) is not None


def join_texts(name: str, texts: Sequence[str]) -> str:
    """Join what several columns hold of one field; series and number are one serial."""
    stated = [stripped for text in texts if (stripped := trim(text))]
    if len(stated) == 2 and name == "serial" and sum(map(is_series, stated)) == 1:
        return " ".join(sorted(stated, key=is_series, reverse=True))
    return (" " if name == "name" else ", ").join(stated)


def is_number_of_series(column: Column, columns: Sequence[Column]) -> bool:
    """Tell whether a column holds the figures to the letters of another."""
    is_number = _of_an_arm(column) == {"NUMBER"}
    return is_number and any(map(_is_of_series, columns))


def _of_an_arm(column: Column) -> frozenset[str]:
    return meanings(column.heading).found - {"WEAPON"}


def _is_of_series(column: Column) -> bool:
    says_so = _of_an_arm(column) == {"SERIAL"}
    return says_so and column.share(is_series) >= _MOSTLY


def column_before(
    columns: Sequence[Column], serial: int, free: Collection[int]
) -> int | None:
    """Give the column of letters to a column of serial numbers; None without one."""
    if "NUMBER" not in meanings(columns[serial].heading).found:
        return None
    near = sorted(free, key=lambda each: abs(each - serial))
    return next((at for at in near if _is_of_series(columns[at])), None)
