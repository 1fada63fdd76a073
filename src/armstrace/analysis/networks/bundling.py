"""A neighbourhood that can be read: a few nodes drawn, the rest in counted bundles.

A bundle holds what hangs on the same node, by the same kind of link, of the same
kind, and all computed or all asserted. It opens in place; nothing is left out
without a count.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from armstrace.analysis.networks import arrays
from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.vocabulary.networks import LinkKind, NodeKind

MOST_DRAWN = 300
READABLE = 60
FEW = 6
"""So many of one group are drawn one by one unless there is no room."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Nodes that are drawn as one."""

    name: str
    # Key of the node on which they hang.
    anchor: str
    # How they hang on it.
    link: LinkKind
    is_computed: bool
    kind: NodeKind
    keys: tuple[str, ...]
    # How many more nodes are reached only by them.
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two drawn things: links of one kind, counted."""

    # Key of a node or name of a bundle.
    start: str
    end: str
    kind: LinkKind
    is_computed: bool
    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn of a graph."""

    middle: tuple[str, ...]
    nodes: tuple[Node, ...]
    bundles: tuple[Bundle, ...]
    ties: tuple[Tie, ...]
    # How many nodes found no room, not even in a bundle.
    not_placed: int


@dataclass(frozen=True, slots=True)
class Wish:
    """How much is to be drawn."""

    # Names of bundles that are opened.
    opened: frozenset[str] = frozenset()
    # How many things are drawn one by one before bundles begin to close.
    room: int = READABLE
    # How many things are drawn at most, whatever is opened.
    most: int = MOST_DRAWN


def bundle_name(anchor: str, link: LinkKind, kind: NodeKind, *, computed: bool) -> str:
    """Name a bundle by what hangs where: the name outlives new members."""
    basis = "c" if computed else "a"
    return f"{anchor}.{link.value}.{kind.value}.{basis}"


@dataclass(slots=True)
class _Tree:
    """How each node is first reached from the middle."""

    depth: dict[str, int]
    groups: dict[str, list[str]] = field(default_factory=dict)
    # Anchor, link, whether it is computed, and kind of the nodes of each group.
    about: dict[str, tuple[str, LinkKind, bool, NodeKind]] = field(default_factory=dict)
    from_anchor: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def bundle(graph: Graph, middle: Iterable[str], wish: Wish | None = None) -> Picture:
    """Draw what is near the middle and bundle the rest.

    Nearer nodes come first, of those the ones in small groups, then those with most
    links, then the newest. That a node is drawn says nothing of its weight.
    """
    wish = wish or Wish()
    nodes = {node.key: node for node in graph.nodes}
    centres = tuple(dict.fromkeys(key for key in middle if key in nodes))
    tree = _grow(graph, nodes, centres)
    room = _Room(wish, set(centres[: wish.most]), _rank(graph, nodes))
    bundles = _fill(tree, room)
    shown = tuple(node for node in graph.nodes if node.key in room.drawn)
    inside = {key: each.name for each in bundles for key in each.keys}
    ties = _tie(graph.edges, room.drawn, inside)
    placed = len(shown) + sum(len(each.keys) + each.beyond for each in bundles)
    return Picture(centres, shown, bundles, ties, len(graph.nodes) - placed)


type _Rank = tuple[int, int, str]


@dataclass(slots=True)
class _Room:
    """What is drawn so far, and whether there is room for more."""

    wish: Wish
    drawn: set[str]
    # Of the nodes, by which they are drawn: most neighbours first.
    ranks: dict[str, _Rank]
    bundled: int = 0

    def left(self, *, is_opened: bool) -> int:
        bound = self.wish.most if is_opened else self.wish.room
        return max(0, min(bound, self.wish.most) - len(self.drawn) - self.bundled)

    def choose(self, members: list[str], *, is_opened: bool, waiting: int) -> list[str]:
        """Choose which of a group are drawn; each waiting group can still close.

        Of a large group that is not opened, only what links to something else too.
        """
        left = max(0, self.left(is_opened=is_opened) - waiting)
        ranked = sorted(members, key=self.ranks.__getitem__)
        if not is_opened and len(ranked) > FEW:
            ranked = [key for key in ranked if self.ranks[key][0] < -1][:FEW]
        if len(ranked) == len(members) and len(ranked) <= left:
            return ranked
        return ranked[: max(0, left - 1)]


def _grow(graph: Graph, nodes: dict[str, Node], centres: tuple[str, ...]) -> _Tree:
    """Hang every node on one that is a link nearer, by its strongest link."""
    laid = arrays.lay(graph)
    found = arrays.depths(laid, centres).tolist()
    depth = {
        key: steps for key, steps in zip(laid.keys, found, strict=True) if steps >= 0
    }
    best: dict[str, tuple[tuple[bool, str, str], Edge, str]] = {}
    for edge in graph.edges:
        for anchor, key in itertools.permutations((edge.start, edge.end)):
            if depth.get(key, 0) != depth.get(anchor, -2) + 1:
                continue
            rank = (edge.is_computed, anchor, edge.kind.value)
            if key not in best or rank < best[key][0]:
                best[key] = (rank, edge, anchor)
    tree = _Tree(depth)
    for key in sorted(best, key=lambda each: (depth[each], each)):
        _, edge, anchor = best[key]
        kind = nodes[key].kind
        name = bundle_name(anchor, edge.kind, kind, computed=edge.is_computed)
        if name not in tree.groups:
            tree.groups[name] = []
            tree.about[name] = (anchor, edge.kind, edge.is_computed, kind)
            tree.from_anchor[anchor].append(name)
        tree.groups[name].append(key)
    return tree


def _rank(graph: Graph, nodes: dict[str, Node]) -> dict[str, _Rank]:
    """Rank nodes: most neighbours, then newest, then by key."""
    near: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges:
        near[edge.start].add(edge.end)
        near[edge.end].add(edge.start)
    return {
        key: (-len(near[key]), -(node.day or date.min).toordinal(), key)
        for key, node in nodes.items()
    }


def _fill(tree: _Tree, room: _Room) -> tuple[Bundle, ...]:
    """Draw group after group, nearest and smallest first; bundle what is left."""
    bundles: list[Bundle] = []
    layer = sorted(room.drawn)
    while layer:
        names = _by_turn(tree, room, layer)
        layer = []
        for waiting, name in zip(reversed(range(len(names))), names, strict=True):
            members = tree.groups[name]
            is_opened = name in room.wish.opened
            kept = room.choose(members, is_opened=is_opened, waiting=waiting)
            room.drawn.update(kept)
            layer.extend(kept)
            rest = [key for key in members if key not in room.drawn]
            if rest and room.left(is_opened=True) > 0:
                room.bundled += 1
                beyond = _count_beyond(tree, rest)
                bundles.append(Bundle(name, *tree.about[name], tuple(rest), beyond))
    return tuple(bundles)


def _by_turn(tree: _Tree, room: _Room, layer: Iterable[str]) -> list[str]:
    """Order the groups that hang on a layer: opened ones first, then the smallest."""
    return sorted(
        (name for anchor in layer for name in tree.from_anchor.get(anchor, ())),
        key=lambda name: (
            name not in room.wish.opened,
            len(tree.groups[name]),
            name,
        ),
    )


def _count_beyond(tree: _Tree, keys: Collection[str]) -> int:
    """Count what hangs on nodes, directly and behind them."""
    waiting, found = list(keys), 0
    while waiting:
        names = tree.from_anchor.get(waiting.pop(), ())
        for name in names:
            found += len(tree.groups[name])
            waiting.extend(tree.groups[name])
    return found


def _tie(
    edges: Iterable[Edge], drawn: Collection[str], inside: dict[str, str]
) -> tuple[Tie, ...]:
    counts: Counter[tuple[str, str, LinkKind, bool]] = Counter()
    for edge in edges:
        start = edge.start if edge.start in drawn else inside.get(edge.start)
        end = edge.end if edge.end in drawn else inside.get(edge.end)
        if start and end and start != end:
            counts[start, end, edge.kind, edge.is_computed] += 1
    return tuple(Tie(*about, count) for about, count in counts.items())
