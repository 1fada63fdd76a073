"""What in a published table was not plain, and how it was taken."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import NOTHING, Message, message

HEADER_WITHIN = 40
NO_COUNTRY = message("No country is named; row left out.")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the file that was not plain, and what was done about it."""

    # Number of the row in the file, from 1; 0 for a whole table.
    row: int
    field: str
    message: Message


def taken(text: str, value: int | None) -> Message:
    """Say how a count was read where it is not plain; empty where it is."""
    if value is None and text:
        return message("“%(text)s” is read as blank.", text=text)
    if value is None or re.fullmatch(r"[0-9]+(\.0+)?", text):
        return NOTHING
    return message("“%(text)s” is read as %(value)s.", text=text, value=value)


def no_header() -> Message:
    """Say that the header of a published table was not found."""
    return message(
        "No header row was found in the first %(rows)s rows; a published table has "
        "the columns Iso3_code, Indicator, Dimension, Category, Year and VALUE.",
        rows=HEADER_WITHIN,
    )


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
    return message(
        "“%(code)s” is no country code of ISO 3166; it is kept as is.", code=iso3
    )
