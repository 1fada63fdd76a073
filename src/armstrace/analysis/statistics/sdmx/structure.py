"""The data structure that a message must fit: dimensions, attributes, codes.

A small part of the global SDG structure is built in; ``messages.read_structure``
reads a full one from a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pycountry

from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.rows import fill

MEASURE = "OBS_VALUE"
TIME = "TIME_PERIOD"
# ISO 3166-1 leaves 900 to 999 to its users; the last one stands for an invented
# country, so that a demonstration can write a whole message.
INVENTED_AREA = "999"


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension or an attribute."""

    # Such as ``SEX``.
    id: str
    # The codes that it may hold; None where any text may stand.
    codes: frozenset[str] | None = None
    is_required: bool = True
    # Of an attribute, whether it belongs to the whole series.
    on_series: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """What a message is checked against and written for."""

    # Who keeps it, ``IAEG-SDGs``.
    agency: str
    # The dataflow that a national authority writes.
    dataflow: str
    version: str
    # In the order of the key, time last.
    dimensions: tuple[Component, ...]
    attributes: tuple[Component, ...]
    # Codes allowed for one series, by series and component.
    allowed: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    # Whether it is a full structure from a file, not the subset.
    is_whole: bool = False

    @property
    def components(self) -> tuple[Component, ...]:
        return (*self.dimensions, *self.attributes)

    @property
    def name(self) -> str:
        """The dataflow as messages cite it."""
        return f"{self.agency}:{self.dataflow}({self.version})"

    def of_version(self, version: str) -> "Structure":
        return replace(self, version=version)


@cache
def built_in() -> Structure:
    """Read the built-in part of the global SDG structure.

    Source:
        Global SDG data structure, IAEG-SDGs:SDG, as seen in published messages;
        draft global content constraint of VC_ARM_SZTRACE.
    """
    kept = read_table(__package__, "sdg_subset.toml")
    return fill(
        Structure,
        kept,
        dimensions=tuple(_component(one, required=True) for one in kept["dimension"]),
        attributes=tuple(_component(one, required=False) for one in kept["attribute"]),
        allowed={
            series: {name: frozenset(codes) for name, codes in lists.items()}
            for series, lists in kept["allowed"].items()
        },
    )


def area_of(country: str, structure: Structure) -> str:
    """Give the code of a country as the structure writes it.

    Args:
        country: ISO 3166 code of two or three letters.
        structure: Its list decides whether ``76`` or ``076`` is written.

    Returns:
        The M49 number; ``999`` for a country that ISO leaves to its users;
        empty where the code is no country.
    """
    code = country.strip().upper()
    known = pycountry.countries.get(alpha_2=code) or pycountry.countries.get(
        alpha_3=code
    )
    if known is None:
        return INVENTED_AREA if _is_left_to_users(code) else ""
    bare = str(int(known.numeric))
    areas = next((c.codes for c in structure.dimensions if c.id == "REF_AREA"), None)
    if areas and bare not in areas and known.numeric in areas:
        return str(known.numeric)
    return bare


def _is_left_to_users(code: str) -> bool:
    two = code[:2]
    if len(code) not in {2, 3} or not code.isalpha():
        return False
    return two in {"AA", "ZZ"} or two[0] == "X" or (two[0] == "Q" and two[1] >= "M")


def _component(kept: Mapping[str, Any], *, required: bool) -> Component:
    codes = kept.get("codes")
    if kept.get("codes_from") == "M49":
        areas = (str(int(each.numeric)) for each in pycountry.countries)
        codes = [*areas, INVENTED_AREA]
    return Component(
        id=kept["id"],
        codes=None if codes is None else frozenset(codes),
        is_required=bool(kept.get("required", required)),
        on_series=bool(kept.get("series", False)),
    )
