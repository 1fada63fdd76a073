"""The whole picture in numbers: communities, brokers, repeat sources of arms."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from armstrace.analysis.networks import brokers, communities, narrowing, sources
from armstrace.analysis.networks.brokers import Brokers
from armstrace.analysis.networks.communities import Community
from armstrace.analysis.networks.graph import Graph, Node
from armstrace.analysis.networks.narrowing import Narrowing, RestsOn
from armstrace.analysis.networks.sources import Source
from armstrace.vocabulary.networks import NodeKind

MOST_SHOWN = 30
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Part:
    # Its first person, group or record, on which it opens.
    key: str
    kinds: tuple[tuple[NodeKind, int], ...]
    named: tuple[str, ...]
    # From whom its arms came, with how many.
    sources: tuple[tuple[str, int], ...]
    computed: int
    asserted: int
    outward: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is to say of the whole picture; records are told by number."""

    records: int
    computed: int
    asserted: int
    communities: tuple[Part, ...]
    communities_left: int
    measured: Brokers
    repeated: tuple[Source, ...]
    repeated_left: int


def survey(graph: Graph, rests_on: RestsOn) -> Survey:
    """Survey a whole picture."""
    wanted = narrowing.narrow(graph, Narrowing(rests_on=rests_on))
    parts = communities.find_communities(wanted)
    repeated = sources.repeat_sources(sources.count_sources(graph))
    computed = sum(1 for edge in wanted.edges if edge.is_computed)
    return Survey(
        len(wanted.nodes),
        computed,
        len(wanted.edges) - computed,
        tuple(_tell(graph, parts[:MOST_SHOWN])),
        max(0, len(parts) - MOST_SHOWN),
        brokers.find_brokers(wanted),
        repeated[:MOST_SHOWN],
        max(0, len(repeated) - MOST_SHOWN),
    )


def _tell(graph: Graph, parts: Sequence[Community]) -> Iterator[Part]:
    nodes = {node.key: node for node in graph.nodes}
    came = sources.sources_by_part(graph, [part.keys for part in parts])
    for part, found in zip(parts, came, strict=True):
        yield _tell_part(part, nodes, found)


def _tell_part(
    part: Community, nodes: Mapping[str, Node], came: Sequence[tuple[str, int]]
) -> Part:
    inside = [nodes[key] for key in part.keys]
    named = [node.key for node in inside if node.kind in sources.SOURCES]
    return Part(
        (named or part.keys)[0],
        tuple(Counter(node.kind for node in inside).most_common()),
        tuple(named[:MOST_NAMED]),
        tuple(came[:MOST_NAMED]),
        part.computed,
        part.asserted,
        part.outward,
    )
