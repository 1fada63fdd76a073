"""Read the string of a manufacturer's mark: ``XX-XXXX-99-99-99999-99``.

Source:
    MOSAIC 05.30 (ISACS 05.30): country, manufacturer, year, type or model, serial
    number and calibre in one string.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any

from armstrace.analysis.marks import places, spelling
from armstrace.vocabulary.messages import Message, message

_STRING = re.compile(
    r"(?P<country>[A-Z]{2})[ -](?P<maker>[A-Z0-9]{2,6})[ -](?P<year>\d\d)"
    r"[ -](?P<model>[A-Z0-9]{1,6})[ -](?P<serial>[A-Z0-9]{3,15})"
    r"[ -](?P<calibre>\d[\d.,X]{0,9})"
)
_FIRST_SHORT_YEAR = 50
_JOINTS = 5


@dataclass(frozen=True, slots=True)
class ManufactureMark:
    """The parts of a manufacturer's mark, as they stand in it."""

    # ISO 3166-1 alpha-2 of the State of manufacture.
    country: str
    # Name or code of the manufacturer.
    maker: str
    # Year of manufacture; two figures from 50 on are of the last century.
    year: int
    # Code of the type or model.
    model: str
    serial: str
    calibre: str

    def in_words(self) -> Message:
        """Give the parts in words, for a note."""
        return message(
            "a manufacturer's mark: country %(country)s, maker %(maker)s, "
            "year %(year)s, model %(model)s, serial %(serial)s, calibre "
            "%(calibre)s",
            **asdict(self),
        )


def read_manufacture_mark(text: str) -> ManufactureMark | None:
    """Take a manufacturer's mark apart.

    Args:
        text: The mark as written, its six parts with hyphens or spaces between.

    Returns:
        The parts, or None where the text is no such string or its first two
        letters are no country. The parts are a suggestion: the text stays.
    """
    if text.count("-") + text.count(" ") < _JOINTS:
        return None
    match = _STRING.fullmatch(spelling.plain(text))
    if match is None or not places.is_country_code(match["country"]):
        return None
    short = int(match["year"])
    year = short + (1900 if short >= _FIRST_SHORT_YEAR else 2000)
    parts: dict[str, Any] = {**match.groupdict(), "year": year}
    return ManufactureMark(**parts)
