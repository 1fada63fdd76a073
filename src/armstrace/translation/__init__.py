"""Say a message in the language that is active.

The interfaces call this where they render: pages, API, command line and files
alike. Nothing below them knows in which language a person reads.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from gettext import translation
from typing import Any, cast

import pycountry
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, pgettext

from armstrace.analysis.synthetic import geography
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.dates import DateSpan, Precision
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.vocabulary.messages import Country, Message, Parameter, fill


def translate(said: Message | ArmstraceError) -> str:
    """Give a message, or the sentence of a refusal, in the active language."""
    words = said.message if isinstance(said, ArmstraceError) else said
    template = gettext(words.template) if words.template else ""
    return fill(template, words.params, _say)


def country(code: str) -> str:
    """Name a country by its code; a code that is no country stands as it is."""
    return _country(code, get_language() or "en") if code else gettext("not known")


@cache
def _country(code: str, language: str) -> str:
    if code == geography.HOME:
        return gettext("an invented country")
    found = pycountry.countries.get(alpha_2=code)
    if found is None:
        return code
    name = str(getattr(found, "common_name", found.name))
    words = translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
    )
    return words.gettext(name)


def _say(value: Parameter) -> str:
    for kind, write in _WAYS:
        if isinstance(value, kind):
            return write(value)
    return pgettext("between the parts of a list", ", ").join(
        _say(each) for each in cast("Sequence[Parameter]", value)
    )


def _label(code: Code) -> str:
    return gettext(code.label) if code.label else code.value


def _moment(at: datetime) -> str:
    return str(formats.date_format(timezone.localtime(at), "DATETIME_FORMAT"))


def _day(on: date) -> str:
    return str(formats.date_format(on, "DATE_FORMAT"))


def say_span(span: DateSpan) -> str:
    """Write a day as precisely as it is known, in the active language."""
    begin, end = span.ends
    if begin == end:
        return _unit(begin)
    said = gettext("%(first)s to %(last)s")
    return said % {"first": _unit(begin), "last": _unit(end)}


def _unit(one: DateSpan) -> str:
    if one.is_day:
        return _day(one.first)
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
    (datetime, _moment),
    (date, _day),
    (int | float | Decimal, _number),
)
