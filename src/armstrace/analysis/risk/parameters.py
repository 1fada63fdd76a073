"""What indicators count by: shipped settings, replaced by the profile of a State."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any

from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.profiles import RiskSetting, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Thresholds and lists, as ``data/parameters.toml`` explains them."""

    licence_headings: frozenset[str]
    blank_quantity: float
    conversion_countries: frozenset[str]
    antique_last_year: float
    least_price_share: float
    split_parcels: float
    split_days: float
    split_most_kg: float
    drop_names: float
    drop_names_of_sender: float
    drop_days: float
    new_account_days: float
    brokers_are_disclosed: float
    most_transits: float
    free_zones: frozenset[str]
    watched_routes: frozenset[str]
    near_conflict: frozenset[str]
    small_quantity: float
    kit_days: float
    control_share: float
    candidate_days: float
    short_days: float
    very_short_days: float
    multiple_sale_arms: float
    multiple_sale_days: float
    serial_gap: float
    straw_days: float
    buyer_arms: float
    buyer_days: float
    taken_arms: float
    losses: float
    losses_days: float

    def told(self, name: str) -> str:
        """Write one of them, as the catalogue shows it."""
        value = getattr(self, name)
        if isinstance(value, frozenset):
            return ", ".join(sorted(value)) or "—"
        return f"{value:g}"


@cache
def defaults() -> Parameters:
    """Give the settings that come with the product."""
    told = read_table(__package__, "data/parameters.toml")
    return Parameters(**{name: _value(value) for name, value in told.items()})


def parameters(settings: Iterable[RiskSetting], on: date) -> Parameters:
    """Give the settings of a State on a day."""
    known = {field.name for field in fields(Parameters)}
    given = {
        each.name: _value(list(each.listed) if each.number is None else each.number)
        for each in in_force(settings, on)
        if each.name in known
    }
    return replace(defaults(), **given)


def _value(given: Any) -> Any:  # noqa: ANN401 - what TOML holds
    return frozenset(given) if isinstance(given, list) else given
