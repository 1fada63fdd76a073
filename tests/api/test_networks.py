"""Ways between two records over the wire."""

from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind
from tests.intelligence import desk


def ring():
    one, two = desk.subject("Ama Sample"), desk.subject("Bo Sample")
    group = desk.subject("The Ring", NodeKind.GROUP)
    desk.link(one, group, LinkKind.MEMBER_OF)
    desk.link(two, group, LinkKind.LEADS, handling=HandlingCode.H1)
    return str(one), str(group), str(two)


def test_a_programme_reads_a_way_and_its_links(caller):
    one, group, two = ring()

    read = caller(Role.ANALYST, "HUB").get(f"/api/v1/networks/ways/{one}/{two}")

    assert read.json()["paths"] == {"ways": [[one, group, two]], "is_all": True}
    assert {edge["handling"] for edge in read.json()["graph"]["edges"]} == {"H0", "H1"}


def test_what_a_programme_may_not_see_carries_no_way(caller):
    one, _, two = ring()

    read = caller(Role.PROSECUTOR, "VPO").get(f"/api/v1/networks/ways/{one}/{two}")

    assert read.json()["paths"]["ways"] == []


def test_who_may_see_no_linked_picture_is_refused(caller):
    one, _, two = ring()

    read = caller(Role.REGISTRAR, "REG").get(f"/api/v1/networks/ways/{one}/{two}")

    assert read.status_code == 403
