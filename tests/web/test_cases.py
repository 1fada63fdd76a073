"""Pages of cases: opened, written in, closed, printed; sealed ones are not there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from armstrace.accounts import actors
from armstrace.evidence.models import StoredFile
from armstrace.investigations.actions import opening
from armstrace.investigations.inputs import NewCase
from armstrace.investigations.models import Case, CaseEntry, CaseMember
from armstrace.vocabulary.investigations import Aim, CaseState
from tests.web import world
from tests.web.test_consultations import last, named

pytestmark = pytest.mark.django_db
OPENED = {
    "title": "Pistols at the port",
    "aims": ["DISRUPT", "PREVENT"],
    "main_case": "2026/118",
    "why": "three pistols of one make",
}


def post(client, address, **said):
    return client.post(address, said, follow=True)


@pytest.fixture
def desk(at_desk, known):
    """Sign in the investigator and open a case on the first recovery."""
    client = at_desk("ines")
    number = known.recovered[0]
    page = post(client, "/cases/open/", **OPENED, recovery_ids=f"R{number}")
    assert "Case opened." in page.content.decode()
    client.case = Case.objects.get()
    client.base = f"/cases/{client.case.pk}/"
    return client


def text(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()[:300]
    return page.content.decode()


def test_each_part_of_a_case_is_shown(desk):
    for tab in ("timeline", "people", "items", "work", "charges", "documents"):
        assert desk.case.reference in text(desk, f"{desk.base}part/{tab}/")
    assert "Pistols at the port" in text(desk, "/cases/")
    assert "2026/118" in text(desk, desk.base)
    assert "three pistols" in text(desk, f"{desk.base}part/members/")


def test_no_recoveries_are_not_said_to_be_saved(desk):
    page = post(desk, f"{desk.base}do/add-items/", recovery_ids=" ")

    assert page.context["form"].errors["recovery_ids"]
    assert "Saved." not in page.content.decode()


def test_a_case_says_who_closes_it_to_who_may_only_write_in_it(desk, at_desk):
    said = "The case is closed by: hub supervisor, investigator, prosecutor."

    assert said in text(at_desk("ana"), desk.base)
    assert "The case is closed by" not in text(desk, desk.base)


def test_a_case_says_which_of_its_items_are_in_another_case(desk, known, at_desk):
    number = f"R{known.recovered[0]}"
    asked = post(desk, "/cases/open/", **OPENED, recovery_ids=number)
    assert f"{desk.case.reference}</bdi></a>" in asked.content.decode()
    assert Case.objects.count() == 1
    told = asked.context["form"]["told"].value()
    page = post(desk, "/cases/open/", **OPENED, recovery_ids=number, told=told)
    page = page.content.decode()

    assert "In other cases too:" in page
    assert desk.case.reference in page.partition("In other cases too:")[2][:400]
    assert "In other cases too:" in text(desk, desk.base)


def test_before_a_case_is_opened_a_recovery_of_another_case_is_named(desk, at_desk):
    number = desk.case.items.get().recovery_id
    address = f"/cases/open/?recovery=R{number}"
    assert desk.case.reference in text(desk, address)

    post(desk, f"{desk.base}do/seal/", reason="the source is at risk")
    assert "In a case already" not in text(at_desk("ana"), address)


@pytest.mark.unledgered
def test_of_a_case_that_is_not_shown_it_says_whom_to_ask(desk, known, at_desk):
    number = known.recovered[0]
    Case.objects.filter(pk=desk.case.pk).update(agency="PC-SUL")
    CaseMember.objects.update(person="sara")
    page = text(desk, f"/cases/open/?recovery=R{number}")

    assert "in a case that you cannot see; ask" in page
    assert desk.case.reference not in page


def test_a_person_and_an_arm_are_added_from_inside_an_event(desk, known):
    number = known.recovered[1]
    page = post(
        desk,
        f"{desk.base}add/event/",
        when="2026-02",
        text="Two pistols were handed over.",
        place="Port",
        origin="statement of the owner",
        basis="FACT",
        handling="H0",
        new_kind="PERSON",
        new_text="Ama Sample",
        new_role="WITNESS",
        recovery_ids=f"R{number}",
    ).content.decode()

    assert "Two pistols were handed over." in page
    assert "Ama Sample" in page
    assert f"R{number}" in page
    assert "<svg" in page
    assert "Ama Sample" in text(desk, f"{desk.base}part/people/")
    told = text(desk, f"{desk.base}print/").split('id="line-head"')[1]
    assert "Two pistols were handed over." in told, "the court’s time line has it"


def test_the_recoveries_of_a_case_are_offered_to_its_entries(desk, known):
    page = text(desk, f"{desk.base}add/event/")

    assert f'<option value="R{known.recovered[0]}"></option>' in page


def test_a_charge_names_a_person_that_is_new_in_the_case(desk):
    asked = desk.get(f"{desk.base}add/charge/").context["form"]
    said = {
        "offence": asked.fields["offence"].choices[0][0],
        "when": "2026-02",
        "text": "three pistols without marks",
        "new_kind": "PERSON",
        "new_text": "Ama Sample",
        "new_role": "SUSPECT",
        "origin": "report 7",
    }
    post(desk, f"{desk.base}add/charge/", **said)

    assert "Ama Sample" in text(desk, f"{desk.base}part/charges/")
    assert "Ama Sample" in text(desk, f"{desk.base}part/people/")


def test_what_is_refused_is_said_beside_the_field_and_stays(desk):
    page = post(
        desk,
        f"{desk.base}add/event/",
        when="2026-02",
        text="They met.",
        basis="FACT",
        handling="H0",
    )

    assert page.status_code == 409
    assert "has its source" in page.content.decode()
    assert "They met." in page.content.decode()


def test_a_record_that_is_not_there_is_said_above_what_was_typed(desk):
    page = post(
        desk,
        f"{desk.base}add/event/",
        when="2026-02",
        text="They met.",
        basis="ASSESSMENT",
        handling="H0",
        recovery_ids="R99999999",
    )

    assert page.status_code == 422
    assert "R99999999" in page.content.decode()
    assert "They met." in page.content.decode()


def test_a_charge_shows_what_is_missing_and_a_border_raises_trafficking(desk):
    post(
        desk,
        f"{desk.base}add/charge/",
        offence="OPT-4",
        when="2025-05-01",
        text="held without a licence",
    )
    page = text(desk, f"{desk.base}part/charges/")
    assert "missing" in page
    assert "Consider too:" in page
    assert "FP5-1b" in page

    entry = CaseEntry.objects.get()
    item = f"R{desk.case.items.get().recovery_id}"
    page = post(
        desk,
        f"{desk.base}entries/{entry.number}/",
        seen=entry.seen,
        offence="OPT-4",
        when="2025-05-01",
        text="held without a licence",
        element_ITEM=item,
        reason="the examiner says so",
    ).content.decode()
    assert "Name the evidence" in page


def test_what_is_due_is_written_shown_and_done(desk):
    post(desk, f"{desk.base}add/deadline/", text="ask the maker", due_on="2026-01-05")
    assert "overdue" in text(desk, "/cases/mine/")
    assert "tasks and deadlines of my cases" in text(desk, "/today/")

    post(desk, f"{desk.base}entries/1/done/", note="answered")
    assert "ask the maker" not in text(desk, "/cases/mine/")


def test_a_decision_says_who_took_it_and_not_only_who_wrote_it_down(desk):
    said = {"text": "Search the shop", "why": "two buyers name it", "handling": "H0"}
    page = post(desk, f"{desk.base}add/decision/", person="Judge Sample", **said)

    assert "Judge Sample" in page.content.decode()
    assert "Judge Sample" in text(desk, f"{desk.base}print/")


def test_a_document_is_kept_and_sent_as_it_came(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with (tmp_path / "a.pdf").open("wb") as file:
        file.write(b"%PDF-1.4 1 0 obj invented\n%%EOF")
    with (tmp_path / "a.pdf").open("rb") as file:
        post(
            desk,
            f"{desk.base}add/document/",
            text="letter",
            handling="H0",
            file=file,
        )

    answer = desk.get(f"{desk.base}entries/1/file/")
    assert answer.content == b"%PDF-1.4 1 0 obj invented\n%%EOF"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_document_that_runs_a_script_is_not_taken(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    script = b"%PDF-1.7 <</S/JavaScript/JS()>>"
    said = {"text": "letter", "handling": "H0"}

    answer = desk.post(
        f"{desk.base}add/document/",
        {**said, "file": SimpleUploadedFile("a.pdf", script)},
    )

    assert answer.status_code == 422
    assert "print it to a new PDF" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_a_case_is_closed_with_its_outcome_and_opened_again(desk):
    said = {
        "result_DISRUPT": "REACHED",
        "preventive_action": "the dealer is inspected",
        "kind_1": "SOURCE",
        "lesson_1": "one dealer",
        "kind_2": "SOURCE",
        "kind_3": "SOURCE",
    }
    found = {"when": "2026-02", "origin": "statement", "basis": "FACT"}
    post(desk, f"{desk.base}add/event/", text="They met.", handling="H0", **found)
    post(desk, f"{desk.base}add/deadline/", text="Remand ends", due_on="2026-01-05")
    assert "entries/2/" in desk.get(f"{desk.base}do/close/").content.decode()
    refused = post(desk, f"{desk.base}do/close/", **said)
    assert refused.status_code == 422
    assert "the dealer is inspected" in refused.content.decode()

    page = post(desk, f"{desk.base}do/close/", **said, result_PREVENT="PARTLY")
    assert "the dealer is inspected" in page.content.decode()
    assert Case.objects.get().state == CaseState.CLOSED
    page = post(desk, f"{desk.base}do/reopen/", reason="a new arm")
    assert "one dealer" in page.content.decode()


def test_the_page_of_a_recovery_names_its_cases(desk, known, at_desk):
    number = known.recovered[0]
    assert desk.case.reference in text(desk, f"/recoveries/{number}/")

    post(desk, f"{desk.base}do/seal/", reason="the source is at risk")
    assert desk.case.reference in text(desk, f"/recoveries/{number}/")
    other = at_desk("otto")
    assert desk.case.reference not in text(other, f"/recoveries/{number}/")


def test_a_member_of_another_agency_sees_the_case_and_no_other(desk, at_desk, known):
    paul = at_desk("paul")
    assert paul.get(desk.base).status_code == 404
    post(desk, f"{desk.base}do/add-member/", person="paul", reason="charges")

    assert "Pistols at the port" in text(paul, "/cases/")
    assert "Pistols at the port" in text(paul, "/cases/mine/")
    opening.open_case(
        given=NewCase(title="Another", aims=(Aim.DISRUPT,), why="because"),
        by=actors.actor_for(known.people["ines"]),
        at=world.NOON,
    )
    assert "Another" not in text(paul, "/cases/")


def test_a_prosecutor_opens_what_the_case_holds_and_reads_that_more_is_held_back(
    desk, at_desk, known
):
    said = {"when": "2026-02", "origin": "statement", "basis": "FACT"}
    post(desk, f"{desk.base}add/event/", text="A tip.", handling="H1", **said)
    post(desk, f"{desk.base}do/add-member/", person="paul", reason="charges")
    paul, first = at_desk("paul"), known.recovered[0]
    assert paul.get(f"/recoveries/{first}/").status_code in {403, 404}

    page = text(paul, f"{desk.base}recoveries/{first}/")
    assert "As the case file holds it" in page
    body = last("record.opened")
    assert body["codes"]["route"] == "CASE-ITEM"
    assert first in named(body)["recoveries.recovery"]
    assert paul.get(f"{desk.base}recoveries/{known.recovered[1]}/").status_code == 409

    for part in ("", "part/timeline/"):
        page = text(paul, f"{desk.base}{part}")
        assert "held back from you" in page
        assert "A tip." not in page
    assert "held back" not in text(paul, f"{desk.base}part/work/")
    assert "ask ines" in paul.get(f"{desk.base}entries/1/").content.decode()
    assert "held back" not in text(desk, desk.base)


def test_more_is_named_in_an_event_and_the_last_change_is_undone(desk, known):
    said = {"when": "2026-02", "origin": "statement", "basis": "FACT"}
    post(desk, f"{desk.base}add/event/", text="They met.", handling="H0", **said)
    page = post(
        desk,
        f"{desk.base}entries/1/with/",
        new_kind="PHONE",
        new_text="612 345 678",
        recovery_ids=f"R{known.recovered[1]}",
    )
    assert page.redirect_chain[-1][0].endswith("/part/timeline/#entry-1")
    assert "612 345 678" in page.content.decode()
    assert f"R{known.recovered[1]}" in page.content.decode()

    page = post(desk, f"{desk.base}entries/1/undo/", reason="a slip")
    assert "Undone" in page.content.decode()
    assert "612 345 678" not in text(desk, f"{desk.base}part/timeline/")


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("entries/1/undo/", {"seen": "9" * 5_000}),
        (f"recoveries/{2**63}/", None),
        ("/intelligence/same/", {"first": "²", "second": ""}),
    ],
)
def test_odd_numbers_are_refused_and_no_fault(desk, address, sent):
    address = address if address.startswith("/") else desk.base + address
    answer = desk.get(address) if sent is None else desk.post(address, sent)

    assert answer.status_code in {404, 409, 422}
