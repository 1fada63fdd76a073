"""What an indicator is, and how it answers.

An indicator answers with a sentence that names its evidence where it hits, with
``NO_HIT`` where what is stated does not fit, and with ``UNTOLD`` where what it asks
for is not stated. It never guesses, and none of them is a finding.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from inspect import signature
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import History
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.profiles import RiskSetting, in_force
from armstrace.vocabulary.sources import Source


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


@cache
def descriptions() -> dict[str, Any]:
    """Give what each indicator is, by its code."""
    return read_table(__package__, "data/indicators.toml")


class Told(Enum):
    """The answers without evidence."""

    NO_HIT = "no hit"
    UNTOLD = "cannot be told"


NO_HIT, UNTOLD = Told.NO_HIT, Told.UNTOLD
type Answer = Message | Told


@dataclass(frozen=True, slots=True)
class Known:
    """What indicators are asked with, beside the declaration."""

    parameters: Parameters
    history: History


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    # What it looks for, in a line.
    title: Message
    # When it hits, in a sentence.
    how: Message
    source: Source
    # Fields without which it cannot be told.
    inputs: tuple[str, ...]
    parameters: tuple[str, ...]
    judge: Callable[[Declaration, Known], Answer]


def indicator(code: str) -> Callable[[Callable[..., Answer]], Indicator]:
    """Make an indicator of a function of the fields that it names.

    Where one of them is not stated, the answer is ``UNTOLD``. After them the function
    may name ``goods``, to read what need not be stated, and ``known``.

    Args:
        code: Its code in the instruments; ``data/indicators.toml`` says what it is.
    """
    told = descriptions()[code]

    def make(answer: Callable[..., Answer]) -> Indicator:
        names = list(signature(answer).parameters)
        fields = [name for name in names if name not in {"goods", "known"}]
        beside = slice("goods" not in names, 1 + ("known" in names))
        read = _reader(fields)

        def judge(goods: Declaration, known: Known) -> Answer:
            values = read(goods)
            if None in values:
                return UNTOLD
            whole: tuple[object, ...] = (goods, known)
            return answer(*values, *whole[beside])

        return Indicator(
            code,
            Message(told["title"]),
            Message(told["how"]),
            Source(*told["source"]),
            (*fields, *told.get("inputs", ())),
            tuple(told.get("parameters", ())),
            judge,
        )

    return make


def _reader(names: list[str]) -> Callable[[Declaration], tuple[object, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda goods: tuple(getattr(goods, name) for name in names)
