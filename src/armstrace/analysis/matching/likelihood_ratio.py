"""Weigh readings of the described fields against a registry's frequencies."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from armstrace.analysis.marks import makes
from armstrace.analysis.matching import density
from armstrace.analysis.matching.cards import FIELDS, Card, Query
from armstrace.analysis.matching.channel import Channel
from armstrace.analysis.matching.emissions import (
    LEAST,
    LEVELS,
    Emission,
    Vocabulary,
    Weights,
)
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.shapes import shape_of
from armstrace.vocabulary.matching import Agreement

MOST_HELD = 4096
_SELLERS = frozenset({makes.MakeRole.IMPORTER, makes.MakeRole.RETAILER})

Described = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Description:
    """The described fields of a reading, weighed over the whole registry."""

    emissions: Mapping[str, Emission]
    # For each, how likely the reading is on any arm, given the fields before it: the
    # make; the model given the make; and so on.
    expected: Mapping[str, float]
    # (makes,) how likely an arm so described is of each make.
    makes: Weights
    # The fewest makes that have the share ``scope`` of it.
    likely: frozenset[str]
    make: str
    # Weights of arms met before.
    held: dict[tuple[str, ...], float]

    @property
    def log_expected(self) -> float:
        """The natural logarithm of the whole description's probability."""
        return sum(math.log(value) for value in self.expected.values())


class Scales:
    """Weighs fields by one registry's counts and one set of rates.

    Holds what it computed for descriptions it met before.
    """

    def __init__(self, population: Population, channel: Channel) -> None:
        self.population = population
        self.channel = channel
        self._emissions: dict[tuple[str, str, str], Emission] = {}
        self._descriptions: dict[Described, Description] = {}
        self._shapes: dict[str, Weights] = {}
        self._beginnings: dict[density.Beginnings, Weights] = {}

    def describe(self, query: Query) -> Description:
        """Weigh the described fields of a query over the whole registry."""
        key = description_of(query)
        found = self._descriptions.get(key)
        if found is None:
            found = self._describe(query)
            _hold(self._descriptions, key, found)
        return found

    def log_weight(self, description: Description, card: Card) -> float:
        """Give the log probability of the description, were it of this arm."""
        key = card.without_serial
        found = description.held.get(key)
        if found is None:
            found = self._of_profile(description, card)
            if found is None:
                found = sum(
                    math.log(max(self.field_weight(description, name, card)[0], LEAST))
                    for name in description.emissions
                )
            _hold(description.held, key, found)
        return found

    def _of_profile(self, description: Description, card: Card) -> float | None:
        """Look the weight up where the arm's profile says all that was read."""
        if card.importer or "import_country" in description.emissions:
            return None
        profile = (card.make, card.model, card.calibre, card.type, card.country)
        row = self.population.profile_rows.get(profile)
        if row is None:
            return None
        return sum(
            float(description.emissions[field].logs[row[place]])
            for place, field in enumerate(FIELDS)
            if field in description.emissions
        )

    def field_weight(
        self, description: Description, field: str, card: Card
    ) -> tuple[float, Agreement]:
        """Weigh one field for one arm: probability and agreement."""
        emission = description.emissions[field]
        vocabulary = self._vocabulary(field)
        value = getattr(card, field)
        place = vocabulary.index.get(value)
        if place is None and value == emission.reading:
            return emission.agreeing, Agreement.AGREES
        if place is None:
            return emission.elsewhere, Agreement.DIFFERS
        weight, level = float(emission.weights[place]), LEVELS[emission.levels[place]]
        is_importer = (
            field == "make" and card.importer and (card.importer == description.make)
        )
        if is_importer and level is Agreement.DIFFERS:
            return weight + self.channel.fields["make"].importer, Agreement.CLOSE
        return weight, level

    def log_serial_expected(self, description: Description, serial: str) -> float:
        """Give the log probability of a serial on an unregistered arm so described."""
        shape = shape_of(serial)
        of_shape = self._shapes.get(shape)
        if of_shape is None:
            of_shape = density.densities_of_shape(shape, self.population, self.channel)
            _hold(self._shapes, shape, of_shape)
        cells = density.beginnings(serial)
        usual = self._beginnings.get(cells)
        if usual is None:
            usual = density.over_even(cells, self.population)
            _hold(self._beginnings, cells, usual)
        densities = of_shape * density.even(serial) * usual
        return math.log(max(float(description.makes @ densities), LEAST))

    def plausible_makes(
        self, descriptions: Iterable[Description]
    ) -> frozenset[str] | None:
        """Give the makes that an arm so described is of, but for few in a hundred.

        Args:
            descriptions: The description under each way to take the query.

        Returns:
            The fewest makes that have the share ``scope`` of the probability, at
            most ``widest_scope``; None where nothing but a serial was read.
        """
        found: frozenset[str] = frozenset()
        for description in descriptions:
            if not description.emissions:
                return None
            found |= description.likely
        return found

    def _likely(self, makes: Weights) -> frozenset[str]:
        rules = self.channel.search
        most = min(rules.widest_scope, len(makes))
        order = np.sort(np.argpartition(-makes, most - 1)[:most])
        order = order[np.argsort(-makes[order], kind="stable")]
        size = int(np.searchsorted(np.cumsum(makes[order]), rules.scope)) + 1
        values = self.population.vocabularies["make"].values
        return frozenset(values[place] for place in order[:size].tolist())

    def _describe(self, query: Query) -> Description:
        population = self.population
        weights = population.profile_weights
        emissions: dict[str, Emission] = {}
        expected: dict[str, float] = {}
        before = 1.0
        for place, field in enumerate(FIELDS):
            reading = getattr(query, field)
            if not reading or not population.size:
                continue
            emissions[field] = self._emission(field, reading, query.make)
            given = emissions[field].weights[population.profile_values[place]]
            weights = weights * given
            after = max(float(weights.sum()), LEAST)
            expected[field] = after / before
            before = after
        if query.import_country and population.size:
            self._add_import(query.import_country, emissions, expected)
        makes = np.bincount(
            population.profile_values[0],
            weights / before,
            minlength=len(population.vocabularies["make"].values),
        )
        return Description(
            emissions, expected, makes, self._likely(makes), query.make, {}
        )

    def _add_import(
        self, reading: str, emissions: dict[str, Emission], expected: dict[str, float]
    ) -> None:
        emission = self._emission("import_country", reading)
        emissions["import_country"] = emission
        expected["import_country"] = max(
            float(emission.weights @ self.population.imports.shares), LEAST
        )

    def _vocabulary(self, field: str) -> Vocabulary:
        if field == "import_country":
            return self.population.imports
        return self.population.vocabularies[field]

    def _emission(self, field: str, reading: str, make: str = "") -> Emission:
        of_make = make if field == "model" else ""
        key = (field, reading, of_make)
        found = self._emissions.get(key)
        if found is None:
            rates = self.channel.fields[field]
            floor = 0.0
            if field == "make" and _is_importer(reading):
                floor = rates.importer / rates.importers
            # A wrong label is one of the same maker's.
            share = self.population.model_share(of_make, reading) if of_make else None
            found = self._vocabulary(field).emission(
                reading, rates, floor=floor, share=share
            )
            _hold(self._emissions, key, found)
        return found


def description_of(query: Query) -> Described:
    """Give the fields of a query other than its serial."""
    return (
        query.make, query.model, query.calibre,
        query.type, query.country, query.import_country,
    )  # fmt: skip


def _is_importer(name: str) -> bool:
    listed = makes.make_named(name)
    return listed is not None and listed.role in _SELLERS


def _hold[K, V](held: dict[K, V], key: K, value: V) -> None:
    """Remember a value; forget all when too many are held."""
    if len(held) >= MOST_HELD:
        held.clear()
    held[key] = value
