"""The custodian's pages: each act, what is refused, and what others see."""

import re

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.audit.models import LedgerEntry
from armstrace.custody.models import Count, CustodyEvent, Exhibit, Store
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.custody import CustodyAct
from armstrace.web.custody import acts, counts
from armstrace.web.drawing import qr
from tests.custody.desk import decided
from tests.web import world
from tests.web.test_work import PNG

SEEN = {"seal_number": "S-77", "seal_state": "UNBROKEN"}
RECEIVED = SEEN | {"received_from": "Otto, patrol 4", "store": "1"}


@pytest.fixture
def cleo(known, at_desk):
    desk = at_desk("cleo")
    desk.post(reverse("stores"), {"name": "Depot"})
    return desk


@pytest.fixture
def exhibit(known, cleo):
    recovery = known.recovered[0]
    cleo.post(reverse("exhibit-receive", args=[recovery]), RECEIVED)
    return Exhibit.objects.get(recovery_id=recovery)


def act(desk, exhibit, slug, **said):
    address = reverse("exhibit-act", args=[exhibit.pk, slug])
    return desk.post(address, said)


def now(exhibit):
    return CustodyEvent.objects.current().get(exhibit=exhibit)


def text(response):
    return response.content.decode()


def test_from_a_bag_on_the_counter_to_its_page(known, cleo):
    found = text(cleo.get(reverse("exhibit-find") + "?q=S-77"))
    address = reverse("exhibit-receive", args=[known.recovered[0]])
    assert address in found

    sent = cleo.post(address, RECEIVED | {"place": "a/b"}, follow=True)

    assert "Chain of custody" in text(sent)
    assert "Depot" in text(sent)
    assert "received into the store" in text(sent)


def test_a_seal_that_differs_keeps_what_was_typed_and_asks_why(known, cleo):
    address = reverse("exhibit-receive", args=[known.recovered[0]])

    sent = cleo.post(address, RECEIVED | {"seal_number": "S-1", "condition": "rusty"})

    assert sent.status_code == 409
    assert "S-77" in text(sent)
    assert 'value="rusty"' in text(sent)
    assert LedgerEntry.objects.filter(act="page.refused").exists()
    assert not Exhibit.objects.exists()


def test_the_laboratory_signs_for_what_it_accepts(exhibit, cleo, at_desk):
    elena = at_desk("elena")
    assert elena.get(reverse("exhibit", args=[exhibit.pk])).status_code == 404
    act(cleo, exhibit, "offered", to_agency="LAB", errand="EXAMINATION")
    assert "exhibits offered to you" in text(elena.get(reverse("today")))

    assert act(elena, exhibit, "accepted", **SEEN).status_code == 302

    assert now(exhibit).holder == "elena"
    assert "handed over for good" in text(cleo.get(reverse("custody") + "?shown=OUT"))


def test_what_was_received_without_a_place_can_be_moved_from_its_page(exhibit, cleo):
    shown = text(cleo.get(reverse("exhibit", args=[exhibit.pk])))

    assert not now(exhibit).place
    assert reverse("exhibit-act", args=[exhibit.pk, "moved"]) in shown


def test_the_document_of_a_hand_over_on_paper_stays_in_the_chain(exhibit, cleo):
    paper = {"name": "Clerk", "office": "High court", "document": "HC 12/26"}
    said = paper | {"errand": "COURT", "reason": "hearing"}
    act(cleo, exhibit, "handed-over", **said)
    act(cleo, exhibit, "taken-back", store="1", document="HC 13/26", **SEEN)

    shown = text(cleo.get(reverse("exhibit", args=[exhibit.pk])))

    assert now(exhibit).act == CustodyAct.TAKEN_BACK
    assert shown.count("HC 12/26") == 1
    # Under “Where it is” too, as on record now.
    assert shown.count("HC 13/26") == 2


def test_a_page_that_was_overtaken_saves_nothing_and_says_so(exhibit, cleo):
    seen, own = now(exhibit).pk, Store.objects.get().pk
    act(cleo, exhibit, "moved", store=own, place="first", seen=seen)

    sent = act(cleo, exhibit, "moved", store=own, place="second", seen=seen)

    assert sent.status_code == 409
    assert "Somebody has changed" in text(sent)
    assert 'value="second"' in text(sent)
    assert now(exhibit).place == "first"


def test_whose_agency_loses_sight_of_it_is_told_who_was_first(exhibit, cleo, at_desk):
    elena, said = at_desk("elena"), {"reason": "a mistake"}
    act(cleo, exhibit, "offered", to_agency="LAB", errand="EXAMINATION")
    seen = now(exhibit).pk
    act(cleo, exhibit, "withdrawn", **said)

    too_late = act(elena, exhibit, "accepted", **SEEN, seen=seen)
    guessed = act(elena, exhibit, "accepted", **SEEN, seen=now(exhibit).pk)

    assert too_late.status_code == 409
    assert "Somebody has changed" in text(too_late)
    assert guessed.status_code == 404


def test_the_laboratory_reads_the_hand_over_that_it_signed(exhibit, cleo, at_desk):
    elena = at_desk("elena")
    act(cleo, exhibit, "offered", to_agency="LAB", errand="EXAMINATION")
    act(elena, exhibit, "accepted", **SEEN)
    act(elena, exhibit, "offered", to_agency="PC-NORTE", errand="RETURN")
    seen = now(exhibit).pk
    act(cleo, exhibit, "accepted", **SEEN, store="1", place="first")
    act(cleo, exhibit, "moved", store="1", place="second")

    read = text(elena.get(reverse("exhibit", args=[exhibit.pk])))
    too_late = act(elena, exhibit, "withdrawn", reason="a mistake", seen=seen)

    assert "what your agency signed" in read
    assert read.count("elena") > read.count("Depot") == 1
    assert "second" not in read
    assert too_late.status_code == 409
    assert "Somebody has changed" in text(too_late)


def test_the_chain_says_to_whom_it_was_offered_and_what_for(exhibit, cleo):
    act(cleo, exhibit, "offered", to_agency="LAB", errand="EXAMINATION")
    act(cleo, exhibit, "withdrawn", reason="a mistake")

    chain = text(cleo.get(reverse("exhibit", args=[exhibit.pk]))).split("life-head")[-1]

    assert re.search(r"offered to LAB\s+\(examination\)", chain)


def test_a_photograph_of_the_bag_is_kept_and_shown(exhibit, cleo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    said = {"seal_number": "S-8", "witness": "Wanda", "reason": "torn"}
    act(cleo, exhibit, "resealed", photograph=SimpleUploadedFile("a.png", PNG), **said)

    event = now(exhibit)
    shown = cleo.get(reverse("exhibit-photograph", args=[exhibit.pk, event.pk]))
    assert shown.status_code == 200
    assert shown.headers["Content-Type"] == "image/png"


def test_a_file_that_is_no_picture_is_refused_on_the_form(known, cleo, tmp_path):
    wrong = SimpleUploadedFile("a.png", b"no picture")
    address = reverse("exhibit-receive", args=[known.recovered[0]])
    sent = cleo.post(address, RECEIVED | {"photograph": wrong})

    assert sent.status_code == 422
    assert "JPEG, PNG or WebP" in text(sent)
    assert not Exhibit.objects.exists()


@pytest.mark.parametrize("slug", [*acts.ADDRESSES])
def test_the_page_of_each_act_opens(exhibit, cleo, at_desk, slug):
    needs = {"approved": "sam", "declined": "sam"}
    desk = at_desk(needs[slug]) if slug in needs else cleo
    address = reverse("exhibit-act", args=[exhibit.pk, slug])

    assert desk.get(address).status_code == 200
    assert desk.get(address.replace(slug, "nothing")).status_code == 404


def test_who_proposes_is_not_offered_to_approve(exhibit, cleo, at_desk):
    act(cleo, exhibit, "proposed", way_out="RETURN", reason="case closed")

    mine = text(cleo.get(reverse("exhibit", args=[exhibit.pk])))
    theirs = text(at_desk("sam").get(reverse("exhibit", args=[exhibit.pk])))

    assert "Approve the disposal" not in mine
    assert "Approve the disposal" in theirs
    assert "disposals to decide" in text(at_desk("sam").get(reverse("today")))
    decided(exhibit)
    said = {"reason": "traced"}
    assert act(at_desk("sam"), exhibit, "approved", **said).status_code == 302
    assert "to be returned" in text(cleo.get(reverse("disposals")))


def test_a_store_is_counted_from_scan_to_file(exhibit, cleo):
    act(cleo, exhibit, "moved", store="1", place="a")
    cleo.post(reverse("counts"), {"store": "1"})
    count = Count.objects.get()
    page = reverse("count", args=[count.pk])
    assert "Expected" not in text(cleo.get(page))

    cleo.post(reverse("count-scan", args=[count.pk]), {"numbers": "E99, X-1"})
    cleo.post(reverse("count-close", args=[count.pk]))
    said = {"number": "E99", "finding": "UNEXPECTED", "answer": "INCIDENT"}
    cleo.post(
        reverse("count-answer", args=[count.pk]), said | {"explanation": "no record"}
    )

    shown = text(cleo.get(page))
    assert "Expected and not found" in shown
    assert "reported as an incident" in shown
    lines = b"".join(cleo.get(page + "?format=csv").streaming_content).decode()
    assert f"MISSING,E{exhibit.pk}" in lines
    assert "UNEXPECTED,E99,,INCIDENT,no record,cleo" in lines


def test_a_blind_count_is_no_file_before_it_is_closed(exhibit, cleo):
    cleo.post(reverse("counts"), {"store": "1"})
    page = reverse("count", args=[Count.objects.get().pk])

    assert cleo.get(page + "?format=csv").status_code == 422


def test_a_label_bears_a_code_and_numbers(exhibit, cleo):
    shown = text(cleo.get(reverse("exhibit-labels") + f"?e={exhibit.pk}"))

    assert qr.draw(exhibit.reference).path in shown
    assert "S-77" in shown


@pytest.mark.parametrize("number", ["S-77", "2022/1199"])
def test_the_search_box_finds_an_exhibit_by_its_numbers(exhibit, cleo, number):
    found = text(cleo.get(reverse("look-up"), {"q": number}))

    assert reverse("exhibit", args=[exhibit.pk]) in found


def test_a_scan_in_the_list_opens_the_exhibit(exhibit, cleo):
    sent = cleo.get(reverse("custody"), {"q": exhibit.reference})

    assert sent.headers["Location"] == reverse("exhibit", args=[exhibit.pk])


def test_the_page_of_a_recovery_says_where_it_is(known, exhibit, cleo, at_desk):
    address = reverse("recovery", args=[known.recovered[0]])

    assert reverse("exhibit", args=[exhibit.pk]) in text(cleo.get(address))
    other = text(cleo.get(reverse("recovery", args=[known.recovered[3]])))
    assert "Receive as an exhibit" in other
    officers = text(at_desk("otto").get(reverse("recovery", args=[known.recovered[1]])))
    assert "Bring to the store" in officers


def test_an_officer_brings_and_a_custodian_is_told(known, cleo, at_desk):
    address = reverse("exhibit-receive", args=[known.recovered[1]])

    at_desk("otto").post(address, SEEN)

    assert CustodyEvent.objects.get().act == CustodyAct.BROUGHT
    assert CustodyEvent.objects.get().holder == "otto"


@pytest.mark.parametrize("name", ["sara", "rita", "stan", "ada"])
def test_who_is_elsewhere_or_has_no_part_in_it_sees_nothing(exhibit, at_desk, name):
    page = reverse("exhibit", args=[exhibit.pk])

    assert at_desk(name).get(page).status_code in {403, 404}
    assert act(at_desk(name), exhibit, "moved", place="x").status_code in {403, 404}


def test_the_auditor_reads_and_has_no_button(exhibit, at_desk):
    shown = text(at_desk("audrey").get(reverse("exhibit", args=[exhibit.pk])))

    assert "Chain of custody" in shown
    assert "btn-primary" not in shown.split("<main")[1]


def test_a_list_costs_no_query_a_row(known, cleo, django_assert_num_queries):
    def receive(number):
        address = reverse("exhibit-receive", args=[known.recovered[number]])
        cleo.post(address, RECEIVED | {"reason": "no label"})

    receive(0)
    cleo.get(reverse("custody"))
    with CaptureQueriesContext(connection) as one:
        cleo.get(reverse("custody"))
    asked = len(one)
    receive(1)
    with django_assert_num_queries(asked):
        cleo.get(reverse("custody"))


@pytest.mark.pure
def test_a_code_is_drawn_within_its_quiet_zone():
    matrix = segno.make("E2376", error="q", micro=False).matrix
    drawn = qr.draw("E2376")

    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", drawn.path)
    dark = {(int(y), int(x) + n) for x, y, wide, _ in runs for n in range(int(wide))}
    assert dark == {
        (y + qr.QUIET, x + qr.QUIET)
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    }
    assert drawn.side == len(matrix) + 2 * qr.QUIET


@pytest.mark.pure
@pytest.mark.parametrize(
    ("pasted", "numbers"),
    [
        ("E1 E2\tE3", ["E1", "E2", "E3"]),
        ("E1, e2;\nS 77", ["E1", "e2", "S 77"]),
        ("2022/1199\r\nE1", ["2022/1199", "E1"]),
        ("E999 EV 12", ["E999", "EV 12"]),
        ("e1 R2 2022/1199", ["e1", "R2", "2022/1199"]),
    ],
)
def test_pasted_numbers_are_parted_and_a_seal_may_hold_a_blank(pasted, numbers):
    assert [each.strip() for each in counts._split(pasted)] == numbers


@pytest.mark.parametrize("asked", ["e=x", "e=", "e=²", "e=99999999999999999999"])
def test_labels_are_printed_of_what_was_asked_and_of_nothing_else(exhibit, cleo, asked):
    address = reverse("exhibit-labels")
    assert len(cleo.get(address).context["labels"]) == 1

    answer = cleo.get(f"{address}?{asked}")

    assert answer.status_code == 422
    assert "is not the number of an exhibit" in text(answer)


def test_it_is_offered_only_where_somebody_can_accept_it(exhibit, cleo):
    form = cleo.get(reverse("exhibit-act", args=[exhibit.pk, "offered"])).context[
        "form"
    ]

    offered = {code for code, _name in form.fields["to_agency"].choices}

    assert offered == {"LAB", "PC-NORTE"}
    refused = act(cleo, exhibit, "offered", to_agency="STAT", errand="EXAMINATION")
    assert refused.status_code == 422


def test_what_an_act_needs_is_not_called_optional(exhibit, cleo):
    for slug, field in (("corrected", "reason"), ("resealed", "seal_number")):
        form = cleo.get(reverse("exhibit-act", args=[exhibit.pk, slug])).context["form"]
        assert form.fields[field].required


def test_an_item_without_a_seal_on_record_begins_with_no_seal(cleo):
    (made,) = recording.record_recoveries(
        source="TEST",
        stated=[world.a_recovery("N-9", seal_number="")],
        by=actors.system_actor(),
        at=world.NOON,
    )
    address = reverse("exhibit-receive", args=[made.record_id])

    assert cleo.get(address).context["form"]["seal_state"].value() == "NONE"


def test_a_number_that_is_not_known_is_named_and_struck_out(exhibit, cleo):
    cleo.post(reverse("counts"), {"store": "1"})
    count = Count.objects.get()

    noted = cleo.post(
        reverse("count-scan", args=[count.pk]), {"numbers": "nonsense"}, follow=True
    )
    struck = cleo.post(
        reverse("count-strike", args=[count.pk]), {"numbers": "nonsense"}, follow=True
    )

    assert "No exhibit here is known by nonsense" in text(noted)
    assert "1 number struck out." in text(struck)
