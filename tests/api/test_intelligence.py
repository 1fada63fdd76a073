"""The linked picture over the wire."""

import pytest

from armstrace.intelligence.models import Link
from armstrace.investigations.actions import opening
from armstrace.investigations.inputs import NewCase
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.investigations import Aim
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind
from tests import builders, cast
from tests.intelligence import desk
from tests.intelligence.test_picture import judge_same

PROVENANCE = {"source": "statement 7", "review_on": "2099-01-31"}


def sent(client, path, body):
    return client.post(f"/api/v1/intelligence{path}", body, "application/json")


def test_a_programme_records_links_and_reads_what_it_linked(caller):
    client = caller(Role.INVESTIGATOR, "VNP")
    person = {"kind": "PERSON", "name": "Ama Sample", "provenance": PROVENANCE}
    group = {"kind": "GROUP", "name": "The Ring", "provenance": PROVENANCE}

    one = sent(client, "/subjects", person).json()["id"]
    other = sent(client, "/subjects", group).json()["id"]
    link = {"start": one, "end": other, "kind": "LEADS", "provenance": PROVENANCE}
    made = sent(client, "/links", link).json()["id"]

    graph = client.get(f"/api/v1/intelligence/of/{one}").json()
    assert {node["key"] for node in graph["nodes"]} == {one, other}
    (edge,) = graph["edges"]
    assert (edge["number"], edge["is_computed"]) == (made, False)
    linked = client.get(f"/api/v1/intelligence/links/{made}").json()
    assert (linked["link_id"], linked["start"], linked["end"]) == (made, one, other)
    read = client.get(f"/api/v1/intelligence/subjects/{other}").json()
    assert (read["name"], read["kind"]) == ("The Ring", "GROUP")
    rows = client.get("/api/v1/intelligence/subjects").json()["rows"]
    assert [row["subject_id"] for row in rows] == [one, other]


def test_a_correction_a_removal_and_a_judgement_need_their_reason(caller):
    client = caller(Role.INVESTIGATOR, "VNP")
    one, other = desk.subject("Ama Sample"), desk.subject("Ama Sampel")
    link = desk.link(one, other)

    person = {"kind": "PERSON", "name": "Ama Q. Sample", "provenance": PROVENANCE}
    changed = sent(
        client, f"/subjects/{one}/corrections", person | {"reason": "read again"}
    )
    removed = sent(client, f"/links/{link.reference}/removal", {"reason": "wrong"})
    judged = sent(
        client,
        "/sameness",
        {
            "first": str(one),
            "second": str(other),
            "judgement": "SAME",
            "reason": "wrong",
        },
    )
    refused = sent(client, f"/subjects/{other}/withdrawal", {"reason": " "})

    assert [each.status_code for each in (changed, removed, judged, refused)] == [
        200,
        200,
        200,
        422,
    ]
    read = client.get(f"/api/v1/intelligence/links/{link.reference}").json()
    assert read["removed_because"] == "wrong"
    assert judged.json() == {"id": str(one), "contradictions": []}


def test_a_correction_changes_only_what_is_sent(caller):
    client = caller(Role.INVESTIGATOR, "VNP")
    told = {
        "kind": "PERSON",
        "name": "Ama Sample",
        "place": "North harbour",
        "other_names": "Ama S.",
        "notes": "Seen twice.",
        "provenance": PROVENANCE | {"source_grade": "B"},
    }
    one = sent(client, "/subjects", told).json()["id"]

    again = {"kind": "PERSON", "name": "Ama Q. Sample", "provenance": PROVENANCE}
    body = again | {"notes": "", "reason": "read again"}
    assert sent(client, f"/subjects/{one}/corrections", body).status_code == 200

    read = client.get(f"/api/v1/intelligence/subjects/{one}").json()
    names = ("name", "place", "other_names", "notes", "source_grade")
    assert [read[name] for name in names] == [
        "Ama Q. Sample",
        "North harbour",
        "Ama S.",
        "",
        "B",
    ]


def test_a_link_to_an_unknown_record_is_refused_in_one_sentence(caller):
    client, made = caller(Role.INVESTIGATOR, "VNP"), desk.subject()
    link = {"start": str(made), "end": "P99", "kind": "LEADS", "provenance": PROVENANCE}

    told = sent(client, "/links", link)

    assert told.status_code == 422
    assert "There is no record P99 here" in told.content.decode()


def test_the_questions_are_answered_and_the_handling_code_is_kept(caller):
    secret = {"handling": HandlingCode.H3, "restriction": "own unit"}
    group = desk.subject("The Ring", NodeKind.GROUP)
    hidden = desk.subject("Hidden Person", **secret)
    desk.link(hidden, group, LinkKind.MEMBER_OF, **secret)
    client = caller(Role.ANALYST, "HUB")

    for path in ("", "/origins", "/passed"):
        told = client.get(f"/api/v1/intelligence/of/{group}{path}")
        assert told.status_code == 200
        assert "Hidden Person" not in told.content.decode()
    assert client.get(f"/api/v1/intelligence/subjects/{hidden}").status_code == 404


def test_who_may_not_see_a_link_does_not_learn_of_it_by_removing_it(caller):
    case = opening.open_case(
        given=NewCase(title="Quiet", aims=(Aim.DISRUPT,), why="tip", is_sealed=True),
        by=desk.INVESTIGATOR,
        at=cast.NOW,
    )
    hidden = desk.link(desk.subject(), case.reference, LinkKind.OTHER)
    client = caller(Role.ANALYST, "HUB")

    for reason, status in (("wrong", 404), (" ", 422)):
        told = sent(client, f"/links/{hidden.reference}/removal", {"reason": reason})
        none = sent(client, "/links/L999/removal", {"reason": reason})
        assert (told.status_code, none.status_code) == (status, status)
    assert Link.objects.get(pk=hidden.pk).removed_at is None


@pytest.mark.parametrize(
    "role",
    [
        Role.REGISTRAR,
        Role.STATISTICIAN,
        Role.AUDITOR,
        Role.CUSTODIAN,
        Role.EXAMINER,
    ],
)
def test_the_picture_is_read_on_the_grant_that_the_page_asks_for(caller, role):
    builders.holders()
    (recovery,) = builders.recovered()
    client = caller(role, "VNP")

    for path in ("", "/origins", "/passed"):
        told = client.get(f"/api/v1/intelligence/of/R{recovery}{path}")
        assert told.status_code == 403, path


def test_a_record_that_is_not_there_has_no_picture(caller):
    client = caller(Role.INVESTIGATOR, "VNP")

    for path in ("", "/origins", "/passed"):
        for key in ("R999", "P999", "Z1"):
            told = client.get(f"/api/v1/intelligence/of/{key}{path}")
            assert told.status_code == 404, (key, path)


def test_an_officer_does_not_learn_who_holds_an_arm(caller):
    arm = builders.stolen_pistol()
    person = desk.holder("P1")
    officer = caller(Role.OFFICER, "VNP")

    assert officer.get(f"/api/v1/intelligence/of/{person}").status_code == 404
    around = officer.get(f"/api/v1/intelligence/of/A{arm}").json()
    assert person not in {node["key"] for node in around["nodes"]}


def test_where_the_arms_of_a_group_came_from_is_told_chain_by_chain(caller):
    arm = builders.stolen_pistol()
    (recovery,) = builders.recovered()
    judge_same(recovery, arm)
    group = desk.subject("The Ring", NodeKind.GROUP)
    desk.link(group, f"R{recovery}", LinkKind.HAD)
    client = caller(Role.ANALYST, "HUB")

    told = client.get(f"/api/v1/intelligence/of/{group}/origins")

    assert told.status_code == 200, told.content
    (row,) = told.json()["rows"]
    assert (row["recovery"]["key"], row["arm"]["key"]) == (f"R{recovery}", f"A{arm}")
    for seller, many in told.json()["by_seller"]:
        assert (seller["kind"], many) == ("HOLDER", 1)
    passed = client.get(f"/api/v1/intelligence/of/{desk.holder('D1')}/passed")
    assert passed.json()["recovered"] == 1
