"""Tables of the return that are lists (G and H), as their pages show them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.indicators.queries import FoundRoute
from armstrace.translation import write_list
from armstrace.vocabulary.recoveries import LegalJustification, PlaceKind
from armstrace.web import cell_names, country_words
from armstrace.web.templatetags import formatting

type Line = Mapping[str, object]
HEADS = {
    "agency": _("Agency"),
    "case_number": _("Case"),
    "first_on": _("First day"),
    "last_on": _("Last day"),
    "region": _("Region"),
    "place": _("Place"),
    "place_kind": _("Kind of place"),
    "arms": _("Arms"),
    "types": _("Types"),
    "made_in": _("Made in"),
    "parts": _("Parts"),
    "rounds": _("Rounds"),
    "justification": _("Justification"),
    "departure": _("Departure"),
    "transit": _("Transit"),
    "destination": _("Destination"),
    "standing": _("Status"),
    "share_per_mille": _("Share of arms across a border, %"),
}
COUNTRIES = ("departure", "transit", "destination")
NUMBERS = ("arms", "parts", "rounds", "share_per_mille")


@dataclass(frozen=True, slots=True)
class Head:
    name: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a line; with the address of its records, where it has one."""

    words: str
    is_number: bool
    address: str = ""


def laid_out(
    lines: Sequence[Line], year: int, *, asked: str, opens: bool
) -> tuple[tuple[Head, ...], tuple[tuple[Field, ...], ...]]:
    """Give the headings and the lines of a list; columns that say nothing left out.

    Args:
        asked: What an address ends with, where a day was asked for.
        opens: Whether its numbers open their records.
    """
    names = [name for name in (lines[0] if lines else ()) if _is_told(name, lines)]
    return (
        tuple(Head(str(HEADS.get(name, name)), name in NUMBERS) for name in names),
        tuple(
            tuple(
                Field(
                    _words(name, line[name]),
                    name in NUMBERS,
                    _address(name, line, year, asked) if opens else "",
                )
                for name in names
            )
            for line in lines
        ),
    )


def _is_told(name: str, lines: Sequence[Line]) -> bool:
    return any(line[name] not in (None, "") for line in lines)


def _words(name: str, value: object) -> str:
    if value in (None, ""):
        return ""
    if name in SAID:
        return SAID[name](str(value))
    if isinstance(value, date):
        return formatting.day(value)
    return formatting.thin(value) if isinstance(value, int) else str(value)


def _countries(codes: str) -> str:
    return write_list(map(country_words.country, codes.split()))


def _types(counted: str) -> str:
    return write_list(map(_type, counted.split()))


def _type(counted: str) -> str:
    """Say ``PISTOL:3`` in the words of table B1."""
    code, _colon, count = counted.partition(":")
    return f"{cell_names.row_words(code, 'B1')} {count}"


def _address(name: str, line: Line, year: int, asked: str) -> str:
    """Open the recoveries of a case, and the arms of a route."""
    if name == "case_number" and line[name]:
        found: dict[str, str | int] = {
            "q": str(line[name]),
            "agency": str(line["agency"]),
            "year": year,
        }
        return f"{reverse('recoveries')}?{urlencode(found)}"
    if name == "arms" and "departure" in line:
        departure, transit, destination = (str(line[s] or "") for s in COUNTRIES)
        is_known = line["standing"] == "KNOWN"
        route = FoundRoute(departure, transit, destination, is_known, 0)
        return reverse("route-records", args=[year, route.code]) + asked
    return ""


SAID: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys((*COUNTRIES, "made_in"), _countries),
    "types": _types,
    "place_kind": lambda code: gettext(PlaceKind.words(code)),
    "justification": lambda code: gettext(LegalJustification.words(code)),
    "standing": lambda code: gettext(code.lower()),
    "share_per_mille": lambda tenths: formats.number_format(int(tenths) / 10, 1),
}
