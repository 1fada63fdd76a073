"""What a registry holds, as counts: the frequencies that a match is weighed by.

``Counts`` is kept up to date one arm at a time and written to JSON; ``Population``
is made from it once and then only read.
"""

import json
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.matching import shapes
from armstrace.analysis.matching.cards import FIELDS, Card
from armstrace.analysis.matching.closeness import compact
from armstrace.analysis.matching.emissions import Vocabulary

Profile = tuple[str, str, str, str, str]

FEW = 20
TABLES = ("profiles", "shapes", "prefixes", "numbers", "starts", "imports")


class Counts:
    """The counts of a registry, kept up to date as arms come and go.

    Attributes:
        profiles: How many arms bear each (make, model, calibre, type, country).
        shapes: How many serials of each (make, shape) there are.
        prefixes: How many of each (make, beginning of the prefix).
        numbers: How many of each (make, beginning of the number and shape).
        starts: How many of each (make, beginning of a long serial).
        imports: How many arms were imported into each country.
    """

    def __init__(self) -> None:
        self.profiles: Counter[Profile] = Counter()
        self.shapes: Counter[tuple[str, str]] = Counter()
        self.prefixes: Counter[tuple[str, str]] = Counter()
        self.numbers: Counter[tuple[str, str]] = Counter()
        self.starts: Counter[tuple[str, str]] = Counter()
        self.imports: Counter[str] = Counter()

    def add(self, card: Card, *, times: int = 1) -> None:
        """Count an arm that joins the registry; negative times take it out."""
        self.profiles[profile_of(card)] += times
        self.imports[card.import_country] += times
        make, serial = card.make, card.serial
        if not serial:
            return
        self.shapes[make, shapes.shape_of(serial)] += times
        prefix, number = shapes.prefix_cell(serial), shapes.number_cell(serial)
        if prefix:
            self.prefixes[make, prefix] += times
        if number:
            self.numbers[make, number] += times
        start = shapes.start_cell(serial)
        if start:
            self.starts[make, start] += times

    def remove(self, card: Card) -> None:
        """Stop counting an arm, or its description before a correction."""
        self.add(card, times=-1)

    def to_json(self) -> str:
        """Write the counts as one JSON document."""
        tables = {
            name: [[*_cells(key), n] for key, n in getattr(self, name).items() if n > 0]
            for name in TABLES
        }
        return json.dumps(tables, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Counts":
        """Read counts that ``to_json`` wrote."""
        counts = cls()
        for name, rows in json.loads(text).items():
            table = getattr(counts, name)
            for *cells, n in rows:
                table[cells[0] if len(cells) == 1 else tuple(cells)] = n
        return counts


def profile_of(card: Card) -> Profile:
    """Give the described fields of an arm, in the order of ``FIELDS``."""
    return (card.make, card.model, card.calibre, card.type, card.country)


class Population:
    """The frequencies of a registry, laid out for weighing readings.

    Args:
        counts: The counts at the time; later changes do not show here.

    Attributes:
        rankers: What ``rank.ranker_of`` made for it; they go when it goes.
    """

    def __init__(self, counts: Counts) -> None:
        self.rankers: dict[Hashable, Any] = {}
        profiles = {key: n for key, n in counts.profiles.items() if n > 0}
        self.size = sum(profiles.values())
        self.vocabularies = {
            field: Vocabulary(field, _margin(profiles, place))
            for place, field in enumerate(FIELDS)
        }
        imports = {key: n for key, n in counts.imports.items() if n > 0}
        self.imports = Vocabulary("import_country", imports or {"": 1})
        self.profile_values = _places(profiles, self.vocabularies)
        rows = self.profile_values.T.tolist()
        self.profile_rows = dict(zip(profiles, rows, strict=True))
        self.profile_weights = np.array(list(profiles.values()), float)
        if self.size:
            self.profile_weights /= self.size
        makes = self.vocabularies["make"]
        self._models: Counter[tuple[str, str]] = Counter()
        self._makes: Counter[str] = Counter()
        for (make, model, *_), n in profiles.items():
            self._models[make, model] += n
            self._makes[make] += n
        self.shapes = shapes.table_of(counts.shapes, makes)
        self.prefixes = shapes.Shares(counts.prefixes, makes)
        self.numbers = shapes.Shares(counts.numbers, makes)
        self.starts = shapes.Shares(counts.starts, makes, shapes.START)
        self.models = {
            compact(model): model
            for model in self.vocabularies["model"].values
            if compact(model)
        }

    def model_share(self, make: str, model: str) -> float:
        """Give the share of a model among the arms of a make, 0 where there are none.

        Few arms are counted with as many of other models as make them ``FEW``.
        """
        return self._models[make, model] / max(self._makes[make], FEW)


def _cells(key: str | tuple[str, ...]) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else key


def _margin(profiles: Mapping[Profile, int], place: int) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for profile, n in profiles.items():
        counts[profile[place]] += n
    return dict(counts)


def _places(
    profiles: Mapping[Profile, int], vocabularies: Mapping[str, Vocabulary]
) -> NDArray[np.int32]:
    columns = [vocabularies[field].index for field in FIELDS]
    rows = [
        [column[value] for column, value in zip(columns, profile, strict=True)]
        for profile in profiles
    ]
    return np.array(rows, np.int32).reshape(-1, len(FIELDS)).T
