"""The two questions of the picture: where arms came from, and what became of them.

Source:
    Background paper (Vienna, 2018), ¶51: knowing where organised crime and terrorist
    groups get their arms; ¶67: linking arms and persons in both directions.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.intelligence.queries.nodes import no_such_record
from armstrace.intelligence.queries.picture import neighbourhood
from armstrace.records.lookups import among
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.intelligence import ASSERTED_KINDS
from armstrace.vocabulary.networks import LinkKind, NodeKind
from armstrace.vocabulary.tracing import DiversionKind

# Links by which a person is of a group.
BELONG = frozenset(
    {
        LinkKind.MEMBER_OF,
        LinkKind.LEADS,
        LinkKind.ASSOCIATE_OF,
        LinkKind.SAME_PERSON,
    }
)
# Links by which a person or group had an arm.
HAVE = frozenset(ASSERTED_KINDS) - BELONG | {LinkKind.SAME_PERSON}
THINGS = frozenset({NodeKind.RECOVERY, NodeKind.ARM})
PASSED = frozenset({LinkKind.HELD_BY, LinkKind.BOUGHT_FROM})
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The point of diversion that a person confirmed for a recovery."""

    kind: DiversionKind | None
    on: date | None
    place: str


@dataclass(frozen=True, slots=True)
class Origin:
    """One chain from a group to where an arm left the legal world.

    Args:
        member: Who of the group had it; the group itself where nobody is named.
        links: The links of the chain that people stated, which say how good it is.
        recovery: None where the arm was not recovered.
        arm: None where the recovery was not identified in the register.
        sellers: Who sold the arm, the last one first.
        holders: Who held the arm, the last one first.
    """

    member: Node
    links: tuple[Edge, ...]
    recovery: Node | None
    arm: Node | None
    confirmed: Confirmed | None
    sellers: tuple[Node, ...]
    holders: tuple[Node, ...]

    @property
    def links_by_number(self) -> list[Edge]:
        """Those links that are open by a number of their own."""
        return [each for each in self.links if each.number]


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the arms of a group or person came from.

    Args:
        by_seller: How many arms each sold, most first.
    """

    node: Node
    rows: tuple[Origin, ...]
    by_seller: tuple[tuple[Node, int], ...]
    by_diversion: tuple[tuple[DiversionKind, int], ...]


@dataclass(frozen=True, slots=True)
class PassedArm:
    """An arm that passed somebody, and what became of it.

    Args:
        how: The links between the two.
        losses: Reports of loss or theft.
    """

    arm: Node
    how: tuple[Edge, ...]
    recoveries: tuple[Node, ...]
    losses: tuple[Node, ...]
    confirmed: tuple[Confirmed, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """The arms that passed a dealer, a holder or a subject; recovered ones first."""

    node: Node
    rows: tuple[PassedArm, ...]
    recovered: int
    lost: int
    left_out: int


def origins(key: str, *, viewer: Actor) -> Origins:
    """Tell where the arms of a group or a person came from, chain by chain."""
    node = _require(key, viewer)
    people = _around([key], viewer, BELONG)
    named = _around([each.key for each in people.nodes], viewer, {LinkKind.SAME_PERSON})
    had = _around([each.key for each in named.nodes], viewer, HAVE)
    nodes = _by_key(people, named, had)
    things = [each.key for each in had.nodes if each.kind in THINGS]
    arms = _around(things, viewer, {LinkKind.SAME_ARM})
    nodes |= _by_key(arms)
    seen = [each.key for each in nodes.values() if each.kind is NodeKind.ARM]
    chains = _around(seen, viewer, PASSED)
    nodes |= _by_key(chains)
    confirmed = _confirmations(nodes, viewer)
    belongs = _edges_by_end((*people.edges, *named.edges))
    beside = _edges_by_end(arms.edges), _edges_by_end(chains.edges)
    rows = [
        _origin(edge, nodes, beside, (confirmed, belongs))
        for edge in had.edges
        if {nodes[edge.start].kind, nodes[edge.end].kind} & THINGS
    ]
    return Origins(node, tuple(rows), _sellers(rows), _diversions(rows))


def arms_that_passed(key: str, *, viewer: Actor) -> Passed:
    """Tell which arms passed a dealer, a holder or a subject, and their fate."""
    node = _require(key, viewer)
    kinds = PASSED | HAVE
    had = neighbourhood([key], viewer=viewer, kinds=kinds, most=MOST)
    things = [each.key for each in had.nodes if each.kind in THINGS]
    arms = _around(things, viewer, {LinkKind.SAME_ARM, LinkKind.LOST_IN})
    nodes = _by_key(had, arms)
    confirmed = _confirmations(nodes, viewer)
    how, beside = _edges_by_end(had.edges), _edges_by_end(arms.edges)
    rows = [
        _row_of(each, nodes, (how, beside), confirmed)
        for each in arms.nodes
        if each.kind is NodeKind.ARM
    ]
    rows.sort(key=lambda row: (not row.recoveries, not row.losses))
    return Passed(
        node,
        tuple(rows),
        recovered=sum(1 for row in rows if row.recoveries),
        lost=sum(1 for row in rows if row.losses),
        left_out=had.left_out.get(key, 0),
    )


def _require(key: str, viewer: Actor) -> Node:
    found = neighbourhood([key], viewer=viewer, hops=0).nodes
    if not found:
        raise no_such_record(key)
    return found[0]


def _around(keys: Iterable[str], viewer: Actor, kinds: Collection[LinkKind]) -> Graph:
    return neighbourhood(keys, viewer=viewer, kinds=kinds, most=MOST)


def _by_key(*graphs: Graph) -> dict[str, Node]:
    return {node.key: node for graph in graphs for node in graph.nodes}


def _edges_by_end(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        found[edge.start].append(edge)
        found[edge.end].append(edge)
    return found


def _origin(
    edge: Edge,
    nodes: dict[str, Node],
    beside: tuple[dict[str, list[Edge]], dict[str, list[Edge]]],
    known: tuple[dict[str, Confirmed], dict[str, list[Edge]]],
) -> Origin:
    (arms, chains), (confirmed, belongs) = beside, known
    ends = sorted((edge.start, edge.end), key=lambda key: nodes[key].kind in THINGS)
    member, thing = (nodes[key] for key in ends)
    recovery = thing if thing.kind is NodeKind.RECOVERY else None
    same = (
        nodes[end]
        for each in arms.get(thing.key, ())
        for end in (each.start, each.end)
        if nodes[end].kind is NodeKind.ARM
    )
    arm = next(same, None) if recovery else thing
    passed_by = sorted(
        chains.get(arm.key, ()) if arm else (),
        key=lambda each: each.day or date.min,
        reverse=True,
    )
    return Origin(
        member=member,
        links=(edge, *belongs.get(member.key, ())),
        recovery=recovery,
        arm=arm,
        confirmed=confirmed.get(recovery.key) if recovery else None,
        sellers=_others(passed_by, LinkKind.BOUGHT_FROM, nodes),
        holders=_others(passed_by, LinkKind.HELD_BY, nodes),
    )


def _others(
    edges: Iterable[Edge], kind: LinkKind, nodes: dict[str, Node]
) -> tuple[Node, ...]:
    ends = dict.fromkeys(each.end for each in edges if each.kind is kind)
    return tuple(nodes[end] for end in ends)


def _row_of(
    arm: Node,
    nodes: dict[str, Node],
    edges: tuple[dict[str, list[Edge]], dict[str, list[Edge]]],
    confirmed: dict[str, Confirmed],
) -> PassedArm:
    how, beside = edges
    ends = {
        end for each in beside.get(arm.key, ()) for end in (each.start, each.end)
    } - {arm.key}
    others = [nodes[end] for end in sorted(ends)]
    recoveries = [each for each in others if each.kind is NodeKind.RECOVERY]
    links = [
        *how.get(arm.key, ()),
        *(e for r in recoveries for e in how.get(r.key, ())),
    ]
    return PassedArm(
        arm=arm,
        how=tuple(links),
        recoveries=tuple(recoveries),
        losses=tuple(each for each in others if each.kind is NodeKind.LOSS),
        confirmed=tuple(
            confirmed[each.key] for each in recoveries if each.key in confirmed
        ),
    )


def _confirmations(nodes: Iterable[str], viewer: Actor) -> dict[str, Confirmed]:
    """Give the confirmed points of diversion of the recoveries among some nodes."""
    ids = [int(key[1:]) for key in nodes if key[0] == "R"]
    if not viewer.may("trace.view") or not ids:
        return {}
    rows = TraceDecision.objects.filter(
        among("trace__recovery_id", ids), superseded_at=None
    ).exclude(diversion_kind="")
    columns = ("trace__recovery_id", "diversion_kind", "diversion_on")
    places = ("diversion_place", "diversion_region")
    return {
        f"R{key}": Confirmed(DiversionKind(kind), on, ", ".join(filter(None, where)))
        for key, kind, on, *where in rows.values_list(*columns, *places)
    }


def _sellers(rows: Iterable[Origin]) -> tuple[tuple[Node, int], ...]:
    """Count the arms of each seller; an arm in two chains counts once."""
    pairs = {(seller, row.arm) for row in rows for seller in row.sellers}
    counted = Counter(seller for seller, _ in pairs)
    return tuple(
        sorted(
            counted.items(),
            key=lambda each: (-each[1], each[0].label, each[0].key),
        )
    )


def _diversions(rows: Iterable[Origin]) -> tuple[tuple[DiversionKind, int], ...]:
    told = {
        row.recovery: row.confirmed.kind
        for row in rows
        if row.confirmed and row.confirmed.kind
    }
    return tuple(Counter(told.values()).most_common())
