"""The shortest ways by which two records hang together, walked in the database."""

from dataclasses import dataclass

from armstrace.analysis.networks import arrays, narrowing, paths
from armstrace.analysis.networks.graph import Graph
from armstrace.analysis.networks.narrowing import RestsOn
from armstrace.analysis.networks.paths import Paths
from armstrace.intelligence.queries.nodes import note_shown
from armstrace.intelligence.queries.picture import Growing
from armstrace.vocabulary.actors import Actor

MOST_STEPS = 8
MOST_WALKED = 20_000


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

    From both ends at once, one link at a time, each time from the end that has met
    fewer records. What the viewer may not see carries no way, and so neither its
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


def _walk(picture: Growing, one: str, other: str) -> Paths:
    sides = [{one}, {other}]
    for _ in range(MOST_STEPS):
        found = paths.shortest_paths(arrays.lay(picture.graph()), one, other)
        if found.ways or not all(sides):
            return found
        nearer = min((0, 1), key=lambda side: len(sides[side]))
        sides[nearer] = picture.grow(sides[nearer], MOST_WALKED)
    return paths.shortest_paths(arrays.lay(picture.graph()), one, other)
