"""Ammunition and parts on pages of their own; lists that are chosen and sorted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.analysis.marks.description import Description
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.arms import ItemKind, PartType
from tests.web import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(known):
    stated = world.a_recovery(
        "N-4",
        item_kind=ItemKind.PART,
        part_type=PartType.BARREL,
        description=Description("barrel", "Glock", "", "", "BRL 77"),
        quantity=1,
    )
    (made,) = recording.record_recoveries(
        source="TEST", stated=[stated], by=actors.system_actor(), at=world.NOON
    )
    return made.record_id


def test_ammunition_has_a_page_of_its_own(at_desk, known):
    ammunition = known.recovered[3]
    client = at_desk("otto")
    address = reverse("recovery", args=[ammunition])
    assert address in client.get(reverse("ammunition")).content.decode()

    page = client.get(address).content.decode()

    assert "CBC" in page
    assert "9x19 mm" in page
    assert "2022/1199" in page
    assert "never counted as arms" in page


def test_a_part_has_a_page_of_its_own(at_desk, part):
    client = at_desk("ana")
    address = reverse("recovery", args=[part])
    assert address in client.get(reverse("parts"), {"q": "brl 77"}).content.decode()

    page = client.get(address).content.decode()

    assert "barrel" in page
    assert "BRL 77" in page


def test_the_number_of_ammunition_or_a_part_leads_to_its_page(at_desk, known, part):
    client = at_desk("ana")
    for number in (known.recovered[3], part):
        answer = client.get(reverse("look-up"), {"q": f"R{number}"}, follow=True)

        assert answer.status_code == 200
        assert answer.templates[0].name == "recoveries/item.html"


def test_another_agencys_ammunition_is_not_found(at_desk, known):
    address = reverse("recovery", args=[known.recovered[3]])

    assert at_desk("sara").get(address).status_code == 404


def test_regions_and_agencies_are_chosen_from_what_is_on_record(at_desk, known):
    page = at_desk("ana").get(reverse("recoveries")).content.decode()

    assert '<option value="Baixa">Baixa</option>' in page
    assert '<option value="PC-SUL">PC-SUL</option>' in page
    assert '<option value="GLOCK"></option>' in page


def test_an_officer_is_offered_only_the_own_agency(at_desk, known):
    page = at_desk("otto").get(reverse("recoveries")).content.decode()

    assert "PC-NORTE" in page
    assert "PC-SUL" not in page


def test_a_region_that_is_not_on_record_stays_asked_for(at_desk, known):
    page = at_desk("ana").get(reverse("recoveries"), {"region": "Nowhere"})

    assert '<option value="Nowhere" selected>' in page.content.decode()
    assert "Nothing matches" in page.content.decode()


def test_choices_follow_what_is_recorded(at_desk, known):
    client = at_desk("ana")
    client.get(reverse("recoveries"))
    stated = world.a_recovery("N-9", agency="PC-LESTE")
    recording.record_recoveries(
        source="TEST", stated=[stated], by=actors.system_actor(), at=world.NOON
    )

    assert "PC-LESTE" in client.get(reverse("recoveries")).content.decode()


def test_the_registry_offers_each_make_once(at_desk, known):
    page = at_desk("ana").get(reverse("registry")).content.decode()

    assert page.count('<option value="GLOCK"></option>') == 1
    assert page.count('<option value="TAURUS"></option>') == 1


def test_the_registry_says_where_arms_were_made(at_desk, known):
    page = at_desk("ana").get(reverse("registry"), {"q": "BK48010"})

    assert '<td data-label="Made in">AT</td>' in page.content.decode()


@pytest.mark.parametrize(
    ("sort", "first"), [("-recovered", 2), ("recovered", 1), ("number", 0)]
)
def test_recoveries_are_sorted_as_asked(at_desk, known, sort, first):
    page = at_desk("ana").get(reverse("recoveries"), {"sort": sort})

    row, _standing = page.context["rows"][0]
    assert row.recovery.recovery_id == known.recovered[first]


@pytest.mark.parametrize("sort", ["-recovered", "recovered", "-number", "number"])
def test_no_order_of_recoveries_sorts_the_whole_table(at_desk, known, sort):
    if connection.vendor != "sqlite":
        pytest.skip("the plan is read from SQLite")
    with CaptureQueriesContext(connection) as asked:
        at_desk("ana").get(reverse("recoveries"), {"sort": sort})
    (rows,) = (q["sql"] for q in asked if q["sql"].endswith("LIMIT 50"))

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {rows}")
        plan = str(cursor.fetchall())

    assert "USE TEMP B-TREE" not in plan


@pytest.mark.parametrize("narrowed", [{"state": "STOLEN"}, {"basis": "REGISTERED"}])
def test_no_state_of_the_registry_is_sorted_as_a_whole(at_desk, known, narrowed):
    if connection.vendor != "sqlite":
        pytest.skip("the plan is read from SQLite")
    with CaptureQueriesContext(connection) as asked:
        at_desk("ana").get(reverse("registry"), narrowed)
    sent = [q["sql"] for q in asked if "state" in q["sql"] and "LIMIT 50" in q["sql"]]

    for rows in sent or pytest.fail("the list was not asked for"):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {rows}")
            assert "USE TEMP B-TREE" not in str(cursor.fetchall())


def test_the_registry_is_sorted_by_number_both_ways(at_desk, known):
    client = at_desk("ana")
    for sort, first in (("number", 0), ("-number", -1), ("nonsense", -1)):
        page = client.get(reverse("registry"), {"sort": sort})
        assert page.context["rows"][0].arm_id == known.arms[first]


def test_every_row_of_a_file_comes_back_with_its_outcome(
    at_desk, known, settings, tmp_path
):
    settings.HOME = tmp_path
    rows = (
        "source_number,item_kind,recovery_kind,recovered_on,agency,arm_type\n"
        "Q-1,ARM,SEIZED,2024-05-01,PC-NORTE,pistol\n"
        "Q-2,ARM,SEIZED,not a day,PC-NORTE,pistol\n"
    )
    client = at_desk("ana")
    file = SimpleUploadedFile("new.csv", rows.encode(), "text/csv")
    seen = client.post(
        reverse("intake"), {"file": file, "kind": "recoveries"}, follow=True
    )
    address = seen.redirect_chain[-1][0].split("?")[0]
    loaded = client.post(
        f"{address}load/", {"profile": seen.context["profile"].name}, follow=True
    )
    report = loaded.redirect_chain[-1][0] + "rows.csv"
    assert report in loaded.content.decode()

    told = b"".join(client.get(report).streaming_content).decode()

    assert "Q-1" in told
    assert "Q-2" in told
    assert "held" in told
