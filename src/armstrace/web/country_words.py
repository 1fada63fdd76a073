"""Countries by name, in the reader's language."""

from functools import cache
from gettext import translation
from typing import TYPE_CHECKING

import pycountry
from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext

from armstrace.analysis.synthetic import geography

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def country(code: str) -> str:
    """Name a country by its code; a code that is no country stands as it is."""
    return _name(code, get_language() or "en") if code else gettext("not known")


def choices(first: str = "") -> list[tuple[str, str]]:
    """Give every country with its name, in the order of the reader's alphabet.

    Args:
        first: Code of the country that stands before all others, empty for none.
    """
    named = [(each.alpha_2, country(each.alpha_2)) for each in pycountry.countries]
    named.sort(key=lambda one: one[1].casefold())
    ahead = [(first, country(first))] if first else []
    return [("", gettext("not known")), *ahead, *(n for n in named if n[0] != first)]


def field(label: "str | _StrPromise") -> forms.ChoiceField:
    """Make the field of a country, the own one first."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=lambda: choices(settings.HOME_COUNTRY),
    )


@cache
def _name(code: str, language: str) -> str:
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
