"""One number for all that decides how a record counts.

Grouping by one number is several times faster than grouping by ten columns.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.db.models import BigIntegerField, Case, Value, When
from django.db.models.expressions import Combinable


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that decides, and its values."""

    name: str
    # Each value with the condition under which it holds; at most one holds. None stands
    # where none does.
    values: tuple[tuple[Hashable, Any], ...]

    @property
    def base(self) -> int:
        """How many values it can have, none included."""
        return len(self.values) + 1

    def expression(self, weight: int = 1) -> Case:
        """Number the value that holds, from 1; 0 where none does."""
        whens = [
            When(condition, then=Value(weight * digit))
            for digit, (_, condition) in enumerate(self.values, start=1)
        ]
        return Case(*whens, default=Value(0), output_field=BigIntegerField())


@dataclass(frozen=True, slots=True)
class Axes:
    """All that decides, as the digits of one number."""

    axes: tuple[Axis, ...]

    def expression(self) -> Combinable:
        """Give the number as the database computes it."""
        weight = 1
        terms: list[Combinable] = []
        for axis in self.axes:
            terms.append(axis.expression(weight))
            weight *= axis.base
        return reduce(add, terms)

    def decode(self, signature: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for axis in self.axes:
            signature, digit = divmod(signature, axis.base)
            found[axis.name] = axis.values[digit - 1][0] if digit else None
        return found
