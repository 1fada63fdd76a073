"""Transfers on the pages: recorded, put on file, decided, refused in words."""

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.transfers.models import Authorisation, Consignment
from armstrace.vocabulary.transfers import PaperKind
from tests.transfers import desk

pytestmark = pytest.mark.django_db

RECORDED = {
    "regime": "DEFINITIVE",
    "recipient": "Sport Shop of Ghent",
    "export_country": "XV",
    "import_country": "NL",
    "route": "fr, BE",
    "is_brokered": "no",
    "issue_place": "Casamar",
    "valid_until": "2031-01-31",
    "key": "k" * 32,
}
DAYS = ("issued_on", "received_on", "valid_until")


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def text_of(response):
    return html.unescape(response.content.decode())


def do(client, made, slug, **told):
    address = reverse("authorisation-act", args=[made.pk, slug])
    return client.post(address, told, follow=True)


def attach(client, made, paper):
    told = {
        "kind": paper.kind,
        "paper_number": paper.number,
        "country": paper.country,
        "received_on": paper.received_on or "",
        "paper_issued_on": paper.issued_on or "",
        "signatory": paper.signatory,
        "signatory_title": paper.signatory_title,
        "file": SimpleUploadedFile("a.pdf", desk.PDF, "application/pdf"),
    }
    return do(client, made, "attach", **told)


def test_TX_02_without_parties_it_is_a_draft_that_says_what_is_missing(at_desk):
    dirk, lisa = at_desk("dirk"), at_desk("lisa")
    told = {"regime": "DEFINITIVE", "export_country": "XV", "key": "d" * 32}

    saved = dirk.post(reverse("authorisation-record", args=["export"]), told)
    made = Authorisation.objects.get()

    shown = text_of(dirk.get(saved["Location"]))
    assert "Saved as a draft." in shown
    assert "the final recipient; write it down" in shown
    refused = do(lisa, made, "issue", reason="urgent", issued_on=str(desk.TODAY))
    assert "TX-02" in text_of(refused)
    assert made.records.get().stage == "OPEN"


def test_an_export_goes_its_whole_way_on_the_pages(at_desk):
    dirk, lisa = at_desk("dirk"), at_desk("lisa")
    form = reverse("authorisation-record", args=["export"])
    assert dirk.get(form).context["form"]["export_country"].value() == "XV"

    pages = [dirk.post(form, RECORDED, follow=True) for _ in range(2)]
    made = Authorisation.objects.get()
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert desk.record_of(made).transit == ["FR", "BE"]
    goods = {"item_kind": "ARM", "description": "rifle", "quantity": "4"}
    do(dirk, made, "goods", **goods)
    today = datetime.now(UTC).date()
    for paper in desk.sound(today).papers:
        page = attach(dirk, made, paper)
    assert "Nothing is missing." in text_of(page)

    page = do(lisa, made, "issue", seen=desk.record_of(made).pk)

    record = desk.record_of(made)
    assert (record.stage, record.decided_by) == ("ISSUED", "lisa")
    assert record.number in text_of(page)
    assert "What blocks a shipment today?" in text_of(page)
    paper = reverse("authorisation-document", args=[made.pk, 1])
    assert lisa.get(paper).content == desk.PDF


def test_TX_02_what_blocks_is_said_before_and_when_it_is_issued(at_desk):
    made = desk.recorded()
    lisa = at_desk("lisa")

    page = text_of(lisa.get(reverse("authorisation", args=[made.pk])))
    assert "What would block this today?" in page
    assert "written no-objection of the transit State France" in page
    later = page.partition("Before the goods leave, also")[2]
    assert "The transit State France was not sent what the import licence says" in later
    refused = do(lisa, made, "issue", note="urgent")

    assert refused.status_code == 409
    assert "TX-NO-OBJECTION" in text_of(refused)
    assert refused.context["form"]["note"].value() == "urgent"


def test_who_recorded_it_is_not_offered_the_decision(at_desk):
    dirk = at_desk("dirk")
    through = RECORDED | {"export_country": "AT"}
    dirk.post(reverse("authorisation-record", args=["transit"]), through)
    made = Authorisation.objects.get()

    page = dirk.get(reverse("authorisation", args=[made.pk]))

    assert [slug for slug, _ in page.context["acts"]] == [
        # No document is on file yet that could be taken off.
        *("attach", "goods", "change", "withdraw"),
    ]
    assert do(dirk, made, "issue").status_code == 403


def test_what_is_written_is_changed_and_a_line_taken_off(at_desk):
    made = desk.recorded()
    lisa = at_desk("lisa")
    address = reverse("authorisation-act", args=[made.pk, "change"])
    first = lisa.get(address).context["form"].initial
    assert first["route"] == "FR, BE"

    seen = desk.record_of(made).pk
    do(lisa, made, "change", seen=seen, **RECORDED | {"route": "-"})
    line = lisa.get(reverse("authorisation-act", args=[made.pk, "goods"]) + "?line=1")
    assert line.context["form"]["quantity"].value() == 40
    page = do(lisa, made, "goods", line=1, item_kind="ARM", description="x", quantity=0)

    assert desk.record_of(made).transit == []
    assert "No goods are on record yet." in text_of(page)


def test_a_refusal_stands_in_the_register_of_denials(at_desk):
    made = desk.recorded()
    lisa = at_desk("lisa")
    do(lisa, made, "refuse", ground="SECURITY", reason="risk of diversion")

    shown = lisa.get(reverse("transfers"), {"stage": "REFUSED"})

    assert made.reference in text_of(shown)
    assert "public security" in text_of(shown)
    sheet = lisa.get(reverse("transfers"), {"stage": "REFUSED", "format": "csv"})
    assert sheet.getvalue().decode().count(made.reference) == 1


def test_a_document_is_taken_off_the_file(at_desk, tmp_path):
    made = desk.ready(tmp_path)

    page = do(at_desk("lisa"), made, "remove", place=1, reason="of another transfer")

    assert "of another transfer" in text_of(page)
    assert "import licence of Netherlands" in text_of(page)


def test_the_form_groups_what_it_asks_under_headings(at_desk):
    page = at_desk("dirk").get(reverse("authorisation-record", args=["export"]))

    form = page.context["form"]
    groups = {str(g.name): [f.name for f in g.fields] for g in form.groups}
    assert [*groups] == ["Parties", "Route", "Regime and validity"]
    assert "recipient" in groups["Parties"]
    shown = [name for some in groups.values() for name in some]
    assert sorted(shown) == sorted(f.name for f in form.visible_fields())
    assert "<legend>Route</legend>" in text_of(page)


def test_today_counts_what_waits_for_a_decision(at_desk):
    desk.recorded()

    page = text_of(at_desk("lisa").get(reverse("today")))

    assert "transfers to decide" in page


def test_the_search_box_finds_the_number(at_desk):
    made = desk.recorded()

    found = at_desk("lisa").get(reverse("look-up"), {"q": made.reference}, follow=True)

    assert made.reference in text_of(found)


def leaves(client, made, **told):
    address = reverse("consignment-send", args=[made.pk])
    today = datetime.now(UTC).date()
    told = {
        "key": "c" * 32,
        "departed_on": today,
        "quantity_1": "",
        "marks_1": "",
    } | told
    return client.post(address, told, follow=True)


def an_issued(tmp_path, **stated):
    today = datetime.now(UTC).date()
    made = desk.ready(tmp_path, desk.sound(today), is_multiple=True, **stated)
    desk.decide(made, at=datetime.now(UTC))
    return made


def test_customs_record_a_departure_and_each_step_of_the_way(at_desk, tmp_path):
    made, carl = an_issued(tmp_path), at_desk("carl")
    form = carl.get(reverse("consignment-send", args=[made.pk])).context["form"]
    assert "(40)" in str(form["quantity_1"].label)

    page = leaves(carl, made, quantity_1="3", marks_1="AB1\nAB2", waybill="W-9")

    one = Consignment.objects.get()
    assert "AB1" in text_of(page)
    assert [each.quantity for each in one.items.order_by("pk")] == [1, 1, 1]
    address = reverse("consignment-step", args=[one.pk])
    assert "ARRIVED" in [
        v for v, _ in carl.get(address).context["form"].fields["kind"].choices
    ]
    today = datetime.now(UTC).date()
    told = {"kind": "ARRIVED", "happened_on": today, "quantity": "2"}
    page = carl.post(address, told, follow=True)
    assert "less arrived than was sent" in text_of(page)
    listed = carl.get(reverse("consignments"), {"is_due": "on"})
    assert one.reference in text_of(listed)
    assert "consignments with something due" in text_of(carl.get(reverse("today")))
    back = reverse("consignment-take-back", args=[one.pk])
    page = carl.post(back, {"reason": "counted again"}, follow=True)
    assert "ask a colleague to take it back" in text_of(page)
    assert page.context["form"]["reason"].value() == "counted again"
    sheet = carl.get(reverse("consignments"), {"format": "csv"})
    assert "W-9" in sheet.getvalue().decode()


def test_TX_12_more_than_the_licence_is_refused_at_the_desk(at_desk, tmp_path):
    made = an_issued(tmp_path)

    page = leaves(at_desk("carl"), made, quantity_1="41")

    assert page.status_code == 409
    assert "has not so many goods left" in text_of(page)
    assert page.context["form"]["quantity_1"].value() == "41"


def test_more_marks_than_the_quantity_are_refused_at_the_desk(at_desk, tmp_path):
    made = an_issued(tmp_path)

    page = leaves(at_desk("carl"), made, quantity_1="1", marks_1="AB1\nAB2\nAB3")

    assert "More marks are written than the quantity" in text_of(page)
    assert not Consignment.objects.exists()


def test_a_licence_for_one_consignment_that_left_offers_no_departure(at_desk, tmp_path):
    made = desk.ready(tmp_path, desk.sound(datetime.now(UTC).date()))
    desk.decide(made, at=datetime.now(UTC))
    carl = at_desk("carl")
    address = reverse("authorisation", args=[made.pk])
    assert "Record a departure" in text_of(carl.get(address))

    leaves(carl, made, quantity_1="1")

    page = text_of(carl.get(address))
    assert "Record a departure" not in page
    assert "TX-13" in page
    assert carl.get(reverse("consignment-send", args=[made.pk])).status_code == 409


def test_an_analyst_opens_a_case_on_a_diversion(at_desk, tmp_path):
    made, today = an_issued(tmp_path), datetime.now(UTC).date()
    carl, ana = at_desk("carl"), at_desk("ana")
    leaves(carl, made, quantity_1="3")
    one = Consignment.objects.get()
    told = {"kind": "DIVERTED", "happened_on": today, "reason": "another town"}
    carl.post(reverse("consignment-step", args=[one.pk]), told)
    assert "diversion without a case" in text_of(ana.get(reverse("today")))

    page = ana.post(reverse("consignment-case", args=[one.pk]), follow=True)

    assert f"Diversion of consignment {one.reference}" in text_of(page)
    shown = text_of(carl.get(reverse("consignment", args=[one.pk])))
    assert "a case was opened" in shown


def test_the_history_says_which_document_came_and_which_left(at_desk, tmp_path):
    made = desk.recorded()
    came = [desk.attached(made, each, tmp_path) for each in desk.SOUND.papers[:2]]
    client = at_desk("lisa")
    do(client, made, "remove", place=came[0].place, reason="It names another buyer.")

    page = text_of(client.get(reverse("authorisation", args=[made.pk])))

    history = page.partition('id="history-head"')[2]
    words = [PaperKind(each.kind).label for each in came]
    assert [history.count(each) for each in words] == [2, 1]


def test_TX_08_a_last_day_that_has_passed_is_said_before_it_is_issued(
    at_desk, tmp_path
):
    made = desk.ready(
        tmp_path, desk.sound(datetime.now(UTC).date() - timedelta(days=400))
    )
    page = reverse("authorisation", args=[made.pk])

    assert "cannot be issued before its day of issue" in text_of(
        at_desk("lisa").get(page)
    )


def test_why_it_was_issued_all_the_same_stands_beside_the_decision(at_desk, tmp_path):
    made = desk.ready(tmp_path, desk.sound(datetime.now(UTC).date()))
    seen = desk.record_of(made).pk
    page = text_of(
        do(at_desk("lisa"), made, "issue", seen=seen, note="The buyer is known to us.")
    )

    decision = page.partition('id="decision-head"')[2].partition("</section>")[0]
    assert "The buyer is known to us." in decision
