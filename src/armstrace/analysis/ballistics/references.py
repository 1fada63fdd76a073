"""Counts of pairs whose sources are known, and for which marks they speak."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
FEWEST_SOURCES = 8
FEWEST_CELLS = 8
NOT_KNOWN = message("not known")
FIELDS = {
    "mark": message("mark"),
    "maker": message("maker"),
    "calibre": message("calibre"),
    "instrument": message("instrument"),
    "method": message("method"),
}


@dataclass(frozen=True, slots=True)
class Population:
    """What marks a reference set, or a case, is about; "" is not known."""

    # Kind of mark, such as ``breech face``.
    mark: str = ""
    maker: str = ""
    calibre: str = ""
    instrument: str = ""
    # Method and settings that gave the counts.
    method: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks of known sources, compared."""

    # Source of one, such as a slide's number.
    first: str
    # Source of the other.
    second: str
    # Congruent cells, weaker direction.
    congruent: int
    cells: int


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Pairs as columns."""

    # (pairs,) index of one source.
    first: NDArray[np.int64]
    # (pairs,) index of the other.
    second: NDArray[np.int64]
    # (pairs,) congruent cells.
    congruent: NDArray[np.int64]
    # (pairs,) cells.
    cells: NDArray[np.int64]

    @property
    def is_same(self) -> NDArray[np.bool_]:
        """Tell which pairs are of one source."""
        is_same: NDArray[np.bool_] = np.equal(self.first, self.second)
        return is_same

    def some(self, chosen: NDArray[np.bool_]) -> "Table":
        """Give the chosen pairs."""
        columns = (self.first, self.second, self.congruent, self.cells)
        return Table(*(column[chosen] for column in columns))


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceSet:
    """A named set of pairs of known sources."""

    name: str
    population: Population
    sources: tuple[str, ...]
    table: Table

    def misfits(self, case: Population) -> list[Message]:
        """Say why the set does not speak for a case; nothing where it does.

        What is not known about the case is a misfit too: a set of another maker
        or instrument gives ratios that mean nothing.
        """
        reasons = []
        for name in FIELDS:
            mine, theirs = getattr(self.population, name), getattr(case, name)
            if mine.casefold() != theirs.casefold() or not theirs:
                reasons.append(
                    SAID.say(
                        "SET_DIFFERS",
                        field=FIELDS[name],
                        mine=mine or NOT_KNOWN,
                        theirs=theirs or NOT_KNOWN,
                    )
                )
        return reasons


def build(name: str, population: Population, pairs: Sequence[Pair]) -> ReferenceSet:
    """Build a reference set.

    Raises:
        InvalidInput: Too few sources, no pair of one kind, or impossible counts.
    """
    sources = tuple(sorted({s for p in pairs for s in (p.first, p.second)}))
    if any(not 0 <= p.congruent <= p.cells or p.cells < 1 for p in pairs):
        raise InvalidInput(SAID.say("MORE_THAN_ALL", name=name))
    if len(sources) < FEWEST_SOURCES:
        raise InvalidInput(
            SAID.say(
                "TOO_FEW_SOURCES",
                name=name,
                sources=len(sources),
                fewest=FEWEST_SOURCES,
            )
        )
    place = {source: number for number, source in enumerate(sources)}
    table = Table(
        _column(place[p.first] for p in pairs),
        _column(place[p.second] for p in pairs),
        _column(p.congruent for p in pairs),
        _column(p.cells for p in pairs),
    )
    if table.is_same.all() or not table.is_same.any():
        raise InvalidInput(
            message("%(name)s needs pairs of one source and of two sources.", name=name)
        )
    return ReferenceSet(name, population, sources, table)


def _column(values: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)
