"""Say a message in the language that is active.

The interfaces call this where they render: pages, API, command line and files
alike. Nothing below them knows in which language a person reads.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from gettext import translation
from typing import Any, cast

import pycountry
from django.utils import formats, timezone
from django.utils.translation import (
    get_language,
    get_language_bidi,
    gettext,
    ngettext,
    pgettext,
)

from armstrace.analysis.synthetic import geography
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.dates import DateSpan, Precision
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.vocabulary.messages import Country, Message, Parameter, as_message, fill

# In Arabic: beside digits, a line that breaks would turn day and month about.
UNBROKEN_DAY = "j\u00a0F\u00a0Y"


def translate(said: Message | ArmstraceError | str) -> str:
    """Give a message, or the sentence of a refusal, in the active language.

    Words of a data file that ships are translated too; a user's own stand as they are.
    """
    words = said.message if isinstance(said, ArmstraceError) else as_message(said)
    template = gettext(words.template) if words.template else ""
    if words.n is not None:
        template = ngettext(words.one, words.template, words.n)
    return fill(template, words.params, _say)


def country(code: str) -> str:
    """Name a country by its code; a code that is no country stands as it is."""
    return _country(code, get_language() or "en") if code else gettext("not known")


@cache
def _country(code: str, language: str) -> str:
    if code == geography.HOME:
        return gettext("Varnia (invented)")
    found = pycountry.countries.get(alpha_2=code)
    if found is None:
        return code
    words = translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
    )
    name = str(getattr(found, "common_name", found.name))
    said = words.gettext(name)
    is_latin = language == "ar" and said == name
    return words.gettext(found.name) if is_latin else said


def _say(value: Parameter) -> str:
    for kind, write in _WAYS:
        if isinstance(value, kind):
            return write(value)
    return write_list(_say(each) for each in cast("Sequence[Parameter]", value))


def write_list(parts: Iterable[str]) -> str:
    """Write several texts one after the other, as the language does."""
    return pgettext("between the parts of a list", ", ").join(parts)


def _label(code: Code) -> str:
    return gettext(code.label) if code.label else code.value


def say_moment(at: datetime) -> str:
    """Write a time as the language does, in the zone of the desk."""
    return _say_date(timezone.localtime(at), "DATETIME_FORMAT", f"{UNBROKEN_DAY} H:i")


def say_day(on: date) -> str:
    """Write a date as the language does, in English as 24 Nov 2026."""
    return _say_date(on, "DATE_FORMAT", UNBROKEN_DAY)


def _say_date(on: date, form: str, form_in_arabic: str) -> str:
    said = formats.date_format(on, form_in_arabic if get_language_bidi() else form)
    if on.day > 1:
        return str(said)
    first = pgettext("the first day of a month, as in 1 January", "1")
    return re.sub(r"^1\b", first, str(said))


def say_span(span: DateSpan) -> str:
    """Write a day as precisely as it is known, in the active language."""
    begin, end = span.ends
    if begin == end:
        return _unit(begin)
    said = gettext("%(first)s to %(last)s")
    return said % {"first": _unit(begin), "last": _unit(end)}


def _unit(one: DateSpan) -> str:
    if one.is_day:
        return say_day(one.first)
    is_year = one.precision is Precision.YEAR
    form = "Y" if is_year else "YEAR_MONTH_FORMAT"
    return str(formats.date_format(one.first, form))


def _number(number: float | Decimal) -> str:
    return str(formats.localize(number))


# A code is a text and a moment is a day: the narrower kind comes first.
_WAYS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (Message, translate),
    (Code, _label),
    (Country, country),
    (str, str),
    (datetime, say_moment),
    (date, say_day),
    (int | float | Decimal, _number),
)
