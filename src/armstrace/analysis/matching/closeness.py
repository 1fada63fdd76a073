"""Tell which registered values of a field a reading is a close form of.

Canonical values agree letter by letter; this is for what canonical tables do not
know: other registries' spellings, parts of names, initials, calibres of one bore.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

CLOSE_SPELLING = 0.90
SHORTEST_PART = 2
SHORTEST_SPELLING = 4
SAME_BORE_MM = 0.31
INCH_MM = 25.4
SMALLEST_IN_HUNDREDTHS = 17
SMALLEST_IN_THOUSANDTHS = 100

_WORD = re.compile(r"[^\W_]+")
_GAUGE = re.compile(r"GAUGE|\bGA\b|BORE", re.IGNORECASE)
_NUMBER = re.compile(r"\d*[.,]?\d+")


class Names:
    """The names of a field (makes, models) and their close forms."""

    def __init__(self, values: Sequence[str]) -> None:
        self._values = list(values)
        self._compact: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        self._starts: dict[str, list[int]] = defaultdict(list)
        for place, value in enumerate(self._values):
            self._take_in(place, value)

    def close_to(self, reading: str) -> set[int]:
        """Give the places of the names that the reading is a close form of."""
        squeezed = compact(reading)
        if not squeezed:
            return set()
        found = set(self._compact.get(squeezed, ()))
        found.update(self._initials.get(squeezed, ()))
        found.update(self._starts.get(squeezed, ()))
        found.update(self._compact.get(_initials(reading), ()))
        for size in range(SHORTEST_PART, len(squeezed)):
            found.update(self._compact.get(squeezed[:size], ()))
        found |= self._sharing_words(reading)
        if len(squeezed) >= SHORTEST_SPELLING:
            found |= self._spelt_like(reading)
        return found

    def _take_in(self, place: int, value: str) -> None:
        squeezed = compact(value)
        self._compact[squeezed].append(place)
        for size in range(SHORTEST_PART, min(len(squeezed), 12)):
            self._starts[squeezed[:size]].append(place)
        if len(_words(value)) > 1:
            self._initials[_initials(value)].append(place)
        for word in set(_words(value)):
            self._words[word].append(place)

    def _sharing_words(self, reading: str) -> set[int]:
        """Find names that hold all words of the reading, or the reverse."""
        words = set(_words(reading))
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            for place in self._words.get(word, ()):
                shared[place] += 1
        return {
            place
            for place, count in shared.items()
            if count == len(words) or count == len(set(_words(self._values[place])))
        }

    def _spelt_like(self, reading: str) -> set[int]:
        found = process.extract(
            reading,
            self._values,
            scorer=JaroWinkler.normalized_similarity,
            score_cutoff=CLOSE_SPELLING,
            limit=50,
        )
        return {int(place) for _, _, place in found}


class Bores:
    """The calibres of a registry and those of one bore."""

    def __init__(self, values: Sequence[str]) -> None:
        self._names = [compact(value) for value in values]
        self._bores = [bore_mm(value) for value in values]

    def close_to(self, reading: str) -> set[int]:
        """Give the places of the calibres of about the reading's bore."""
        squeezed, bore = compact(reading), bore_mm(reading)
        return {
            place
            for place, name in enumerate(self._names)
            if name and (name == squeezed or _near(bore, self._bores[place]))
        }


def compact(text: str) -> str:
    """Write a name without spaces and punctuation."""
    return "".join(_WORD.findall(text.upper()))


def bore_mm(calibre: str) -> float | None:
    """Estimate the bore that a calibre's name speaks of, in millimetres.

    Args:
        calibre: A calibre in any habit: "9MM", ".38 SPECIAL", "380 AUTO".

    Returns:
        The bore; None where the name has no number, or is a gauge.
    """
    number = _NUMBER.search(calibre)
    if number is None or _GAUGE.search(calibre):
        return None
    text = number.group().replace(",", ".")
    value = float(text)
    if value >= SMALLEST_IN_HUNDREDTHS and "MM" not in calibre.upper():
        value /= 1000 if value >= SMALLEST_IN_THOUSANDTHS else 100
    elif not text.startswith("."):
        return value
    # Cartridges called .38 have a bore of .357 inch.
    return 0.357 * INCH_MM if 0.375 < value < 0.386 else value * INCH_MM


def _near(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= SAME_BORE_MM


def _words(text: str) -> list[str]:
    return _WORD.findall(text.upper())


def _initials(text: str) -> str:
    return "".join(word[0] for word in _words(text))
