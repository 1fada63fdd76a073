"""The linked picture around records: what people stated, and what records say.

Source:
    Background paper (Vienna, 2018), ¶51-52, 67, 70.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import batched
from string import ascii_uppercase

from armstrace.analysis.networks import arrays, narrowing, paths
from armstrace.analysis.networks.bundling import READABLE
from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.analysis.networks.narrowing import RestsOn
from armstrace.analysis.networks.paths import Paths
from armstrace.audit import declarations
from armstrace.intelligence.models import Link, Subject
from armstrace.intelligence.queries import computed, near
from armstrace.intelligence.queries.nodes import Frontier, note_shown, visible_nodes
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.networks import LinkKind

# Most records that a neighbourhood holds; what is left out is counted.
MOST = 2_000
# Up to so many records the links among the neighbours are given too.
DRAWN = 300
AT_ONCE = 2_000
FARTHEST_READ = 2
# From a recovery to its arm, and from the arm to its holders.
HOPS_OF_ALL = 2
NEAR = frozenset({LinkKind.NEAR_SERIAL, LinkKind.NEAR_IN_TIME_AND_PLACE})
# What makes links: of which kinds, between the records of which letters, and how.
LINKERS = (
    (frozenset(LinkKind) - NEAR, ascii_uppercase, computed.assertions),
    ({LinkKind.SAME_PERSON}, ascii_uppercase, computed.judgements),
    ({LinkKind.SAME_ARM}, "RA", computed.same_arm),
    ({LinkKind.SAME_ARM, LinkKind.MAYBE_SAME_ARM}, "R", computed.same_arm_again),
    ({LinkKind.TRACED_TO}, "RA", computed.trace_findings),
    ({LinkKind.HELD_BY, LinkKind.BOUGHT_FROM}, "AH", computed.holders_and_sellers),
    ({LinkKind.LOST_IN}, "AV", computed.lost),
    ({LinkKind.SAME_CONSIGNMENT}, "A", computed.same_consignment),
    ({LinkKind.FIRED_BY_SAME_ARM}, "RA", computed.ballistic_links),
)


@dataclass(slots=True)
class Growing:
    """A picture while it grows."""

    viewer: Actor
    kinds: frozenset[LinkKind] | None
    until: date | None
    rests_on: RestsOn = RestsOn.BOTH
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, str], Edge] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def begin(self, keys: Iterable[str]) -> set[str]:
        """Take in the records that are asked about; give those that are there."""
        self.nodes |= visible_nodes(_written(keys), viewer=self.viewer)
        return set(self.nodes)

    def grow(
        self, frontier: Collection[str], most: int | None, *, with_near: bool = False
    ) -> set[str]:
        """Take in the neighbours of some records; give those that are new."""
        found = list(self._links(Frontier.of(frontier), with_near=with_near))
        ends = {end for edge in found for end in (edge.start, edge.end)}
        fresh = visible_nodes(ends - self.nodes.keys(), viewer=self.viewer)
        fresh = {key: node for key, node in fresh.items() if self._is_in_time(node)}
        if most is not None and len(fresh) > (room := max(most - len(self.nodes), 0)):
            fresh = self._cut(fresh, found, room)
        self.nodes |= fresh
        self._keep(found)
        return set(fresh)

    def close(self, last: Collection[str]) -> None:
        """Take in the links among the records that are there.

        Args:
            last: The records whose links were not read yet. Arms of one consignment
                are paired with each other, so that all of them are read again.
        """
        asked = {key for key in self.nodes if key[0] == "A"}
        asked = asked.union(last) if not asked.isdisjoint(last) else set(last)
        among = Frontier.of(asked, is_whole=True)
        self._keep(self._links(among, with_near=False))

    def show(self) -> Graph:
        """Give the picture, and write down whom it showed."""
        note_shown(self.nodes.values())
        return self.graph()

    def graph(self) -> Graph:
        """Give the picture in a fixed order."""
        return Graph(
            nodes=tuple(self.nodes[key] for key in sorted(self.nodes, key=_order)),
            edges=tuple(self.edges[each] for each in sorted(self.edges)),
            left_out=dict(self.left_out),
        )

    def _links(self, of: Frontier, *, with_near: bool) -> Iterator[Edge]:
        for link in declarations.functions(lambda app: app.linkers):
            yield from filter(self._is_wanted, link(of, self.viewer))
        wanted = near.KINDS if self.kinds is None else near.KINDS & self.kinds
        wanted = wanted if with_near else wanted - NEAR
        for kinds, letters, linker in LINKERS:
            is_asked = self.kinds is None or not self.kinds.isdisjoint(kinds)
            if is_asked and any(of[letter] for letter in letters):
                yield from filter(self._is_wanted, linker(of, self.viewer))
        if wanted:
            yield from filter(self._is_wanted, near.beside(of, self.viewer, wanted))

    def _is_wanted(self, edge: Edge) -> bool:
        return (
            (self.kinds is None or edge.kind in self.kinds)
            and (self.until is None or edge.day is None or edge.day <= self.until)
            and self.rests_on.counts(edge)
        )

    def _is_in_time(self, node: Node) -> bool:
        return self.until is None or node.day is None or node.day <= self.until

    def _keep(self, found: Iterable[Edge]) -> None:
        for edge in found:
            if edge.start in self.nodes and edge.end in self.nodes:
                key = (edge.start, edge.end, edge.kind.value, edge.number)
                self.edges.setdefault(key, edge)

    def _cut(
        self, fresh: dict[str, Node], found: Iterable[Edge], room: int
    ) -> dict[str, Node]:
        """Keep the neighbours with the latest links, and count the others."""
        latest = dict.fromkeys(fresh, date.min)
        beside: set[tuple[str, str]] = set()
        for edge in found:
            for one, other in ((edge.start, edge.end), (edge.end, edge.start)):
                if one in fresh and other in self.nodes:
                    latest[one] = max(latest[one], edge.day or date.min)
                    beside.add((one, other))
        order = sorted(fresh, key=lambda key: (-latest[key].toordinal(), _order(key)))
        kept = set(order[:room])
        self.left_out.update(other for one, other in beside if one not in kept)
        return {key: node for key, node in fresh.items() if key in kept}


def neighbourhood(
    keys: Iterable[str],
    *,
    viewer: Actor,
    hops: int | None = 1,
    kinds: Collection[LinkKind] | None = None,
    until: date | None = None,
    most: int = MOST,
) -> Graph:
    """Give the records around some records, as far as the viewer may see them.

    A fixed number of questions to the database for each hop, however many records
    there are. Near serials and near places are sought around the records asked about
    alone. What the viewer may not see is neither in it nor counted.

    Args:
        keys: Numbers of records, such as R12; those that are not there are left out.
        hops: How far; as far as can be read where None.
        kinds: Only links of these kinds; all where None.
        until: Only what was so on that day or before; undated links count as before.
        most: Most records that are given; the latest links come first.

    Raises:
        NotPermitted: The viewer sees no linked picture.
    """
    viewer.require("intelligence.view")
    picture = Growing(viewer, None if kinds is None else frozenset(kinds), until)
    frontier = picture.begin(keys)
    for hop in range(FARTHEST_READ if hops is None else hops):
        frontier = picture.grow(frontier, most, with_near=hop == 0)
        if not frontier or (hops is None and len(picture.nodes) > READABLE):
            break
    if hops != 0 and frontier and len(picture.nodes) <= min(DRAWN, most):
        picture.close(frontier)
    return picture.show()


def whole_picture(viewer: Actor) -> Graph:
    """Give recoveries, subjects and all that is linked with them, for exports.

    Near serials and near places are left out: they are found record by record.
    """
    together = frozenset({LinkKind.SAME_CONSIGNMENT})
    picture = Growing(viewer, frozenset(LinkKind) - NEAR - together, None)
    frontier = picture.begin(_start_keys(viewer))
    for _ in range(HOPS_OF_ALL):
        fresh: set[str] = set()
        followed = sorted((key for key in frontier if key[0] != "H"), key=_order)
        for some in batched(followed, AT_ONCE, strict=False):
            fresh |= picture.grow(some, None)
        frontier = fresh
    picture.kinds = together
    picture.close(picture.nodes)
    return picture.show()


def _start_keys(viewer: Actor) -> Iterator[str]:
    """Give the records that the whole picture begins with."""
    if viewer.may("recovery.view"):
        rows = Recovery.objects.visible_to(viewer).values_list("pk", flat=True)
        yield from (f"R{key}" for key in rows.iterator())
    if viewer.may("intelligence.view"):
        named = Subject.objects.visible_to(viewer).filter(is_withdrawn=False)
        yield from (f"P{key}" for key in named.values_list("pk", flat=True).iterator())
        stated = Link.objects.visible_to(viewer).filter(removed_at=None)
        for ends in stated.values_list("start", "end").iterator():
            yield from ends


def _written(keys: Iterable[str]) -> set[str]:
    """Give numbers as they are written; what is no number is left out."""
    read = (key.strip().upper() for key in keys)
    return {key for key in read if declarations.REFERENCE.fullmatch(key)}


def _order(key: str) -> tuple[str, int]:
    return key[0], int(key[1:])


MOST_STEPS = 8
MOST_WALKED = 20_000
HOLDER_WEIGHT = 500


@dataclass(frozen=True, slots=True)
class Between:
    """What lies between two records.

    Args:
        graph: The records on the shortest ways, and the links that make them.
        paths: The ways.
        absent: Numbers of which nothing is there for these eyes.
        is_cut: Whether so many records were met that a way may have been missed.
    """

    graph: Graph
    paths: Paths
    absent: tuple[str, ...] = ()
    is_cut: bool = False


def between(
    one: str, other: str, *, viewer: Actor, rests_on: RestsOn = RestsOn.BOTH
) -> Between:
    """Find the shortest ways between two records, as far as the viewer may see.

    From both ends at once, one link at a time, each time from the end beside which
    fewer records lie. What the viewer may not see carries no way, and so neither its
    being there nor its length shows. Only what lies on a way counts as shown.

    Args:
        one: Number of a record, such as R12.
        rests_on: Over which links a way may lead.
    """
    viewer.require("intelligence.view")
    picture = Growing(viewer, None, None, rests_on)
    known = picture.begin((one, other))
    ends = [key.strip().upper() for key in (one, other)]
    absent = tuple(dict.fromkeys(key for key in ends if key not in known))
    if absent:
        return Between(Graph((), ()), Paths((), is_all=True), absent)
    found = _walk(picture, ends[0], ends[1])
    graph = narrowing.along(picture.graph(), found.ways)
    note_shown(graph.nodes)
    return Between(graph, found, (), bool(picture.left_out))


def _weight(key: str) -> int:
    """Estimate how many records lie beside one: dealers and makers had many arms."""
    return HOLDER_WEIGHT if key[0] == "H" else 1


def _walk(picture: Growing, one: str, other: str) -> Paths:
    sides = [{one}, {other}]
    for _ in range(MOST_STEPS):
        found = paths.shortest_paths(arrays.lay(picture.graph()), one, other)
        if found.ways or not all(sides):
            return found
        nearer = min((0, 1), key=lambda side: sum(map(_weight, sides[side])))
        sides[nearer] = picture.grow(sides[nearer], MOST_WALKED)
    return paths.shortest_paths(arrays.lay(picture.graph()), one, other)
