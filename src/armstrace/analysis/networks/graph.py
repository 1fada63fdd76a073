"""The linked picture as plain values.

Computed links follow from records; asserted ones were stated by a person. The two
are never mixed: a path, a drawing and an export say of each link which it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind

HELD_BACK = frozenset({HandlingCode.H2, HandlingCode.H3})


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the picture.

    Args:
        key: Its record number as people write it: ``R12``, ``A5``; unique.
        label: What is written beside it; empty where the reader may not see it.
        day: When it came into being or was recovered, where that is known.
        grade: The 4x4 grade of a subject, such as ``B2``; else empty.
        handling: The handling code of a subject; else empty.
    """

    key: str
    kind: NodeKind
    label: str
    day: date | None = None
    grade: str = ""
    handling: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """One link between two nodes, from ``start`` to ``end``.

    Args:
        number: The number of the asserted link, by which it is opened and removed;
            empty for a computed one.
        grade: The 4x4 grade of an asserted link, such as ``B2``; else empty.
        day: From when it holds, where that is known.
        why: What it rests on.
        handling: The handling code of an asserted link; else empty.
    """

    start: str
    end: str
    kind: LinkKind
    is_computed: bool
    why: Message
    number: str = ""
    grade: str = ""
    day: date | None = None
    handling: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by key and the links between them, in a fixed order.

    Args:
        left_out: How many further neighbours a node has that are not among them.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Node | Edge, ...]:
        return (*self.nodes, *self.edges)


def held_back(parts: Iterable[Node | Edge]) -> list[Node | Edge]:
    """Give what its provider bound not to be passed on."""
    return [each for each in parts if each.handling in HELD_BACK]
