"""Years, counts and totals of UNODC's published table; what was not plain in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from armstrace.analysis.statistics.tables import NOT_UNIQUE_LEAVES, UNIQUE_LEAVES
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.tracing import TracingCell

SAID = Sentences(__package__)

FIRST_YEAR, LAST_YEAR = 1950, 2100
BLANK = frozenset({"", "-", "..", "...", "na", "n/a", "nan", "none", "null"})
HEADER_WITHIN = 40
NO_COUNTRY = message("No country is named; row left out.")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the file that was not plain, and what was done about it."""

    # Number of the row in the file, from 1; 0 for a whole table.
    row: int
    field: str
    message: Message


def count_of(text: str) -> int | None:
    """Read a count; a blank is None, never 0.

    Args:
        text: The cell as text; ``1,234``, ``1 234`` and ``12.0`` are counts.

    Raises:
        InvalidInput: It is not a whole number of at least 0.
    """
    if text.casefold() in BLANK:
        return None
    grouped = re.fullmatch(r"\d{1,3}(?:[,   ’']\d{3})+", text)
    bare = re.sub(r"\D", "", text) if grouped else re.sub(r"\.0+$", "", text)
    if not re.fullmatch(r"[0-9]+", bare):
        raise InvalidInput(message("“%(text)s” is not a count", text=text))
    return int(bare)


def texts_of(row: Sequence[object]) -> list[str]:
    """Give the cells of a row as text; an empty one as an empty text."""
    return ["" if cell is None else str(cell).strip() for cell in row]


def tracing_total(
    totals: Sequence[int], places: Sequence[int], values: Mapping[str, int]
) -> tuple[int | None, Message]:
    """Tell the total of the tracing table from that of the places.

    Both stand under “by location / Total”. The one that equals the sum of the
    place rows is the places'; where that does not decide, neither is used.

    Args:
        totals: Values of the rows so labelled, none to several.
        values: Values of the tracing table, by cell or ``U`` and ``N``.

    Returns:
        The total of the tracing table, None where there is none or it is not
        decided; and the doubt, which says nothing where there is none.
    """
    left = list(totals)
    if not left or not values:
        return (left[0] if len(set(left)) == 1 and not places else None), NOTHING
    filed = _tracing_sum(values)
    if len(left) == 1:
        return _lone_total(left[0], sum(places), filed, has_places=bool(places))
    if places and sum(places) in left:
        left.remove(sum(places))
    elif filed in left:
        return filed, NOTHING
    if len(set(left)) == 1:
        return left[0], NOTHING
    return None, SAID.say("TOTAL_UNDECIDED", totals=together(totals))


def _lone_total(
    total: int, places: int, filed: int, *, has_places: bool
) -> tuple[int | None, Message]:
    if not has_places or total == filed:
        return total, NOTHING
    if total == places:
        return None, NOTHING
    return None, SAID.say("LONE_TOTAL_UNDECIDED", total=total)


def _tracing_sum(values: Mapping[str, int]) -> int:
    unique = sum(values.get(cell.value, 0) for cell in UNIQUE_LEAVES)
    others = sum(values.get(cell.value, 0) for cell in NOT_UNIQUE_LEAVES)
    return (
        values.get("U", unique)
        + values.get("N", others)
        + values.get(TracingCell.K.value, 0)
    )


def year_of(text: str) -> int:
    """Read one year.

    Raises:
        InvalidInput: It is not one year.
    """
    bare = re.sub(r"\.0+$", "", text)
    if not re.fullmatch(r"[0-9]{4}", bare) or not FIRST_YEAR <= int(bare) <= LAST_YEAR:
        raise InvalidInput(message("“%(text)s” is not one year", text=text))
    return int(bare)


def taken(text: str, value: int | None) -> Message:
    """Say how a count was read where it is not plain; empty where it is."""
    if value is None and text:
        return message("“%(text)s” is read as blank.", text=text)
    if value is None or re.fullmatch(r"[0-9]+(\.0+)?", text):
        return NOTHING
    return message("“%(text)s” is read as %(value)s.", text=text, value=value)


def no_header() -> Message:
    """Say that the header of a published table was not found."""
    return SAID.say("NO_HEADER", rows=HEADER_WITHIN)


def left_out(why: InvalidInput) -> Message:
    """Say why a row is left out."""
    return message("%(why)s; the row is left out.", why=why.message)


def together(numbers: Sequence[int]) -> Message:
    """List numbers, the last one after “and”."""
    *others, last = numbers
    if not others:
        return Message(str(last))
    return message("%(first)s and %(last)s", first=others, last=last)


def read_as(given: str, read: str) -> Message:
    """Say that a label is taken for another."""
    return message("“%(given)s” is read as “%(read)s”.", given=given, read=read)


def unknown_country(iso3: str) -> Message:
    """Say that a code is none of a country."""
    return SAID.say("NO_COUNTRY_CODE", code=iso3)
