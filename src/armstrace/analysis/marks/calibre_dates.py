"""Undo what a spreadsheet makes of a calibre that looks like a date.

Source:
    Workbooks of police records: 12/70 becomes 1 December 1970, 5.5 the fifth of
    May, 7.62 July 1962, 30-06 the thirtieth of June.
"""

import re
from datetime import date

from armstrace.analysis.marks import spelling

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?(?:\.0+)?)?\Z")
_NUMERIC = re.compile(r"(\d\d?)[./](\d\d?)[./](\d{4})(?: 00:00(?::00)?)?\Z")
_DAY_NUMBER = re.compile(r"[2-6]\d{4}(?:\.0)?\Z")
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,})\.?[-/](\d\d|\d{4})\Z")
_DAY_MONTH = re.compile(r"(\d\d?)[-/]([^\W\d_]{3,})\.?\Z")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "JAN GEN ENE ЯНВ СІЧ",
            "FEB FEV ФЕВ ЛЮТ",
            "MAR MRZ МАР БЕР",
            "APR ABR AVR АПР КВІ",
            "MAY MAI ТРА МАЯ",
            "JUN JUIN GIU ИЮН ЧЕР",
            "JUL JUIL LUG ИЮЛ ЛИП",
            "AUG AGO AOU АВГ СЕР",
            "SEP SET СЕН ВЕР",
            "OCT OUT OKT OTT ОКТ ЖОВ",
            "NOV НОЯ ЛИС",
            "DEC DEZ DIC DEZ ДЕК ГРУ",
        ),
        1,
    )
    for name in names.split()
}
_CENTURY = 100
_FIRST_DAY = 1
_DAYS_TO_1970 = 25569
_LONGEST = 30

type _Day = tuple[int, int, int]


def candidates(text: str) -> tuple[str, ...]:
    """Give what may have been typed where a spreadsheet shows a date.

    Args:
        text: The field as written: a date in ISO form or as a program shows it,
            its day number, or month and year in words.

    Returns:
        Month and short year for the first of a month, then day and month in both
        orders, each with a slash, a point and a hyphen; nothing where the field
        is no date.
    """
    if len(text) > _LONGEST:
        return ()
    day = _read(spelling.plain(text))
    if day is None:
        return ()
    year, month, of_month = day
    short = f"{year % _CENTURY:02}" if year else ""
    pairs = [(str(month), short)] if of_month == _FIRST_DAY and short else []
    if of_month > _FIRST_DAY or not pairs:
        pairs += [(str(of_month), str(month)), (str(month), str(of_month))]
        pairs += [(str(of_month), f"{month:02}")]
    joined = [f"{a}{sign}{b}" for a, b in pairs for sign in "/.-"]
    return tuple(dict.fromkeys(joined))


def _read(plain: str) -> _Day | None:
    if match := _ISO.match(plain):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMERIC.match(plain):
        return int(match[3]), int(match[2]), int(match[1])
    if _DAY_NUMBER.match(plain):
        return _of_number(int(float(plain)))
    return _read_words(plain)


def _read_words(plain: str) -> _Day | None:
    if match := _MONTH_YEAR.match(plain):
        return _of_words(match[1], int(match[2]), 1)
    if match := _DAY_MONTH.match(plain):
        return _of_words(match[2], 0, int(match[1]))
    return None


def _of_words(name: str, year: int, day: int) -> _Day | None:
    month = _MONTHS.get(name[:3]) or _MONTHS.get(name[:4])
    return (year, month, day) if month else None


def _of_number(number: int) -> _Day:
    """Read the number of a day since 1900, as a spreadsheet keeps it."""
    day = date.fromordinal(date(1970, 1, 1).toordinal() + number - _DAYS_TO_1970)
    return day.year, day.month, day.day
