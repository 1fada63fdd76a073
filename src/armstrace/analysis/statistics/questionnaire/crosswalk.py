"""From the stored codes of an item to its row, by ``data/crosswalk.toml``."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from armstrace.vocabulary.rows import fill

MANY = frozenset({"contexts"})
SEVERAL_ANSWERS = frozenset({"context"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the crosswalk."""

    # Code of the line, such as ``CW-03``.
    rule: str
    dimension: str
    # The row that it gives; empty where it is known to be in none.
    row: str
    # For each column the codes of which one must hold. A column may be an earlier
    # dimension.
    when: Mapping[str, frozenset[str]]
    # The line in words, where its codes do not say it.
    words: str = ""


@dataclass(frozen=True, slots=True)
class Decider:
    """How one dimension is decided.

    A row without a name says that the item is known to stand in none.
    """

    columns: tuple[str, ...]
    rows_of: Callable[[Mapping[str, str]], tuple[str, ...]]


@cache
def lines() -> tuple[Line, ...]:
    """Read the crosswalk that is shipped.

    Source:
        UNODC illicit arms flows questionnaire, tables B1-B3 and C1-C3.
    """
    place = resources.files(__package__).joinpath("data/crosswalk.toml")
    return lines_of(place.read_text(encoding="utf-8"))


def lines_of(text: str) -> tuple[Line, ...]:
    """Read a crosswalk from the text of such a file."""
    return tuple(
        fill(
            Line,
            each,
            when={name: frozenset(codes) for name, codes in each["when"].items()},
        )
        for each in tomllib.loads(text)["line"]
    )


def deciders(given: tuple[Line, ...] | None = None) -> dict[str, Decider]:
    """Give the decider of every dimension that the crosswalk knows."""
    known = lines() if given is None else given
    names = dict.fromkeys(line.dimension for line in known)
    return {name: _decider(name, known) for name in names}


def _decider(dimension: str, known: tuple[Line, ...]) -> Decider:
    def rows_of(codes: Mapping[str, str]) -> tuple[str, ...]:
        return rows_by(dimension, codes, known)

    return Decider(_columns(dimension, known), rows_of)


def _columns(dimension: str, known: tuple[Line, ...]) -> tuple[str, ...]:
    """Give the stored columns of a dimension, through the ones it rests on."""
    dimensions = {line.dimension for line in known}
    own = [line for line in known if line.dimension == dimension]
    found: dict[str, None] = {}
    for name in dict.fromkeys(name for line in own for name in line.when):
        below = _columns(name, known) if name in dimensions else (name,)
        found |= dict.fromkeys(below)
    return tuple(found)


def rows_by(
    dimension: str, codes: Mapping[str, str], known: tuple[Line, ...]
) -> tuple[str, ...]:
    """Give the rows of an item in one dimension.

    Args:
        codes: The item's codes by column; several are joined by a blank.
    """
    own = (line for line in known if line.dimension == dimension)
    fitting = (line.row for line in own if _fits(line, codes, known))
    if dimension in SEVERAL_ANSWERS:
        return tuple(dict.fromkeys(fitting))
    return tuple(row for row in [next(fitting, None)] if row is not None)


def _fits(line: Line, codes: Mapping[str, str], known: tuple[Line, ...]) -> bool:
    for name, wanted in line.when.items():
        if name in MANY:
            held = set(codes[name].split())
        elif name in codes:
            held = {codes[name]}
        else:
            held = set(rows_by(name, codes, known))
        if not held & wanted:
            return False
    return True
