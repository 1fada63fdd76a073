"""Pages of vetting: asked and answered, hits judged, lists loaded, refusals told."""

import csv
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.vetting.models import Answer, Hit, ListVersion, RefusalRecord
from tests import cast
from tests.vetting import desk

pytestmark = pytest.mark.django_db
ILSE = "1,Person,Ilse Vornhagen,1971-02-03\n"
REFUSAL = {
    "name": "Ilse Vornhagen",
    "decided_on": "2026-05-01",
    "authority": "Licensing Office",
    "duration": "INDEFINITE",
    "kind": "ON_REQUEST",
}


def text(response):
    return response.content.decode()


def test_vetting_is_asked_by_one_and_answered_by_another(at_desk, known):
    rita, sam = at_desk("rita"), at_desk("sam")
    asked = {"name": "Ilse Vornhagen", "capacity": "STAFF"}

    page = rita.post(reverse("vetting-ask"), asked, follow=True)
    address = page.redirect_chain[-1][0]
    own = text(page)
    answered = sam.post(address, {"answer": "CLEAR"}, follow=True)

    assert "waits for an answer" in own
    assert "Record the answer" not in own
    assert "clear" in text(answered)
    assert Answer.objects.get().answered_by == "sam"
    assert "Ilse Vornhagen" in text(rita.get(reverse("vettings") + "?state=IN_FORCE"))
    assert rita.post(address, {"answer": "CLEAR"}).status_code == 403


def test_a_new_answer_without_a_reason_is_refused_on_the_page(at_desk, known):
    asked = desk.ask()
    sam, address = at_desk("sam"), reverse("vetting", args=[asked.pk])
    sam.post(address, {"answer": "CLEAR"})

    refused = sam.post(address, {"answer": "ADVERSE"})

    assert refused.status_code == 409
    assert "This act needs a reason" in text(refused)


def test_VE_12_an_answer_that_nobody_saw_is_not_replaced(at_desk, known):
    asked = desk.ask()
    sam, address = at_desk("sam"), reverse("vetting", args=[asked.pk])
    stale = sam.get(address).context["form"]["seen"].value()
    sam.post(address, {"answer": "ADVERSE", "seen": stale})

    clear = {"answer": "CLEAR", "reason": "nothing known", "seen": stale}
    refused = sam.post(address, clear)

    assert refused.status_code == 409
    assert refused.context["form"].refused_by == "VE-12"
    assert Answer.objects.current().get().answer == "ADVERSE"
    again = clear | {"seen": refused.context["form"]["seen"].value()}
    assert sam.post(address, again).status_code == 302


def test_a_near_name_on_a_list_stands_beside_what_is_asked(at_desk, known, tmp_path):
    desk.load(tmp_path, ILSE)
    asked = desk.ask("Ilse Vornhagn")

    page = text(at_desk("sam").get(reverse("vetting", args=[asked.pk])))

    assert "Ilse Vornhagen · <bdi>" in page
    assert "&lt;bdi" not in page


def test_a_hit_shows_both_names_and_why_and_is_judged(at_desk, known, tmp_path):
    subject = desk.holder("V-1", "Ilse Vornhagn")
    desk.load(tmp_path, ILSE)
    ana, hit = at_desk("ana"), desk.hits()[subject, "1"]
    address = reverse("hit", args=[hit.pk])

    listed = text(ana.get(reverse("hits") + "?examined=WAITING"))
    page = text(ana.get(address))
    judged = ana.post(
        address, {"examined": "DIFFERENT", "reason": "born elsewhere"}, follow=True
    )

    assert address in listed
    assert "Ilse Vornhagn" in page
    assert "Vornhagen is near Vornhagn" in page
    assert "70" in page
    assert "born elsewhere" in text(judged)
    assert Hit.objects.current().get().examined_by == "ana"
    again = text(ana.get(address))
    assert "not the same" in again


def test_a_request_and_a_hit_of_one_subject_lead_to_each_other(
    at_desk, known, tmp_path
):
    subject = desk.holder("V-1", "Ilse Vornhagn")
    desk.load(tmp_path, ILSE)
    asked = desk.ask("Ilse Vornhagn", subject=subject, born_on=date(1971, 2, 3))
    sam, hit = at_desk("sam"), desk.hits()[subject, "1"]
    address = reverse("vetting", args=[asked.pk])

    page = text(sam.get(address))
    refused = sam.post(address, {"answer": "CLEAR"})
    beside = text(sam.get(reverse("hit", args=[hit.pk])))

    assert reverse("hit", args=[hit.pk]) in page
    assert refused.status_code == 409
    assert "VE-14" in text(refused)
    assert address in beside
    assert reverse("holder", args=[int(subject[1:])]) in beside
    assert beside.count("1971-02-03") == 2
    assert reverse("hit", args=[hit.pk]) not in text(at_desk("rita").get(address))


def test_one_name_is_screened_on_a_page_of_its_own(at_desk, known, tmp_path):
    desk.load(tmp_path, ILSE)
    address = reverse("screen-name")

    page = text(at_desk("ana").get(address + "?q=Ilse+Vornhagn"))

    assert "Test list 1" in page
    assert "Vornhagen is near Vornhagn" in page
    assert "Test list 1" not in text(at_desk("ana").get(address))
    assert at_desk("rita").get(address + "?q=Ilse").status_code == 403


def test_a_page_to_screen_a_name_says_nothing_before_a_name_is_typed(at_desk, known):
    ana, address = at_desk("ana"), reverse("screen-name")

    before, after = (text(ana.get(address + asked)) for asked in ("", "?q=Nobody"))

    assert "Type a name to look it up" in before
    assert "Nothing is on record" not in before
    assert "No entry of the loaded lists is similar to this name." in after
    assert ">Screen\n" in before


def test_a_request_that_waits_has_no_answer_yet_in_the_list(at_desk, known):
    desk.ask()

    page = at_desk("rita").get(reverse("vettings"))

    ((_, cells),) = page.context["rows"]
    assert cells[-2:] == ["none yet", "none yet"]


def test_a_hit_tells_the_version_and_both_countries(
    at_desk, known, tmp_path, monkeypatch
):
    monkeypatch.setattr(desk, "HEAD", desk.HEAD.strip() + ",country\n")
    stated = HolderInput("V-1", "Ilse Vornhagn", country="FR")
    licensing.record_holders(source="REG", stated=[stated], by=cast.SYSTEM, at=desk.NOW)
    desk.load(tmp_path, "1,Person,Ilse Vornhagen,1971-02-03,be\n")
    (hit,) = desk.hits().values()

    page = text(at_desk("ana").get(reverse("hit", args=[hit.pk])))

    assert "<bdi>list.csv</bdi>" in page
    assert "<bdi>France</bdi>" in page
    assert "<bdi>Belgium</bdi>" in page


def test_a_list_is_loaded_from_the_page_and_checked_by_a_job(at_desk, known):
    sam = at_desk("sam")
    file = SimpleUploadedFile("list.csv", (desk.HEAD + ILSE).encode())

    sent = sam.post(
        reverse("name-lists"), {"list_name": "EU list", "file": file}, follow=True
    )

    version = ListVersion.objects.get()
    assert "EU list" in text(sent)
    assert (version.file_name, version.job.kind) == ("list.csv", "vetting.check")
    assert version.job.queued_at is not None


def test_a_file_that_is_no_list_is_refused_beside_its_field(at_desk, known):
    file = SimpleUploadedFile("list.txt", b"nothing")

    refused = at_desk("sam").post(
        reverse("name-lists"), {"list_name": "L", "file": file}
    )

    assert refused.status_code == 422
    assert "cannot be read as a list of names" in text(refused)


def test_a_refusal_is_entered_updated_and_leaves_without_a_ground(
    at_desk, known, settings
):
    settings.PROFILE = "eu"
    rita = at_desk("rita")
    page = rita.post(reverse("refusal-enter"), REFUSAL, follow=True)
    address = page.redirect_chain[-1][0]

    rita.post(address, REFUSAL | {"reason": "spelt wrongly", "name": "Elsa Vornhagen"})
    answer = rita.get(reverse("refusals") + "?format=csv")
    sent = b"".join(answer.streaming_content).decode("utf-8-sig")

    (row,) = csv.DictReader(sent.splitlines())
    assert row["name"] == "Elsa Vornhagen"
    assert (row["duration"], row["ends_on"]) == ("INDEFINITE", "")
    assert not {"ground", "reason"} & row.keys()
    assert RefusalRecord.objects.count() == 2
    assert "spelt wrongly" in text(at_desk("audrey").get(address))


def test_VE_12_the_page_says_that_a_colleague_was_quicker(at_desk, known, settings):
    settings.PROFILE = "eu"
    rita = at_desk("rita")
    page = rita.post(reverse("refusal-enter"), REFUSAL, follow=True)
    address = page.redirect_chain[-1][0]
    told = REFUSAL | {"seen": page.context["form"].initial["seen"], "reason": "spelt"}
    rita.post(address, told | {"name": "Elsa Vornhagen"})

    late = rita.post(address, told)

    assert late.status_code == 409
    assert "Somebody has changed" in text(late)
    assert late.context["form"]["seen"].value() != told["seen"]
    assert RefusalRecord.objects.current().get().name == "Elsa Vornhagen"


def test_what_waits_stands_on_today(at_desk, known, tmp_path):
    desk.holder("V-1", "Ilse Vornhagen")
    desk.load(tmp_path, ILSE)
    desk.ask()

    today = text(at_desk("sam").get("/today/"))

    assert "requests for vetting to answer" in today
    assert "names similar to an entry on a list" in today
