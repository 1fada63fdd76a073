"""The whole picture in words: communities, brokers, repeat sources of arms."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from armstrace.analysis.networks import brokers, communities, narrowing, sources
from armstrace.analysis.networks.brokers import Broker, Brokers
from armstrace.analysis.networks.communities import Community
from armstrace.analysis.networks.graph import Graph, Node
from armstrace.analysis.networks.narrowing import Narrowing, RestsOn
from armstrace.analysis.networks.sources import Source
from armstrace.translation import translate
from armstrace.web.networks import presenters
from armstrace.web.networks.presenters import End

MOST_SHOWN = 30
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Told:
    """One community.

    Args:
        name: Its first record, by which it is opened.
        kinds: What it holds, in words with counts.
        named: The first of its people and groups.
        sources: From whom its arms came, with how many.
    """

    name: End
    community: Community
    kinds: str
    named: tuple[End, ...]
    sources: tuple[tuple[End, int], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole picture, as the page tells it."""

    records: int
    computed: int
    asserted: int
    communities: tuple[Told, ...]
    communities_left: int
    measured: Brokers
    between: tuple[tuple[End, Broker], ...]
    repeated: tuple[tuple[End, Source], ...]
    repeated_left: int
    not_guilt: str
    no_sample: str


def tell(graph: Graph, basis: str) -> Overview:
    """Tell the whole picture.

    Args:
        graph: All that the reader may see.
        basis: On which links communities and brokers rest; empty for all.
    """
    rests_on = RestsOn(basis or RestsOn.BOTH)
    wanted = narrowing.narrow(graph, Narrowing(rests_on=rests_on))
    nodes = {node.key: node for node in graph.nodes}
    parts = communities.find_communities(wanted)
    repeated = sources.repeat_sources(sources.count_sources(graph))
    found = brokers.find_brokers(wanted)
    computed = sum(1 for edge in wanted.edges if edge.is_computed)
    return Overview(
        len(wanted.nodes),
        computed,
        len(wanted.edges) - computed,
        _tell_all(graph, parts[:MOST_SHOWN], nodes),
        max(0, len(parts) - MOST_SHOWN),
        found,
        tuple((presenters.end_of(nodes[row.key]), row) for row in found.rows),
        tuple(
            (presenters.end_of(nodes[each.held.key]), each)
            for each in repeated[:MOST_SHOWN]
        ),
        max(0, len(repeated) - MOST_SHOWN),
        translate(communities.NOT_GUILT),
        translate(sources.NO_SAMPLE),
    )


def _tell_all(
    graph: Graph, parts: Sequence[Community], nodes: dict[str, Node]
) -> tuple[Told, ...]:
    came = sources.sources_by_part(graph, [part.keys for part in parts])
    return tuple(
        _tell(part, nodes, found) for part, found in zip(parts, came, strict=True)
    )


def _tell(
    part: Community, nodes: dict[str, Node], came: Sequence[tuple[str, int]]
) -> Told:
    inside = [nodes[key] for key in part.keys]
    counts = Counter(node.kind for node in inside)
    kinds = [
        gettext("%(count)s × %(kind)s") % {"count": n, "kind": gettext(kind.label)}
        for kind, n in counts.most_common()
    ]
    named = [node for node in inside if node.kind in sources.SOURCES]
    return Told(
        presenters.end_of((named or inside)[0]),
        part,
        ", ".join(kinds),
        tuple(map(presenters.end_of, named[:MOST_NAMED])),
        tuple((presenters.end_of(nodes[key]), n) for key, n in came[:MOST_NAMED]),
    )
