"""Tell from headings and titles what the rows of a file are."""

from collections.abc import Collection, Sequence

from armstrace.intake.fields import IntakeKind
from armstrace.intake.tables.heading_words import meanings
from armstrace.vocabulary.packaged import read_table

_SAID = read_table(__package__, "spoken_kinds.toml")
_FIELDS: dict[str, str] = _SAID["fields"]
_TITLES, _HEADINGS = (
    {IntakeKind(kind): frozenset(words) for kind, words in _SAID[name].items()}
    for name in ("titles", "headings")
)


def perhaps(headings: Sequence[str]) -> list[IntakeKind]:
    """Give what the rows may be; goods only where a heading speaks of them."""
    goods = IntakeKind.DECLARATIONS
    spoken = any(meanings(each).found & _HEADINGS[goods] for each in headings)
    return [kind for kind in IntakeKind if kind is not goods or spoken]


def is_titled(kind: IntakeKind, title: str, name: str) -> bool:
    """Tell whether a title or the file's name speaks of a kind."""
    return bool(meanings(f"{title} {name}").found & _TITLES.get(kind, frozenset()))


def times_spoken(
    kind: IntakeKind, headings: Sequence[str], fields: Collection[str]
) -> int:
    """Count the headings that speak of a kind, and the columns whose values do."""
    by_values = sum(_FIELDS.get(name) == kind for name in fields)
    return by_values + sum(
        bool(meanings(each).found & _HEADINGS[kind]) for each in headings
    )
