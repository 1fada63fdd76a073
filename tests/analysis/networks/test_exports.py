"""What leaves as GraphML and as FollowTheMoney lines."""

import json
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.networks import follow_the_money, graphml
from armstrace.analysis.networks.graph import Graph, Node
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind
from tests.analysis.networks import ftm_rules, pictures
from tests.analysis.networks.pictures import edge

GRAPHML = {"g": graphml.NAMESPACE}


def entities(found):
    return [json.loads(line) for line in follow_the_money.write_lines(found)]


def read(found):
    return ElementTree.fromstring("".join(graphml.write_lines(found)))


def data_of(element):
    return {each.get("key"): each.text for each in element.findall("g:data", GRAPHML)}


@pytest.mark.parametrize("start", NodeKind)
def test_every_kind_of_link_between_every_two_kinds_of_node_is_taken(start):
    nodes = [
        Node(f"X{n}", each, "", None, "B2", "H2") for n, each in enumerate(NodeKind)
    ]
    links = [
        edge(
            "Y0",
            node.key,
            kind,
            asserted=f"L{node.key}{kind.lower().replace('_', '')}",
            handling="H1",
        )
        for node in nodes
        for kind in LinkKind
    ]
    found = Graph((Node("Y0", start, "It"), *nodes), tuple(links))

    assert ftm_rules.faults(entities(found)) == []


@given(pictures.graphs())
@settings(max_examples=20)
def test_nothing_is_left_out_and_nothing_is_said_twice(found):
    lines = entities(Graph(found.nodes, tuple(dict.fromkeys(found.edges))))

    assert len(lines) == len(found.nodes) + len(set(found.edges))
    assert ftm_rules.faults(lines) == []


def test_a_link_takes_its_grade_and_handling_code_along():
    found = pictures.graph(
        edge(
            "P1",
            "G1",
            LinkKind.MEMBER_OF,
            asserted="L7",
            handling="H2",
            day=date(2026, 3, 1),
        )
    )

    link = entities(found)[-1]
    element = read(found).find(".//g:edge", GRAPHML)

    assert link["schema"] == "Membership"
    assert link["id"] == "armstrace-l7"
    assert link["properties"]["startDate"] == ["2026-03-01"]
    assert HandlingCode.H2.label in link["properties"]["description"][0]
    assert "Grade B2" in link["properties"]["description"][0]
    assert data_of(element) == {
        "edge-kind": "member of",
        "edge-basis": "asserted",
        "edge-why": str(pictures.WHY),
        "edge-number": "L7",
        "edge-grade": "B2",
        "edge-handling": "H2",
        "edge-day": "2026-03-01",
    }


def test_a_subject_takes_its_grade_and_handling_code_along():
    found = Graph((Node("P1", NodeKind.PERSON, "Ama", None, "B2", "H2"),), ())

    (told,) = entities(found)[0]["properties"]["description"]
    assert told.startswith("Grade B2. Handling code H2: ")
    assert HandlingCode.H2.label in told
    assert data_of(read(found).find(".//g:node", GRAPHML)) == {
        "node-label": "Ama",
        "node-kind": "person",
        "node-grade": "B2",
        "node-handling": "H2",
    }


def test_a_computed_link_says_that_it_is():
    found = pictures.graph(edge("A1", "H1"))

    link = entities(found)[-1]

    assert link["properties"]["description"] == ["Computed from records."]
    assert link["properties"]["asset"] == ["armstrace-a1"]
    assert data_of(read(found).find(".//g:edge", GRAPHML))["edge-basis"] == "computed"


def test_a_computed_link_keeps_its_id_from_one_export_to_the_next():
    found = pictures.graph(edge("A1", "H1"))

    assert entities(found) == entities(found)


def test_what_a_recovery_is_traced_to_leaves_as_a_trace_request():
    found = pictures.graph(edge("R1", "A1", LinkKind.TRACED_TO))

    request = entities(found)[-1]

    assert request["schema"] == "TraceRequest"
    assert request["properties"]["seizure"] == ["armstrace-r1"]
    assert request["properties"]["firearm"] == ["armstrace-a1"]
    assert request["properties"]["outcome"] == [str(pictures.WHY)]


def test_a_name_that_may_not_be_seen_is_its_number():
    found = Graph((Node("P9", NodeKind.PERSON, ""),), ())

    assert entities(found)[0]["properties"]["name"] == ["P9"]
    assert "node-label" not in data_of(read(found).find(".//g:node", GRAPHML))


@given(st.text(max_size=30))
def test_any_name_stays_well_formed(name):
    found = Graph((Node("P1", NodeKind.PERSON, f"<{name}>&\x00"),), ())

    told = data_of(read(found).find(".//g:node", GRAPHML))["node-label"]

    assert told.startswith("<")
    assert entities(found)[0]["properties"]["name"] == [f"<{name}>&\x00"]


def test_the_schema_pack_loads_by_the_rules_of_the_model():
    pack, model = ftm_rules.pack(), ftm_rules.whole_model()

    assert {"Firearm", "Seizure", "TraceRequest"} <= set(pack)
    for name, spec in pack.items():
        known = ftm_rules.properties_of(model, name)
        listed = (*spec["featured"], *spec["required"], *spec["caption"])
        assert set(listed) <= set(known), name
        assert not [each for each in spec["caption"] if isinstance(known[each], tuple)]
        reverses = [
            about["reverse"]["name"]
            for about in spec["properties"].values()
            if about.get("type") == "entity"
        ]
        assert len(reverses) == len(set(reverses))
        edge_of = spec.get("edge", {})
        assert set(edge_of.get("caption", ())) <= set(known)
        for about in spec["properties"].values():
            assert about.get("range", "Thing") in model
    assert ftm_rules.is_a(model, "TraceRequest", "Interval")
    assert ftm_rules.is_a(model, "Firearm", "Asset")
