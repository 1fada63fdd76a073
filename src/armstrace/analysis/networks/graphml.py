"""A graph as GraphML, line by line, for whatever program draws networks.

Source:
    GraphML 1.0 primer (graphml.graphdrawing.org).
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from armstrace.analysis.networks.graph import Edge, Graph, Node

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_FIELDS = ("label", "kind", "grade", "handling", "day")
EDGE_FIELDS = ("kind", "basis", "why", "number", "grade", "handling", "day")
COMPUTED, ASSERTED = "computed", "asserted"
_UNWRITTEN = {
    code: None for code in (*range(32), 0xFFFE, 0xFFFF) if code not in {9, 10, 13}
}
"""Characters that XML cannot hold."""


def write_lines(graph: Graph) -> Iterator[str]:
    """Give a graph as lines of GraphML, one element after the other.

    A link is marked ``computed`` or ``asserted``; an asserted one has its number. It
    and a subject have their grade and the handling code that binds who receives them.

    Args:
        graph: What the caller may see; nothing is left out of it.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<graphml xmlns="{NAMESPACE}">\n'
    for scope, names in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for name in names:
            yield (
                f'<key id="{scope}-{name}" for="{scope}" attr.name="{name}" '
                'attr.type="string"/>\n'
            )
    yield '<graph id="network" edgedefault="directed">\n'
    for node in graph.nodes:
        yield f"<node id={_quote(node.key)}>{_data('node', _of_node(node))}</node>\n"
    for number, edge in enumerate(graph.edges):
        ends = f"source={_quote(edge.start)} target={_quote(edge.end)}"
        yield f'<edge id="e{number}" {ends}>{_data("edge", _of_edge(edge))}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _of_node(node: Node) -> dict[str, str]:
    return {
        "label": node.label,
        "kind": node.kind.label,
        "grade": node.grade,
        "handling": node.handling,
        "day": node.day.isoformat() if node.day else "",
    }


def _of_edge(edge: Edge) -> dict[str, str]:
    return {
        "kind": edge.kind.label,
        "basis": COMPUTED if edge.is_computed else ASSERTED,
        "why": str(edge.why),
        "number": edge.number,
        "grade": edge.grade,
        "handling": edge.handling,
        "day": edge.day.isoformat() if edge.day else "",
    }


def _data(scope: str, fields: dict[str, str]) -> str:
    """Write the fields that hold something; what is not known is absent."""
    return "".join(
        f'<data key="{scope}-{name}">{escape(value.translate(_UNWRITTEN))}</data>'
        for name, value in fields.items()
        if value
    )


def _quote(text: str) -> str:
    return quoteattr(text.translate(_UNWRITTEN))
