"""Countries by name, in the reader's language."""

from functools import cache
from typing import TYPE_CHECKING

import pycountry
from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext

from armstrace.translation import country
from armstrace.web import widgets

__all__ = ["choices", "country", "field"]

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def choices(first: str = "", empty: str = "") -> list[tuple[str, str]]:
    """Give every country with its name, in the order of the reader's alphabet.

    Args:
        first: Code of the country that stands before all others, empty for none.
        empty: Words of the empty choice, such as “any”; “not known” where empty.
    """
    ahead = [(first, country(first))] if first else []
    others = [
        each for each in _all_countries(get_language() or "en") if each[0] != first
    ]
    return [("", empty or gettext("not known")), *ahead, *others]


@cache
def _all_countries(language: str) -> tuple[tuple[str, str], ...]:
    """Give every country in the language, which is the active one."""
    del language
    named = ((each.alpha_2, country(each.alpha_2)) for each in pycountry.countries)
    return tuple(sorted(named, key=lambda one: one[1].casefold()))


def field(
    label: "str | _StrPromise", *, empty: "str | _StrPromise" = ""
) -> forms.ChoiceField:
    """Make the field of a country, the own one first."""
    return forms.ChoiceField(
        label=label,
        required=False,
        widget=widgets.LongSelect,
        choices=lambda: choices(settings.HOME_COUNTRY, str(empty)),
    )
