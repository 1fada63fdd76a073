"""The rates of misreading, as data."""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

from armstrace.analysis.marks import folding, tables
from armstrace.analysis.marks.folding import Folding
from armstrace.vocabulary.messages import Message, message


@dataclass(frozen=True, slots=True)
class FieldRates:
    """How often a field is read in a close form, wrongly, or as the importer."""

    close: float
    wrong: float
    importer: float = 0.0
    importers: int = 1


@dataclass(frozen=True, slots=True)
class SerialRates:
    """How often the characters and ends of a serial are misread."""

    substituted: float
    missed: float
    added: float
    transposed: float
    look_alike: float
    start_lost: float
    start_lost_other: float
    end_lost: float
    lost_more: float
    cut: float
    start_added: float
    most_lost: int
    look_alikes: Mapping[str, float] = field(hash=False)
    folding: Folding = field(default_factory=folding.standard)


@dataclass(frozen=True, slots=True)
class SearchRules:
    """When a search is widened and when it ends."""

    enough: float
    unsure: float
    most_cards: int
    most_cards_anywhere: int
    few_cards: int
    negligible_nats: float
    scope: float
    widest_scope: int


PUBLISHED = message(
    "How serial numbers are misread is the default that Armstrace publishes; nothing "
    "was learned from the records here."
)


@dataclass(frozen=True, slots=True)
class Channel:
    """All rates of one model version, see ``data/channel.toml``."""

    model: str
    absent: float
    serial: SerialRates
    fields: Mapping[str, FieldRates]
    readings: Mapping[str, float]
    shape_distance: tuple[float, ...]
    make_weight: float
    search: SearchRules
    # What the rates of misread serials rest on, for people.
    basis: Message = PUBLISHED


@tables.remember_results(1)
def standard() -> Channel:
    """Give the rates that are shipped."""
    place = resources.files("armstrace.analysis.matching") / "data/channel.toml"
    return _channel(tomllib.loads(place.read_text(encoding="utf-8")))


def with_classes(channel: Channel, classes: Folding) -> Channel:
    """Give the same rates with other classes of look-alikes.

    Pairs that no class holds any more keep only the rates that the file states.
    """
    before, rate = channel.serial.folding, channel.serial.look_alike
    if classes == before:
        return channel
    implied = _look_alike_pairs(rate, before)
    stated = {
        pair: value
        for pair, value in channel.serial.look_alikes.items()
        if implied.get(pair) != value
    }
    pairs = _look_alike_pairs(rate, classes) | stated
    return replace(
        channel, serial=replace(channel.serial, look_alikes=pairs, folding=classes)
    )


def _channel(table: Mapping[str, Any]) -> Channel:
    serial = dict(table["serial"])
    pairs = _look_alike_pairs(serial["look_alike"], folding.standard())
    serial["look_alikes"] = pairs | serial["look_alikes"]
    return Channel(
        model=table["model"],
        absent=table["absent"],
        serial=SerialRates(**serial),
        fields={name: FieldRates(**row) for name, row in table["fields"].items()},
        readings=table["readings"],
        shape_distance=tuple(table["density"]["shape_distance"]),
        make_weight=table["density"]["make_weight"],
        search=SearchRules(**table["search"]),
    )


def _look_alike_pairs(rate: float, classes: Folding) -> dict[str, float]:
    symbols = string.digits + string.ascii_uppercase
    return {
        registered + read: rate
        for registered in symbols
        for read in symbols
        if registered != read and classes.fold(registered) == classes.fold(read)
    }
