"""The table of makers, and the ways in which one of its names is found.

Source:
    Mark taxonomy: a maker is not its importer, brand or licensed copy.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from armstrace.analysis.marks import make_words, sounds, spelling, tables
from armstrace.analysis.marks.make_words import Sense
from armstrace.vocabulary.codes import Code

SHORTEST_SLIP = 4
SHORTEST_MODEL = 3


class MakeRole(Code):
    """What the name on the arm stands for."""

    MAKER = "MAKER", "maker of arms"
    AMMUNITION = "AMMUNITION", "maker of ammunition"
    ARSENAL = "ARSENAL", "State arsenal or factory"
    IMPORTER = "IMPORTER", "importer"
    RETAILER = "RETAILER", "retailer"
    BRAND = "BRAND", "brand or pattern; not a maker"
    UNKNOWN = "UNKNOWN", "not known"


@dataclass(frozen=True, slots=True)
class Make:
    """A line of the table of makers."""

    # Canonical name, upper case, without company form.
    name: str
    # ISO 3166-1 alpha-2 of every State where it makes or made arms, its home first;
    # empty where not certain.
    countries: tuple[str, ...]
    role: MakeRole
    # Code of the North American lists, where commonly known.
    code: str = ""

    @property
    def country(self) -> str:
        """The State that the maker is at home in; empty where not certain."""
        return self.countries[0] if self.countries else ""


class Names:
    """Makers by the spellings of their names.

    Args:
        rows: Lines of the table: name, country, role, code, aliases.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.makes: dict[str, Make] = {}
        self._spellings: list[tuple[str, Make]] = []
        for row in rows:
            countries = tables.several(row["country"])
            make = Make(row["name"], countries, MakeRole(row["role"]), row["code"])
            self.makes[make.name] = make
            names = (row["name"], *tables.several(row["aliases"]))
            self._spellings += [(name, make) for name in names]

    @cached_property
    def by_consonants(self) -> dict[str, Make]:
        """Makers by the consonants of a name, where no other has the same."""
        found: dict[str, set[str]] = {}
        for alias, make in self.aliases.items():
            found.setdefault(without_vowels(alias), set()).add(make.name)
        return {
            consonants: self.makes[next(iter(several))]
            for consonants, several in found.items()
            if len(several) == 1
        }

    @cached_property
    def aliases(self) -> dict[str, Make]:
        """Every spelling, squashed to letters and digits."""
        return {spelling.squash(name): make for name, make in self._spellings}

    @cached_property
    def by_code(self) -> dict[str, Make]:
        """Makers by their codes; a code of two makers finds neither."""
        owners: dict[str, list[Make]] = {}
        for make in self.makes.values():
            owners.setdefault(make.code, []).append(make)
        return {code: makes[0] for code, makes in owners.items() if len(makes) == 1}

    @cached_property
    def by_words(self) -> dict[tuple[str, ...], Make]:
        """Names of two and more words in any order, short forms written out.

        A set of words that two makers share finds neither.
        """
        found: dict[tuple[str, ...], Make | None] = {}
        for name, make in self._spellings:
            key = significant(make_words.words(spelling.plain(name)))
            if len(key) > 1:
                other = found.get(key, make)
                found[key] = make if other == make else None
        return {key: make for key, make in found.items() if make}

    @cached_property
    def models(self) -> dict[str, frozenset[str]]:
        """The words of each maker's designations."""
        found: dict[str, set[str]] = {}
        for row in tables.rows("models.tsv"):
            designations = (row["model"], *tables.several(row["aliases"]))
            written = make_words.words(spelling.plain(" ".join(designations)))
            found.setdefault(row["make"], set()).update(written)
        return {make: frozenset(words) for make, words in found.items()}

    @cached_property
    def by_model(self) -> dict[str, Make]:
        """Makers by a designation that no other maker has."""
        owners: dict[str, set[str]] = {}
        for row in tables.rows("models.tsv"):
            for name in (row["model"], *tables.several(row["aliases"])):
                owners.setdefault(spelling.squash(name), set()).add(row["make"])
        return {
            key: make
            for key, makes in owners.items()
            if len(makes) == 1 and (make := self.makes.get(min(makes)))
            if len(key) >= SHORTEST_MODEL and not key.isdigit()
            if not make_words.says(key, Sense.COMMON)
        }

    @cached_property
    def slip_keys(self) -> tuple[str, ...]:
        """The names long enough to be mistyped and still be known."""
        keys = (
            spelling.squash(name)
            for name, _ in self._spellings
            if min(map(len, re.findall(r"\w+", spelling.plain(name)))) > 1
        )
        kept = dict.fromkeys(key for key in keys if key.isalpha())
        return tuple(key for key in kept if len(key) >= SHORTEST_SLIP)

    @cached_property
    def keys_in_order(self) -> tuple[str, ...]:
        """Every spelling, squashed, in the order of its letters."""
        return tuple(sorted(self.aliases))

    @cached_property
    def by_sound(self) -> dict[str, tuple[str, ...]]:
        """The names that sound so."""
        found: dict[str, list[str]] = {}
        for key in self.slip_keys:
            found.setdefault(sounds.sound(key), []).append(key)
        return {
            sound: tuple(keys)
            for sound, keys in found.items()
            if len(sound) >= SHORTEST_SLIP
        }

    @cached_property
    def familiar(self) -> frozenset[str]:
        """The canonical names of makers that are met everywhere."""
        return frozenset(
            name
            for word in make_words.having(Sense.FAMILIAR)
            if (name := make_words.value(word, Sense.FAMILIAR)) in self.makes
        )

    @cached_property
    def familiar_keys(self) -> frozenset[str]:
        """The names under which familiar makers are met, squashed."""
        words = make_words.having(Sense.FAMILIAR)
        return frozenset(map(spelling.squash, (*words, *self.familiar)))


def significant(found: list[str]) -> tuple[str, ...]:
    """Give the words that tell firms apart, short forms written out, sorted."""
    written_out = [make_words.value(word, Sense.SHORT) or word for word in found]
    kept = {
        word.removesuffix("S") if len(word) > SHORTEST_SLIP else word
        for word in written_out
        if not make_words.says(word, Sense.FORM) and word not in _SMALL
    }
    return tuple(sorted(kept))


_SMALL = frozenset({"DE", "DO", "DA", "DEL", "D", "E", "Y", "&", "AND", "THE", "OF"})


@tables.remember_results(1)
def names() -> Names:
    """Give the makers of the table, with those of the user's own."""
    return Names(tables.rows("makes.tsv"))


def without_vowels(key: str) -> str:
    """Take the vowels out of a name; its first letter stays.

    Args:
        key: Letters and digits of the name, in upper case.
    """
    return key[:1] + key[1:].translate(_VOWELS)


_VOWELS = dict.fromkeys(map(ord, "AEIOU"))
