"""`armstrace network`: ways between records, and the whole picture as a file."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from armstrace.accounts.actors import system_actor
from armstrace.analysis.networks import arrays, follow_the_money, graphml, paths
from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.audit import consultations
from armstrace.cli import options, telling, writing
from armstrace.intelligence import queries
from armstrace.intelligence.actions import passing
from armstrace.intelligence.queries.picture import Between, between
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.ledger import Access
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = options.group("Find ways between records; write the linked picture to a file.")
WRITERS: Mapping[str, Callable[[Graph], Iterator[str]]] = {
    ".graphml": graphml.write_lines,
    ".ftm.json": follow_the_money.write_lines,
}


@app.command("path")
def find_path(
    one: Annotated[str, typer.Argument(help="A record, such as R12.")],
    other: Annotated[str, typer.Argument(help="Another, such as A5.")],
    *,
    as_json: options.AsJson = False,
) -> None:
    """Find the shortest ways by which two records hang together."""
    by = system_actor(Purpose.INVESTIGATION)
    with consultations.gather() as gathered:
        found = between(one, other, viewer=by)
    if not gathered.is_empty:
        gathered.write(route="NETWORK-PATH", by=by, at=datetime.now(UTC))
    if found.absent:
        raise NotFound(SAID.say("CANNOT_BE_LINKED", records=list(found.absent)))
    if as_json:
        telling.show_json(_tell(found))
    elif found.paths.links == 0:
        telling.tell(message("Both are the same record; name two different ones."))
    else:
        _show(found)


def _tell(found: Between) -> dict[str, object]:
    nodes = {node.key: node for node in found.graph.nodes}
    laid = arrays.lay(found.graph)
    return {
        "links": found.paths.links,
        "is_all": found.paths.is_all,
        "is_cut": found.is_cut,
        "ways": [
            {
                "records": [_node(nodes[key]) for key in way],
                "steps": [
                    list(map(_edge, step))
                    for step in paths.links_along(found.graph, laid, way)
                ],
            }
            for way in found.paths.ways
        ],
    }


def _node(node: Node) -> dict[str, object]:
    return {"record": node.key, "kind": node.kind, "label": node.label}


def _edge(edge: Edge) -> dict[str, object]:
    return {
        "from": edge.start,
        "to": edge.end,
        "kind": edge.kind,
        "is_computed": edge.is_computed,
        "number": edge.number,
        "grade": edge.grade,
        "handling": edge.handling,
        "since": edge.day,
        "why": translate(edge.why),
    }


def _show(found: Between) -> None:
    if found.paths.links is None:
        telling.tell(message("Nothing on record links them."))
    laid = arrays.lay(found.graph)
    labels = {node.key: node.label for node in found.graph.nodes}
    for number, way in enumerate(found.paths.ways, start=1):
        links = len(way) - 1
        telling.tell(
            message("Way %(number)s; links: %(links)s", number=number, links=links)
        )
        typer.echo(f"  {way[0]} {labels[way[0]]}")
        steps = paths.links_along(found.graph, laid, way)
        for key, step in zip(way[1:], steps, strict=True):
            for edge in step:
                kind = translate(Message(edge.kind.label))
                basis = message("computed")
                if not edge.is_computed:
                    basis = message("asserted %(grade)s", grade=edge.grade)
                typer.echo(f"    {kind} ({translate(basis)}): {translate(edge.why)}")
            typer.echo(f"  {key} {labels[key]}")
    if not found.paths.is_all:
        telling.tell(message("There are more ways as short."))
    if found.is_cut:
        telling.tell(
            message("Not every link was followed: a shorter way may be missing.")
        )


@app.command("export")
def export(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="FILE.graphml or FILE.ftm.json.")
    ],
    reason: Annotated[
        str, typer.Option(help="Why information of code H2 or H3 leaves.")
    ] = "",
    *,
    as_json: options.AsJson = False,
) -> None:
    """Write the whole linked picture as GraphML or FollowTheMoney lines."""
    write = next(
        (each for end, each in WRITERS.items() if output.name.endswith(end)), None
    )
    if write is None:
        raise InvalidInput(
            SAID.say("NETWORK_FORMATS", path=str(output)), field="output"
        )
    writing.require_writable(output)
    by = system_actor(Purpose.INVESTIGATION)
    with consultations.gather() as gathered:
        consultations.note_kind(Access.EXPORT)
        graph = queries.whole_picture(by)
    at = datetime.now(UTC)
    passing.pass_on(parts=graph.parts, reason=reason, by=by, at=at)
    gathered.write(route="NETWORK-EXPORT", by=by, at=at)
    with writing.open_output(output) as stream:
        stream.writelines(write(graph))
    counts = {"records": len(graph.nodes), "links": len(graph.edges)}
    if as_json:
        telling.show_json({"file": str(output)} | counts)
        return
    telling.note(SAID.say("NETWORK_WRITTEN", file=str(output), **counts))
