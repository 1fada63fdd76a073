"""Countries by name, in the reader's language."""

from typing import TYPE_CHECKING

import pycountry
from django import forms
from django.conf import settings
from django.utils.translation import gettext

from armstrace.translation import country

__all__ = ["choices", "country", "field"]

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def choices(first: str = "", empty: str = "") -> list[tuple[str, str]]:
    """Give every country with its name, in the order of the reader's alphabet.

    Args:
        first: Code of the country that stands before all others, empty for none.
        empty: Words of the empty choice, such as “any”; “not known” where empty.
    """
    named = [(each.alpha_2, country(each.alpha_2)) for each in pycountry.countries]
    named.sort(key=lambda one: one[1].casefold())
    ahead = [(first, country(first))] if first else []
    return [
        ("", empty or gettext("not known")),
        *ahead,
        *(n for n in named if n[0] != first),
    ]


def field(
    label: "str | _StrPromise", *, empty: "str | _StrPromise" = ""
) -> forms.ChoiceField:
    """Make the field of a country, the own one first."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=lambda: choices(settings.HOME_COUNTRY, str(empty)),
    )
