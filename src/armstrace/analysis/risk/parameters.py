"""What indicators count by: shipped settings, replaced by the profile of a State."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.profiles import RiskSetting, in_force


class Parameters(SimpleNamespace):
    """Thresholds and lists by name; ``data/parameters.toml`` explains them."""

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
    known = vars(defaults())
    given = {
        each.name: _value(list(each.listed) if each.number is None else each.number)
        for each in in_force(settings, on)
        if each.name in known
    }
    return Parameters(**known | given)


def _value(given: Any) -> Any:  # noqa: ANN401 - what TOML holds
    return frozenset(given) if isinstance(given, list) else given
