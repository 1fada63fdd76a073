"""The shortest ways between two records, in words and drawn from left to right."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from armstrace.analysis.networks import arrays, paths
from armstrace.analysis.networks.bundling import MOST_DRAWN, Wish, bundle
from armstrace.analysis.networks.graph import Edge, Node
from armstrace.intelligence.queries.picture import Between
from armstrace.vocabulary.actors import Actor
from armstrace.web.drawing import network as drawing
from armstrace.web.networks import presenters
from armstrace.web.networks.presenters import Teller


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way: every link that makes it, and where it leads."""

    links: tuple[Edge, ...]
    to: Node


@dataclass(frozen=True, slots=True)
class Way:
    start: Node
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What lies between two records, as the page tells it."""

    one: str
    other: str
    found: Between
    ways: tuple[Way, ...] = ()
    drawn: drawing.Drawn | None = None
    legend: tuple[presenters.Key, ...] = ()


def tell(one: str, other: str, found: Between, viewer: Actor) -> Told:
    """Tell the shortest ways between two records, and draw them."""
    ways = found.paths.ways
    if not found.paths.links:
        return Told(one, other, found)
    picture = bundle(found.graph, [one], Wish(room=MOST_DRAWN))
    teller = Teller(picture, found.graph, QueryDict(), viewer)
    places = _columns(ways)
    rows = [row for _, row in places.values()]
    return Told(
        one,
        other,
        found,
        tuple(_ways(found)),
        presenters.draw(teller, places, rows=1 + round(max(rows) - min(rows))),
        presenters.legend(picture),
    )


def _ways(found: Between) -> Iterator[Way]:
    laid, nodes = (
        arrays.lay(found.graph),
        {node.key: node for node in found.graph.nodes},
    )
    for way in found.paths.ways:
        start, *rest = (nodes[key] for key in way)
        links = paths.links_along(found.graph, laid, way)
        yield Way(start, tuple(map(Step, links, rest)))


def _columns(ways: tuple[tuple[str, ...], ...]) -> dict[str, tuple[float, float]]:
    """Put each record in the column of its step, in the order of the ways."""
    columns: dict[int, list[str]] = {}
    for way in ways:
        for step, key in enumerate(way):
            column = columns.setdefault(step, [])
            if key not in column:
                column.append(key)
    return {
        key: (float(step), row - (len(column) - 1) / 2)
        for step, column in columns.items()
        for row, key in enumerate(column)
    }
