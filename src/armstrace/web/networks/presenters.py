"""The network in words: what is drawn, the same as rows, and the bundles that open."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.networks import layout
from armstrace.analysis.networks.bundling import Bundle, Picture, Tie
from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.translation import write_list
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.networks import NodeKind
from armstrace.web import record_numbers
from armstrace.web.drawing import network as drawing
from armstrace.web.drawing.network import Joint, Shape, Thing

SHAPES: Mapping[NodeKind, Shape] = {
    NodeKind.ARM: Shape.ARM,
    NodeKind.RECOVERY: Shape.RECOVERY,
    NodeKind.HOLDER: Shape.PARTY,
    NodeKind.PERSON: Shape.PARTY,
    NodeKind.LOSS: Shape.LOSS,
    NodeKind.SCENE: Shape.PLACE,
    NodeKind.ADDRESS: Shape.PLACE,
    NodeKind.ROUTE: Shape.PLACE,
    NodeKind.GROUP: Shape.GROUP,
    NodeKind.ORGANISATION: Shape.GROUP,
    NodeKind.CASE: Shape.CASE,
}
MOST_ROWS = 120


@dataclass(frozen=True, slots=True)
class Closed:
    """A bundle in words, with the address that opens it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the drawing, as the table tells it: a link, or links counted."""

    start: Node | Closed
    link: Edge | Tie
    end: Node | Closed


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend: a shape and the kinds of records that it stands for."""

    path: str
    style: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    drawn: drawing.Drawn
    rows: tuple[Row, ...]
    bundles: list[Closed]
    # How many rows are not in the table.
    rows_left: int
    legend: tuple[Key, ...]
    # How many records there are, drawn or not.
    records: int
    # How many of them are in bundles, or behind them.
    bundled: int
    # How many found no room.
    not_placed: int
    # How many links lead to records beyond the bound.
    left_out: int


class Teller:
    """Says the parts of one picture in the reader's language."""

    def __init__(
        self, picture: Picture, graph: Graph, query: QueryDict, viewer: Actor
    ) -> None:
        self.picture, self.query, self.viewer = picture, query, viewer
        self.nodes = {node.key: node for node in picture.nodes}
        self.closed = {
            each.name: Closed(self.bundle_words(each), self.opening(each))
            for each in picture.bundles
        }
        self.edges: dict[tuple[object, ...], list[Edge]] = defaultdict(list)
        for edge in graph.edges:
            about = (edge.start, edge.end, edge.kind, edge.is_computed)
            self.edges[about].append(edge)

    def thing(self, node: Node) -> Thing:
        kind = gettext(node.kind.label)
        told = f"{node.key}, {kind}" + (f": {node.label}" if node.label else "")
        return Thing(
            node.key,
            SHAPES.get(node.kind, Shape.THING),
            node.key,
            node.label or kind,
            told,
            record_numbers.address_for(node.key, self.viewer),
            is_middle=node.key in self.picture.middle,
        )

    def bundle_thing(self, bundle: Bundle) -> Thing:
        return Thing(
            bundle.name,
            Shape.BUNDLE,
            gettext(bundle.kind.label),
            gettext(bundle.link.label),
            self.closed[bundle.name].words,
            self.closed[bundle.name].href,
            count=len(bundle.keys),
        )

    def bundle_words(self, bundle: Bundle) -> str:
        said = gettext("%(count)s × %(kind)s (%(link)s %(anchor)s)") % {
            "count": len(bundle.keys),
            "kind": gettext(bundle.kind.label),
            "link": gettext(bundle.link.label),
            "anchor": bundle.anchor,
        }
        if not bundle.beyond:
            return said
        more = gettext("%(count)s more behind them") % {"count": bundle.beyond}
        return f"{said}, {more}"

    def opening(self, bundle: Bundle) -> str:
        """Give the address that opens a bundle in place."""
        query = self.query.copy()
        opened = [each for each in query.getlist("open") if each != bundle.name]
        query.setlist("open", [*opened, bundle.name])
        return f"{reverse('network')}?{query.urlencode()}"

    def joint(self, tie: Tie) -> Joint:
        basis = gettext("computed") if tie.is_computed else gettext("asserted")
        link = gettext(tie.kind.label)
        start, end = (
            self.closed[name].words if name in self.closed else name
            for name in (tie.start, tie.end)
        )
        title = f"{start}, {link}, {end} ({basis})"
        if tie.count > 1:
            title = f"{tie.count} × {title}"
        return Joint(tie.start, tie.end, link, title, tie.is_computed, tie.count)

    def end(self, name: str) -> Node | Closed:
        """Give an end of a row."""
        return self.closed.get(name) or self.nodes[name]

    def rows(self, tie: Tie) -> list[Row]:
        """Say a line as rows: each link between two records, or a count."""
        found = self.edges.get((tie.start, tie.end, tie.kind, tie.is_computed))
        links: list[Edge] | list[Tie] = found or [tie]
        return [self.row(each) for each in links]

    def row(self, link: Edge | Tie) -> Row:
        """Say one link, or those of a kind that are drawn as one."""
        return Row(self.end(link.start), link, self.end(link.end))


def show(picture: Picture, graph: Graph, query: QueryDict, *, viewer: Actor) -> Shown:
    """Draw a picture and say the same as rows."""
    teller = Teller(picture, graph, query, viewer)
    places = layout.place_nodes(
        [*teller.nodes, *teller.closed],
        [(tie.start, tie.end) for tie in picture.ties],
        middle=picture.middle,
    )
    middle = {*picture.middle}
    nearest = sorted(
        picture.ties,
        key=lambda tie: (middle.isdisjoint((tie.start, tie.end)), tie.is_computed),
    )
    rows = [row for tie in nearest for row in teller.rows(tie)]
    bundles = sorted(picture.bundles, key=lambda each: -len(each.keys))
    return Shown(
        draw(teller, places),
        tuple(rows[:MOST_ROWS]),
        [teller.closed[each.name] for each in bundles],
        max(0, len(rows) - MOST_ROWS),
        legend(picture),
        len(graph.nodes),
        sum(len(each.keys) + each.beyond for each in picture.bundles),
        picture.not_placed,
        sum(graph.left_out.values()),
    )


def draw(teller: Teller, places: drawing.Places, *, rows: int = 0) -> drawing.Drawn:
    """Draw what a teller says at given places, in rows where they stand in some."""
    picture = teller.picture
    things = [
        *map(teller.thing, picture.nodes),
        *map(teller.bundle_thing, picture.bundles),
    ]
    things.sort(key=lambda each: (not each.is_middle, each.shape is not Shape.BUNDLE))
    width, height = drawing.inner_size(len(things), rows=rows)
    fitted = layout.fit(places, width=width, height=height)
    joints = [teller.joint(tie) for tie in picture.ties]
    return drawing.draw(things, joints, fitted, rows=rows)


def legend(picture: Picture) -> tuple[Key, ...]:
    """Tell which shapes stand for which kinds of what is drawn."""
    kinds = dict.fromkeys(node.kind for node in picture.nodes)
    by_shape: dict[Shape, list[str]] = defaultdict(list)
    for kind in NodeKind:
        if kind in kinds:
            by_shape[SHAPES.get(kind, Shape.THING)].append(gettext(kind.label))
    return tuple(
        Key(shape.value, shape.name.lower(), write_list(words))
        for shape, words in by_shape.items()
    )
