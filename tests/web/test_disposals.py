"""How an exhibit leaves custody, what a receipt needs, and how a count is closed."""

from django.urls import reverse

from armstrace.custody.models import Count
from tests.custody.desk import decided
from tests.web import test_custody
from tests.web.test_custody import SEEN, act, now, text

cleo, exhibit = test_custody.cleo, test_custody.exhibit


def test_EX_28_nothing_is_approved_to_be_destroyed_before_its_trace_is_decided(
    exhibit, cleo, at_desk
):
    act(cleo, exhibit, "proposed", way_out="DESTROY", reason="case closed")
    sam, address = at_desk("sam"), reverse("exhibit-act", args=[exhibit.pk, "approved"])

    form = text(sam.get(address))
    for said in ("to be destroyed", "cleo", "case closed", "has no decision"):
        assert said in form
    assert (
        "<button" not in form.partition('id="leaving-head"')[2].partition("<footer")[0]
    )
    assert act(sam, exhibit, "approved").status_code == 422
    refused = act(sam, exhibit, "approved", reason="old")

    assert refused.status_code == 409
    assert "has no decision; decide it first" in text(refused)
    assert now(exhibit).way_out_state == "PROPOSED"


def test_EX_30_a_disposal_is_carried_out_and_the_exhibit_is_out_of_custody(
    exhibit, cleo, at_desk
):
    act(cleo, exhibit, "proposed", way_out="RETURN", reason="case closed")
    decided(exhibit)
    act(at_desk("sam"), exhibit, "approved", reason="traced")
    said = {"name": "Steel works", "office": "Porto Velho", "document": "P-9"}
    said |= {"witness": "Wanda", "reason": "by order", "done_on": "2020-01-02"}

    assert act(cleo, exhibit, "carried-out", **said).status_code == 302

    kept = now(exhibit)
    assert (kept.way_out_state, kept.store, kept.holder) == (
        "CARRIED_OUT",
        None,
        "Steel works",
    )
    page = text(cleo.get(reverse("exhibit", args=[exhibit.pk])))
    assert "disposal carried out" in page
    assert 'class="acts' not in page
    refused = act(cleo, exhibit, "corrected", reason="typo")
    assert "has left custody for good" in text(refused)
    assert f"E{exhibit.pk}" in text(cleo.get(reverse("custody") + "?shown=LEFT"))
    assert f">E{exhibit.pk}<" not in text(cleo.get(reverse("custody") + "?shown=OUT"))


def test_EX_29_nothing_is_carried_out_that_is_not_approved(exhibit, cleo):
    said = {"name": "Works", "office": "Here", "document": "P", "witness": "Wanda"}
    said |= {"reason": "wrong", "done_on": "2020-01-02"}

    assert "is approved" in text(act(cleo, exhibit, "carried-out", **said))


def test_EX_32_EX_33_an_empty_receipt_is_refused(known, cleo):
    address = reverse("exhibit-receive", args=[known.recovered[3]])

    refused = cleo.post(address, {"seal_state": "UNBROKEN"})
    assert refused.status_code == 422
    assert {"received_from", "store"} <= set(refused.context["form"].errors)
    sent = {"seal_state": "UNBROKEN", "received_from": "Otto", "store": "1"}
    assert "A seal has a number" in text(cleo.post(address, sent))
    assert (
        cleo.post(address, sent | {"seal_state": "NONE", "reason": "wrong"}).status_code
        == 302
    )


def test_the_seal_on_record_is_not_read_off_the_page(exhibit, cleo, at_desk):
    act(cleo, exhibit, "offered", to_agency="LAB", errand="EXAMINATION")
    address = reverse("exhibit-act", args=[exhibit.pk, "accepted"])

    assert "S-77" not in text(at_desk("elena").get(address))
    assert "S-77" in text(
        act(at_desk("elena"), exhibit, "accepted", **SEEN | {"seal_number": "X"})
    )


def test_two_differences_are_answered_at_once_and_a_third_stays_open(exhibit, cleo):
    cleo.post(reverse("counts"), {"store": "1"})
    count = Count.objects.get()
    cleo.post(reverse("count-scan", args=[count.pk]), {"numbers": "E98, E99"})
    closed = cleo.post(reverse("count-close", args=[count.pk]), follow=True)
    assert "0 found of 1 expected" in text(closed)

    sent = {"number": ["E98", "E99", exhibit.reference], "answer": ["EXPLAINED"] * 3}
    sent |= {"finding": ["UNEXPECTED", "UNEXPECTED", "MISSING"]}
    sent |= {"explanation": ["a typing error", "of another agency", ""]}
    said = cleo.post(reverse("count-answer", args=[count.pk]), sent, follow=True)

    assert "2 differences answered" in text(said)
    assert "of another agency" in text(said)
    assert count.answers.count() == 2


def test_EX_23_of_two_answers_the_good_one_is_taken_and_the_other_kept(exhibit, cleo):
    cleo.post(reverse("counts"), {"store": "1"})
    count = Count.objects.get()
    cleo.post(reverse("count-scan", args=[count.pk]), {"numbers": "E98, E99"})
    cleo.post(reverse("count-close", args=[count.pk]))
    sent = {"number": ["E98", "E99"], "finding": ["UNEXPECTED"] * 2}
    sent |= {"answer": ["EXPLAINED", "INCIDENT"], "explanation": ["\u200b", "stolen"]}

    said = cleo.post(reverse("count-answer", args=[count.pk]), sent)

    assert said.status_code == 409
    assert "This act needs a reason" in text(said)
    assert "1 difference answered" in text(said)
    assert [one.number for one in count.answers.all()] == ["E99"]


def test_a_place_is_one_whatever_capitals_and_blanks_it_is_written_with(exhibit, cleo):
    act(cleo, exhibit, "moved", store="1", place="Room  1 / Shelf 5")
    cleo.post(reverse("counts"), {"store": "1", "place": "room1 / shelf 5"})
    count = Count.objects.get()
    closed = cleo.post(reverse("count-close", args=[count.pk]), follow=True)

    assert "0 found of 1 expected" in text(closed)
    assert now(exhibit).place == "Room 1 / Shelf 5"


def test_EX_31_a_disposal_is_not_carried_out_without_a_day(exhibit, cleo):
    refused = act(cleo, exhibit, "carried-out", name="Works")

    assert "done_on" in refused.context["form"].errors
