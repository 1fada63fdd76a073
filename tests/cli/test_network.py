"""Ways between records and the whole picture, from the command line."""

import json
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from armstrace.analysis.networks import graphml
from armstrace.audit.models import LedgerEntry
from armstrace.cli import network
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind
from tests.analysis.networks import ftm_rules
from tests.intelligence import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring():
    one, two = desk.subject("Ama Sample"), desk.subject("Bo Sample")
    group = desk.subject("The Ring", NodeKind.GROUP)
    desk.link(one, group, LinkKind.MEMBER_OF)
    desk.link(two, group, LinkKind.LEADS, handling=HandlingCode.H1)
    return [str(each) for each in (one, group, two)]


def told(*words):
    return CliRunner().invoke(network.app, list(words), catch_exceptions=False).stdout


def test_a_way_is_told_with_what_each_step_rests_on(ring):
    document = json.loads(told("path", ring[0].lower(), ring[2], "--json"))

    (way,) = document["ways"]
    assert document["links"] == 2
    assert [each["record"] for each in way["records"]] == ring
    assert [step[0]["handling"] for step in way["steps"]] == ["H0", "H1"]
    assert not way["steps"][0][0]["is_computed"]
    assert LedgerEntry.objects.filter(act="list.shown").exists()


def test_a_way_reads_as_sentences(ring):
    words = told("path", ring[0], ring[2])

    assert "Way 1; links: 2" in words
    assert "member of (asserted B2)" in words


def test_one_record_twice_is_no_way(ring):
    assert (
        told("path", ring[0], ring[0])
        == "Both are the same record; name two different ones.\n"
    )
    assert json.loads(told("path", ring[0], ring[0], "--json"))["links"] == 0


def test_no_way_and_no_record_are_two_things(ring):
    stranger = desk.subject("Cy Sample")

    assert "Nothing on record links them" in told("path", ring[0], str(stranger))
    with pytest.raises(NotFound, match="R404404"):
        told("path", ring[0], "R404404")


def test_the_whole_picture_leaves_as_either_kind_of_file(ring, tmp_path):
    xml, lines = tmp_path / "all.graphml", tmp_path / "all.ftm.json"

    told("export", "-o", str(xml))
    summary = json.loads(told("export", "-o", str(lines), "--json"))

    space = {"g": graphml.NAMESPACE}
    nodes = ElementTree.parse(xml).iterfind(".//g:node", space)
    assert {*ring} <= {each.get("id") for each in nodes}
    assert summary == {"file": str(lines), "records": 3, "links": 2}
    entities = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert ftm_rules.faults(entities) == []
    assert "Directorship" in {each["schema"] for each in entities}
    assert LedgerEntry.objects.filter(act="list.exported").count() == 2


def test_another_ending_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(InvalidInput, match=r"\.graphml"):
        told("export", "-o", str(tmp_path / "all.png"))

    assert not LedgerEntry.objects.filter(act="list.exported").exists()
