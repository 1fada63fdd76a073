"""Every closed list of the vocabulary: its codes, and what it rests on."""

import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from armstrace import vocabulary
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.field_words import NAMED
from armstrace.vocabulary.messages import NOTHING, Message

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Listed:
    """One code with its list."""

    # Name of the list, as the API and the reference have it.
    name: str
    # What the field is called that asks for it; empty where no field has its name.
    asked_as: Message
    code: Code
    # What the list rests on; empty where it is of this design.
    source: str


@cache
def codes_listed() -> tuple[Listed, ...]:
    """Give every code of every list, in the order in which they are declared."""
    return tuple(
        Listed(kind.__name__, _name_of(kind.__name__), code, source)
        for kind, source in _lists()
        for code in kind
    )


def _lists() -> list[tuple[type[Code], str]]:
    found = []
    for each in pkgutil.iter_modules(vocabulary.__path__, f"{vocabulary.__name__}."):
        module = import_module(each.name)
        source = " ".join((module.__doc__ or "").partition("Source:")[2].split())
        found += [
            (kind, source)
            for kind in vars(module).values()
            if isinstance(kind, type)
            and issubclass(kind, Code)
            and kind.__module__ == each.name
        ]
    return found


def _name_of(name: str) -> Message:
    field = _WORD.sub("_", name).lower()
    return NAMED.get(field) or NAMED.get(f"{field}s") or NOTHING
