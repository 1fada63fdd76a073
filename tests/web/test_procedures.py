"""Steps on the page of a recovery, the inbox, and procedures on pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from armstrace.accounts import actors
from armstrace.analysis.procedures import reading
from armstrace.procedures.actions import following, steps
from armstrace.procedures.inputs import StepBack
from armstrace.procedures.models import Followed, ProcedureVersion, Step
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.recoveries import CriminalContext
from tests.ledger_guard import written_directly
from tests.procedures import desk
from tests.web import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def grave(people):
    stated = world.a_recovery("G-1", criminal_contexts=(CriminalContext.TERRORISM,))
    system = actors.system_actor()
    (made,) = recording.record_recoveries(
        source="TEST", stated=[stated], by=system, at=world.NOON
    )
    following.follow_procedure(recoveries=[made.record_id], by=system, at=world.NOON)
    return made.record_id


def step(recovery_id, code):
    return Step.objects.current().get(recovery_id=recovery_id, code=code)


def address(recovery_id, code, act):
    return f"/recoveries/{recovery_id}/steps/1/{code}/{act}/"


def test_the_page_of_a_recovery_says_what_is_next_and_whose_turn_it_is(grave, at_desk):
    page = at_desk("ines").get(f"/recoveries/{grave}/").content.decode()

    assert "Open a parallel investigation of where the arm comes from" in page
    assert address(grave, "interview", "do") in page
    assert address(grave, "dna", "do") not in page
    assert "waiting for an earlier step" in page


def test_a_step_is_done_on_its_page_and_what_is_refused_stays_typed(grave, at_desk):
    ines = at_desk("ines")
    where = address(grave, "interview", "do")
    assert ines.get(where).status_code == 200

    refused = ines.post(where, {"evidence": "", "note": ""})
    done = ines.post(where, {"evidence": "Record 9/26", "note": ""}, follow=True)
    again = ines.post(where, {"evidence": "Record 9/26", "note": "", "seen": "1"})
    later = ines.get(where).content.decode()

    assert refused.status_code == 409
    assert "Write what shows" in refused.content.decode()
    assert "Record 9/26" in done.content.decode()
    assert "done, " in later
    assert "Back to the recovery" in later
    assert again.status_code == 409
    assert "Record 9/26" in again.content.decode()


def test_a_waiver_is_asked_by_one_and_decided_by_another(grave, at_desk):
    asked = {"ground": "NOT_POSSIBLE", "reason": "burnt"}
    at_desk("ines").post(address(grave, "dna", "ask"), asked)
    sam = at_desk("sam")

    inbox = sam.get("/steps/?due=asked").content.decode()
    assert address(grave, "dna", "waiver") in inbox
    told = sam.get(address(grave, "dna", "waiver")).content.decode()
    assert "burnt" in told
    assert "Refuse: the step has to be done" in told
    sam.post(address(grave, "dna", "waiver"), {"answer": "waive", "reason": "seen"})

    assert step(grave, "dna").state == "WAIVED"
    page = sam.get(f"/recoveries/{grave}/").content.decode()
    assert "waiver asked for: <bdi>burnt</bdi> (<bdi>ines</bdi>)" in page
    figures = sam.get("/steps/figures/").content.decode()
    assert "Waivers by supervisor" in figures


def test_who_decides_on_a_waiver_sees_that_an_earlier_one_was_refused(grave, at_desk):
    desk.ask(grave, "dna")
    desk.decide(grave, "dna", granted=False, reason="the laboratory is free")
    desk.ask(grave, "dna")

    told = at_desk("sam").get(address(grave, "dna", "waiver")).content.decode()

    assert f"refused by {desk.SUPERVISOR.name}" in told
    assert "the laboratory is free" in told


def test_who_decides_on_a_waiver_sees_that_who_asked_took_an_earlier_one_back(
    grave, at_desk
):
    asked = desk.ask(grave, "dna")
    taken_back = StepBack("the swab came")
    steps.take_back(step_id=asked.pk, said=taken_back, by=desk.ANALYST, at=desk.NOW)
    desk.ask(grave, "dna")

    told = at_desk("sam").get(address(grave, "dna", "waiver")).content.decode()

    assert "taken back by who asked" in told
    assert "refused by" not in told


def test_a_waiver_that_nobody_decided_on_is_withdrawn_and_no_step_reopened(
    grave, at_desk
):
    sam, where = at_desk("sam"), address(grave, "dna", "back")
    asked = {"ground": "NOT_POSSIBLE", "reason": "burnt"}
    told = sam.post(address(grave, "dna", "ask"), asked, follow=True)

    form = sam.get(where).content.decode()
    done = sam.post(where, {"reason": "the swab came"}, follow=True).content.decode()

    assert "Withdraw the request" in told.content.decode()
    assert "Evidence required: " in form
    assert "Reopen" not in form
    assert "Request withdrawn." in done


def test_PR_10_who_asked_for_a_waiver_is_told_who_decides_and_offered_no_form(
    grave, at_desk
):
    sam, where = at_desk("sam"), address(grave, "dna", "waiver")
    asked = {"ground": "NOT_POSSIBLE", "reason": "burnt"}
    sam.post(address(grave, "dna", "ask"), asked)

    told = sam.get(where).content.decode()
    today = sam.get(reverse("today")).content.decode()

    assert "You asked to waive “Examine for DNA" in told
    assert "a second person decides, of these roles" in told
    assert 'name="answer"' not in told
    assert "waivers that wait for a second person" in today


def test_a_recovery_is_closed_on_its_page_once_its_steps_have_ended(known, at_desk):
    pk = known.recovered[0]
    following.follow_procedure(recoveries=[pk], by=actors.system_actor(), at=world.NOON)
    ana = at_desk("ana")

    refused = ana.post(f"/recoveries/{pk}/close/", {"reason": ""})
    assert refused.status_code == 409
    assert ": 4; do them" in refused.content.decode()
    desk.waive_all(pk, at=world.NOON)
    closed = ana.post(f"/recoveries/{pk}/close/", {"reason": ""}, follow=True)
    assert "Reopen the recovery" in closed.content.decode()
    ana.post(f"/recoveries/{pk}/reopen/", {"reason": "a new witness"})

    assert not Followed.objects.get(recovery_id=pk).is_closed
    page = ana.get(f"/recoveries/{pk}/").content.decode()
    earlier = page.index("Steps before the recovery was reopened")
    assert "steps/2/identify/do/" in page[:earlier]
    assert "agreed" in page[earlier:]
    assert "steps/1/" not in page


def test_the_inbox_shows_own_steps_first_and_an_agency_its_own_alone(
    grave, known, at_desk
):
    ids = known.recovered[:3]
    following.follow_procedure(recoveries=ids, by=actors.system_actor(), at=world.NOON)

    ana = at_desk("ana").get("/steps/").content.decode()
    sara = at_desk("sara").get("/steps/").content.decode()

    assert ana.index("Identify the arm") < ana.index("Examine for DNA")
    assert f"R{known.recovered[2]}" in sara
    assert f"R{grave}" not in sara
    assert at_desk("ana").get("/steps/?due=late&agency=PC-SUL").status_code == 200


def test_today_counts_steps_and_sends_overdue_ones_to_the_supervisor(grave, at_desk):
    ines = at_desk("ines").get("/today/", follow=True).content.decode()
    sam = at_desk("sam").get("/today/", follow=True).content.decode()

    assert "steps for my role" in ines
    assert "overdue steps" in sam
    assert "PC-NORTE:" in sam


def test_a_procedure_is_read_as_a_table_with_its_flow_and_tried_on_a_year(
    grave, at_desk
):
    version = ProcedureVersion.objects.get()

    page = at_desk("sam").get(f"/procedures/{version.pk}/?year=2022").content.decode()

    assert "<svg" in page
    assert "Criminal context is any of trafficking of firearms" in page
    assert "2022" in page
    assert "in use" in page
    assert at_desk("otto").get(f"/procedures/{version.pk}/").status_code == 200


def test_the_year_to_try_a_procedure_on_is_last_year_unless_another_is_named(
    grave, at_desk
):
    version = ProcedureVersion.objects.get()

    page = at_desk("sam").get(f"/procedures/{version.pk}/").content.decode()

    assert f'name="year" value="{timezone.localdate().year - 1}"' in page


def test_the_shipped_procedure_is_read_in_the_readers_language(grave, at_desk):
    desk, version = at_desk("sam"), ProcedureVersion.objects.get()
    headers = {"Accept-Language": "fr"}

    for address in (f"/procedures/{version.pk}/", "/steps/", f"/recoveries/{grave}/"):
        page = desk.get(address, headers=headers).content.decode()

        assert "Identify the arm from its marks" not in page
        assert "Open a parallel investigation" not in page
    assert "Ouvrir une enquête parallèle" in page


def test_a_year_that_cannot_be_read_is_refused_and_no_other_is_tried(grave, at_desk):
    version = ProcedureVersion.objects.get()

    page = at_desk("sam").get(f"/procedures/{version.pk}/?year=20x2")

    assert page.status_code == 422
    assert "Waivers, expected" not in page.content.decode()


def test_a_version_is_loaded_previewed_used_and_taken_back(grave, at_desk):
    sam = at_desk("sam")
    text = reading.write(desk.with_step())
    sent = SimpleUploadedFile("p.toml", text.encode())

    page = sam.post("/procedures/", {"file": sent, "keep": ""}, follow=True)
    version = ProcedureVersion.objects.get(number="2")
    assert "1 open recovery would gain steps" in page.content.decode()
    assert reading.read(
        reading.parse(sam.get(f"/procedures/{version.pk}/file/").content.decode())
    ) == reading.read(desk.with_step())
    assert (
        "ask a second person" in sam.get(f"/procedures/{version.pk}/").content.decode()
    )
    use = f"/procedures/{version.pk}/use/"
    assert sam.post(use, {"gaining": "1"}).status_code == 409
    with written_directly():
        ProcedureVersion.objects.filter(pk=version.pk).update(kept_by="sue")
    sam.post(use, {"gaining": "1"})
    assert step(grave, "extra").state == "OPEN"
    change = version.changes.get()
    sam.post(f"/procedures/changes/{change.pk}/revert/", {"reason": "too early"})

    assert step(grave, "extra").state == "WITHDRAWN"


def test_a_file_with_faults_is_refused_in_a_sentence_each(at_desk):
    text = reading.write(desk.with_step(role="WIZARD", after=["extra"]))
    sent = SimpleUploadedFile("p.toml", text.encode())

    page = at_desk("sam").post("/procedures/", {"file": sent, "keep": ""})

    assert page.status_code == 422
    assert "which does no steps" in page.content.decode()
    assert "waits for itself" in page.content.decode()


def test_a_file_is_previewed_before_anything_is_kept(grave, at_desk):
    sent = SimpleUploadedFile("p.toml", reading.write(desk.with_step()).encode())

    page = at_desk("sam").post("/procedures/", {"file": sent, "check": ""})

    assert "1 open recovery would gain steps" in page.content.decode()
    assert not ProcedureVersion.objects.filter(number="2").exists()


def form_of(page):
    """Give what a browser would send of the editor as it is shown."""
    desk_ = page.context["desk"]
    sent = {}
    for form in (desk_.head, *desk_.triggers, *desk_.steps):
        for field in form:
            value = field.value()
            if value not in (None, ""):
                sent[field.html_name] = value
    for formset in (desk_.triggers, desk_.steps):
        for field in formset.management_form:
            sent[field.html_name] = field.value()
    return sent


def test_the_editor_keeps_what_it_shows_and_tells_each_fault(grave, at_desk):
    sam = at_desk("sam")
    first = ProcedureVersion.objects.get()
    sent = form_of(sam.get(f"/procedures/edit/?from={first.pk}"))
    assert sent["version"] == "2"
    sent |= {"name": "Ours"}

    wrong = sam.post("/procedures/edit/", sent | {"step-0-days": "", "check": ""})
    kept = sam.post("/procedures/edit/", sent | {"keep": ""})

    assert wrong.status_code == 422
    assert "“identify” has no clock" in wrong.content.decode()
    assert kept.status_code == 302
    made = ProcedureVersion.objects.get(number="2").procedure
    assert (made.steps, made.triggers) == (
        first.procedure.steps,
        first.procedure.triggers,
    )


def test_the_editor_previews_before_anything_is_kept(grave, known, at_desk):
    pk = known.recovered[0]
    following.follow_procedure(recoveries=[pk], by=actors.system_actor(), at=world.NOON)
    sam = at_desk("sam")
    sent = form_of(sam.get("/procedures/edit/")) | {"version": "2"}
    number = sent["step-TOTAL_FORMS"] - 1
    extra = {"code": "extra", "words": "Ask the neighbours", "role": "OFFICER"}
    extra |= {"triggers": "grave-context", "days": "2", "answer": "PERSON"}
    sent |= {f"step-{number}-{name}": value for name, value in extra.items()}

    page = sam.post("/procedures/edit/", sent | {"check": ""}).content.decode()

    assert "1 open recovery would gain steps" in page
    assert "2 would keep the steps they have" in page
    assert 'value="Ask the neighbours"' in page
    assert "Other working days" in page
    assert "keeps its deadline, role and evidence" in page
    assert ProcedureVersion.objects.count() == 1


def test_the_editor_loses_no_condition_of_a_trigger(grave, at_desk):
    values = reading.load_shipped() | {"version": "2"}
    country = {"fact": "country", "none_of": ["FR"]}
    values["trigger"][0]["when"] *= 2
    values["trigger"][0]["when"].append(country)
    first = desk.kept(values)
    sam = at_desk("sam")
    sent = form_of(sam.get(f"/procedures/edit/?from={first.pk}"))

    sam.post(f"/procedures/edit/?from={first.pk}", sent | {"keep": ""})

    made = ProcedureVersion.objects.get(number="3").procedure
    assert made.triggers == first.procedure.triggers


def test_today_draws_the_share_lead_times_and_waivers_for_the_hub(grave, at_desk):
    desk.waive(grave, "dna", at=world.NOON)
    ines = at_desk("ines")

    page = at_desk("sam").get("/today/").content.decode()

    assert "Recoveries that need a parallel case: 1; with one: 0." in page
    assert "Lead time of each step" in page
    assert desk.SUPERVISOR.name in page
    assert "/steps/figures/" in page
    assert "Lead time of each step" not in ines.get("/today/").content.decode()


def test_a_figure_leads_to_the_steps_that_it_counts(grave, at_desk):
    desk.waive(grave, "dna", at=world.NOON)
    sam = at_desk("sam")

    figures = sam.get("/steps/figures/").content.decode()
    waived = sam.get("/steps/?due=WAIVED&agency=PC-NORTE").content.decode()
    done = sam.get("/steps/?due=DONE&answer=CASE").content.decode()

    assert "?due=WAIVED&amp;code=dna" in figures
    assert "Examine for DNA" in waived
    assert "Identify the arm" not in waived.partition("<table")[2]
    assert f"R{grave}" not in done.partition("<main")[2]


def test_a_note_that_passes_over_a_near_certain_candidate_is_warned_of(known, at_desk):
    recovery, system = known.recovered[0], actors.system_actor()
    following.follow_procedure(recoveries=[recovery], by=system, at=world.NOON)
    ana, page = at_desk("ana"), f"/recoveries/{recovery}/"
    code = (
        Step.objects.current().get(recovery_id=recovery, answer="IDENTIFICATION").code
    )
    warned = "is nearly certain and nobody has decided on it"
    assert warned not in ana.get(page).content.decode()

    done = ana.post(
        address(recovery, code, "do"),
        {"evidence": "seen", "note": "known"},
        follow=True,
    )

    assert warned in done.content.decode()
    judged = reverse("recovery-judge", args=[recovery, known.arms[0]])
    ana.post(judged, {"judgement": "DIFFERENT", "reason": "another barrel"})
    assert warned not in ana.get(page).content.decode()
