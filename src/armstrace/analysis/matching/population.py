"""What a registry holds, as counts: the frequencies that a match is weighed by.

``Counts`` is kept up to date one arm at a time and written to JSON; ``Population``
is made from it once and then only read.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.matching.cards import FIELDS, Card
from armstrace.analysis.matching.closeness import compact
from armstrace.analysis.matching.emissions import Vocabulary

LONGEST_SHAPE = 24

Profile = tuple[str, str, str, str, str]


@lru_cache(maxsize=65_536)
def shape_of(serial: str) -> str:
    """Give the shape of a serial: ``A`` for a letter, ``9`` for a digit.

    Args:
        serial: A search key; ``?`` and ``*`` stay.
    """
    return "".join(
        "9" if c.isdigit() else c if c in "?*" else "A" for c in serial[:LONGEST_SHAPE]
    )


class Counts:
    """The counts of a registry, kept up to date as arms come and go.

    Args:
        profiles: How many arms bear each (make, model, calibre, type, country).
        shapes: How many serials of each (make, shape) there are.
        imports: How many arms were imported into each country.
    """

    def __init__(
        self,
        profiles: Mapping[Profile, int] | None = None,
        shapes: Mapping[tuple[str, str], int] | None = None,
        imports: Mapping[str, int] | None = None,
    ) -> None:
        self.profiles: Counter[Profile] = Counter(profiles or {})
        self.shapes: Counter[tuple[str, str]] = Counter(shapes or {})
        self.imports: Counter[str] = Counter(imports or {})

    def add(self, card: Card, *, times: int = 1) -> None:
        """Count an arm that joins the registry; negative times take it out."""
        self.profiles[profile_of(card)] += times
        self.imports[card.import_country] += times
        if card.serial:
            self.shapes[card.make, shape_of(card.serial)] += times

    def remove(self, card: Card) -> None:
        """Stop counting an arm, or its description before a correction."""
        self.add(card, times=-1)

    def to_json(self) -> str:
        """Write the counts as one JSON document."""
        return json.dumps(
            {
                "profiles": [[*key, n] for key, n in self.profiles.items() if n > 0],
                "shapes": [[*key, n] for key, n in self.shapes.items() if n > 0],
                "imports": [[key, n] for key, n in self.imports.items() if n > 0],
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "Counts":
        """Read counts that ``to_json`` wrote."""
        table = json.loads(text)
        return cls(
            {tuple(row[:-1]): row[-1] for row in table["profiles"]},
            {(row[0], row[1]): row[2] for row in table["shapes"]},
            dict(table["imports"]),
        )


def count(cards: Iterable[Card]) -> Counts:
    """Count the arms of a registry."""
    counts = Counts()
    for card in cards:
        counts.add(card)
    return counts


def profile_of(card: Card) -> Profile:
    """Give the described fields of an arm, in the order of ``FIELDS``."""
    return (card.make, card.model, card.calibre, card.type, card.country)


class Population:
    """The frequencies of a registry, laid out for weighing readings.

    Args:
        counts: The counts at the time; later changes do not show here.
    """

    def __init__(self, counts: Counts) -> None:
        profiles = {key: n for key, n in counts.profiles.items() if n > 0}
        self.size = sum(profiles.values())
        self.vocabularies = {
            field: Vocabulary(field, _margin(profiles, place))
            for place, field in enumerate(FIELDS)
        }
        imports = {key: n for key, n in counts.imports.items() if n > 0}
        self.imports = Vocabulary("import_country", imports or {"": 1})
        self.profile_values = _places(profiles, self.vocabularies)
        self.profile_weights = np.array(list(profiles.values()), float)
        if self.size:
            self.profile_weights /= self.size
        self.shapes = Shapes(counts.shapes, self.vocabularies["make"])
        self.models = {
            compact(model): model
            for model in self.vocabularies["model"].values
            if compact(model)
        }


class Shapes:
    """The shapes of a registry's serials, by make.

    Args:
        counts: How many serials of each (make, shape) there are.
        makes: The registry's makes.
    """

    def __init__(
        self, counts: Mapping[tuple[str, str], int], makes: Vocabulary
    ) -> None:
        known = [
            (makes.index[make], shape, n)
            for (make, shape), n in counts.items()
            if n > 0 and make in makes.index
        ]
        self.values = list(dict.fromkeys(shape for _, shape, _ in known))
        index = {shape: place for place, shape in enumerate(self.values)}
        self.pair_make = np.array([row[0] for row in known], np.int64)
        self.pair_shape = np.array([index[row[1]] for row in known], np.int64)
        self.pair_count = np.array([row[2] for row in known], float)
        self.of_make = np.bincount(
            self.pair_make, self.pair_count, minlength=len(makes.values)
        )
        self.overall = np.bincount(
            self.pair_shape, self.pair_count, minlength=len(self.values)
        )
        if known:
            self.overall = self.overall / self.overall.sum()


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
