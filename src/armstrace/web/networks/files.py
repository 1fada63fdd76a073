"""What is shown, as files: rows for a spreadsheet, a network for other programs."""

import io
import zipfile
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext

from armstrace.analysis.networks import follow_the_money, graphml
from armstrace.analysis.networks.graph import Graph
from armstrace.translation import translate
from armstrace.web.lists import exports

NAME = "network"


def as_csv(graph: Graph) -> HttpResponseBase:
    labels = {node.key: node.label for node in graph.nodes}
    head = (
        *(gettext("From"), gettext("Name"), gettext("Link"), gettext("To")),
        *(gettext("Name"), gettext("Basis"), gettext("Number"), gettext("Grade")),
        *(gettext("Handling code"), gettext("Since"), gettext("Why")),
    )
    rows = (
        (
            *(edge.start, labels.get(edge.start, ""), gettext(edge.kind.label)),
            *(edge.end, labels.get(edge.end, "")),
            gettext("computed") if edge.is_computed else gettext("asserted"),
            *(edge.number, edge.grade, edge.handling, edge.day, translate(edge.why)),
        )
        for edge in graph.edges
    )
    return exports.as_csv(NAME, head, rows)


WRITERS: dict[str, Callable[[Graph], HttpResponseBase]] = {
    "csv": as_csv,
    "graphml": lambda graph: exports.as_lines(
        f"{NAME}.graphml", graphml.write_lines(graph), "application/graphml+xml"
    ),
    "ftm.json": lambda graph: exports.as_lines(
        f"{NAME}.ftm.json", follow_the_money.write_lines(graph), "application/x-ndjson"
    ),
}


def schema_pack() -> HttpResponse:
    """Send the schemata of FollowTheMoney that arms and seizures need."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in follow_the_money.schema_pack().items():
            pack.writestr(name, content)
    name = "armstrace-schema.zip"
    return exports.attach(made.getvalue(), name, "application/zip")
