"""A graph as FollowTheMoney entities, one JSON line each, as OpenAleph loads them.

Arms, seizures and parcels have schemata of their own, which are published beside this
module (``schema_pack``); everything else is said in the standard ones. A node is a
thing, a link an interval between two things.

Source:
    FollowTheMoney 4, entity model and default schemata (followthemoney.tech).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind

PREFIX = "armstrace"
SCHEMATA: Mapping[NodeKind, str] = {
    NodeKind.ARM: "Firearm",
    NodeKind.RECOVERY: "Seizure",
    NodeKind.HOLDER: "LegalEntity",
    NodeKind.LOSS: "Event",
    NodeKind.SCENE: "Event",
    NodeKind.PERSON: "Person",
    NodeKind.GROUP: "Organization",
    NodeKind.ORGANISATION: "Organization",
    NodeKind.ADDRESS: "Address",
    NodeKind.PHONE: "UserAccount",
    NodeKind.VEHICLE: "Vehicle",
    NodeKind.PARCEL: "Parcel",
    NodeKind.ACCOUNT: "UserAccount",
    NodeKind.ROUTE: "Event",
    NodeKind.CASE: "Project",
}
DATED = {"Seizure": "date", "Event": "date"}
PARTIES = frozenset({"LegalEntity", "Person", "Organization"})
PEOPLE = frozenset({"Person"})
GROUPS = frozenset({"Organization"})
ASSETS = frozenset({"Firearm", "Parcel", "Vehicle"})
ANY = frozenset(SCHEMATA.values())


@dataclass(frozen=True, slots=True)
class _Interval:
    """How a link is said: the schema, its two ends, and what may stand there."""

    schema: str
    source: str
    sources: frozenset[str]
    target: str
    targets: frozenset[str]
    role: str = "role"
    # Whether the link's end is the schema's source.
    is_turned: bool = False


LINK = _Interval("UnknownLink", "subject", ANY, "object", ANY)
MEMBERSHIP = _Interval("Membership", "member", PARTIES, "organization", GROUPS)
DIRECTORSHIP = _Interval("Directorship", "director", PARTIES, "organization", GROUPS)
OWNERSHIP = _Interval("Ownership", "owner", PARTIES, "asset", ASSETS, is_turned=True)
FAMILY = _Interval("Family", "person", PEOPLE, "relative", PEOPLE, role="relationship")
ASSOCIATE = _Interval(
    "Associate", "person", PEOPLE, "associate", PEOPLE, role="relationship"
)
TRACE = _Interval(
    "TraceRequest",
    *("seizure", frozenset({"Seizure"}), "firearm", frozenset({"Firearm"})),
    role="status",
)
INTERVALS: Mapping[LinkKind, _Interval] = {
    LinkKind.HELD_BY: OWNERSHIP,
    LinkKind.TRACED_TO: TRACE,
    LinkKind.MEMBER_OF: MEMBERSHIP,
    LinkKind.LEADS: DIRECTORSHIP,
    LinkKind.RELATIVE_OF: FAMILY,
    LinkKind.ASSOCIATE_OF: ASSOCIATE,
}


def write_lines(graph: Graph) -> Iterator[str]:
    """Give a graph as JSON lines, the things first and then the links.

    The description of a link says whether it was computed or asserted. That of an
    asserted one and of a subject says the grade and the handling code, so that they go
    wherever it goes. All is in English, as the words of the standard are: machines of
    other offices read it.

    Args:
        graph: What the caller may see; nothing is left out of it.
    """
    schemata = {}
    for node in graph.nodes:
        schemata[node.key] = SCHEMATA[node.kind]
        yield _line(_thing(node))
    for edge in graph.edges:
        if edge.start in schemata and edge.end in schemata:
            yield _line(_interval(edge, schemata))


def _line(entity: Mapping[str, object]) -> str:
    return json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n"


def _thing(node: Node) -> dict[str, object]:
    schema = SCHEMATA[node.kind]
    name = node.label or node.key
    told = {"name": [name], "keywords": [node.key, node.kind.label]}
    if schema == "UserAccount":
        told |= {"username": [name], "service": [node.kind.label]}
    if schema == "Address":
        told["full"] = [name]
    if schema == "Seizure":
        told["seizureNumber"] = [node.key]
    if schema == "Firearm":
        told["registerNumber"] = [node.key]
    if handled := _handling_of(node):
        told["description"] = [handled]
    if node.day is not None and schema in DATED:
        told[DATED[schema]] = [node.day.isoformat()]
    return {"id": _id(node.key), "schema": schema, "properties": told}


def _interval(edge: Edge, schemata: Mapping[str, str]) -> dict[str, object]:
    way = _way(edge, schemata)
    ends = (edge.end, edge.start) if way.is_turned else (edge.start, edge.end)
    told = {
        way.source: [_id(ends[0])],
        way.target: [_id(ends[1])],
        way.role: [edge.kind.label],
        "outcome" if way is TRACE else "summary": [str(edge.why)],
        "description": [_basis(edge)],
        "recordId": [edge.number] if edge.number else [],
        "startDate": [edge.day.isoformat()] if edge.day else [],
    }
    return {
        "id": _link_id(edge),
        "schema": way.schema,
        "properties": {name: values for name, values in told.items() if values},
    }


def _way(edge: Edge, schemata: Mapping[str, str]) -> _Interval:
    """Choose the schema of a link: the standard one where both ends may stand in it."""
    way = INTERVALS.get(edge.kind, LINK)
    start, end = schemata[edge.start], schemata[edge.end]
    if way.is_turned:
        start, end = end, start
    return way if start in way.sources and end in way.targets else LINK


def _basis(edge: Edge) -> str:
    if edge.is_computed:
        return "Computed from records."
    return f"Asserted by a person. {_handling_of(edge)}".strip()


def _handling_of(one: Node | Edge) -> str:
    told = f"Grade {one.grade}. " if one.grade else ""
    if one.handling:
        told += f"Handling code {one.handling}: {HandlingCode.words(one.handling)}."
    return told.strip()


def _id(key: str) -> str:
    return f"{PREFIX}-{key.lower()}"


def _link_id(edge: Edge) -> str:
    if edge.number:
        return _id(edge.number)
    parts = "\n".join((edge.start, edge.kind.value, edge.end, str(edge.why)))
    digest = hashlib.sha256(parts.encode()).hexdigest()
    return f"{PREFIX}-computed-{digest[:32]}"


def schema_pack() -> dict[str, bytes]:
    """Give the schemata that the standard ones lack, by file name."""
    folder = resources.files(__package__).joinpath("data")
    return {
        each.name: each.read_bytes()
        for each in sorted(folder.iterdir(), key=lambda one: one.name)
        if each.name.endswith(".yaml")
    }
