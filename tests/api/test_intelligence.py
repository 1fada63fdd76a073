"""The linked picture over the wire."""

from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind
from tests.intelligence import desk

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
        {"first": str(one), "second": str(other), "judgement": "SAME", "reason": "id"},
    )
    refused = sent(client, f"/subjects/{other}/withdrawal", {"reason": " "})

    assert [each.status_code for each in (changed, removed, judged, refused)] == [
        200,
        200,
        200,
        409,
    ]
    read = client.get(f"/api/v1/intelligence/links/{link.reference}").json()
    assert read["removed_because"] == "wrong"


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
