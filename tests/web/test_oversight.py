"""The auditor's desk: who looked, unusual use, the proof of the ledger."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.audit import consulted, keys
from armstrace.audit.models import Justification, LedgerEntry
from armstrace.jobs import proving, running
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.licensing.models import Holder
from armstrace.recoveries.actions import recording
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Scope
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.web.audit import presenters
from tests.ledger_guard import written_directly
from tests.web import world
from tests.web.test_work import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def signing(settings, tmp_path):
    settings.HOME = tmp_path
    keys.make_missing(keys.folder())


@pytest.fixture
def looked(at_desk, known, signing):
    """Let an officer and an analyst open a recovery, and name a holder."""
    recovery = known.recovered[0]
    at_desk("otto").get(reverse("recovery", args=[recovery]))
    at_desk("ana").get(reverse("recoveries"))
    at_desk("ana").post(
        reverse("arm-holders", args=[known.arms[0]]), {"reason": "to call on them"}
    )
    return known


def asked(client, **narrowed):
    page = client.get(reverse("consultations"), narrowed)
    assert page.status_code == 200
    return [(each.row.actor, each.row.kind) for each in page.context["rows"]]


def test_who_looked_at_a_record_is_one_form(at_desk, looked):
    found = asked(at_desk("audrey"), record=f"R{looked.recovered[0]}")

    assert found == [("ana", "LIST"), ("otto", "RECORD")]


def test_who_looked_at_the_photographs_of_a_record_is_told(
    at_desk, looked, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    number = looked.recovered[0]
    file = SimpleUploadedFile("left.png", PNG, "image/png")
    at_desk("otto").post(reverse("recovery-photograph", args=[number]), {"file": file})
    taken = Recovery.objects.get(pk=number).photographs.get()
    at_desk("ana").get(reverse("photograph", args=[number, taken.pk]))

    auditor = at_desk("audrey")
    assert asked(auditor, record=f"R{number}", kind="FILE") == [("ana", "FILE")]
    entry = LedgerEntry.objects.filter(act="file.viewed").latest("seq")
    page = auditor.get(reverse("ledger-entry", args=[entry.seq])).content.decode()
    assert f"opened: R{number}" in page
    assert "justification" not in page


def test_who_looked_at_a_holder_is_told_with_the_reason(at_desk, looked):
    page = at_desk("audrey").get(reverse("consultations"), {"record": "H-2"})

    assert "to call on them" in page.content.decode()
    assert {each.row.actor for each in page.context["rows"]} == {"ana"}


def test_who_looked_at_an_agencys_records(at_desk, looked):
    assert asked(at_desk("audrey"), agency="PC-SUL") == [("ana", "LIST")]


def test_a_persons_own_consultations_by_kind_purpose_and_period(at_desk, looked):
    client = at_desk("audrey")

    assert ("otto", "RECORD") in asked(client, actor="otto", purpose="INVESTIGATION")
    assert asked(client, actor="otto", purpose="TRACING") == []
    assert asked(client, actor="ana", kind="NAMES") == [("ana", "NAMES")]
    assert asked(client, actor="ana", until="2020-01-01") == []


def test_the_auditors_question_is_logged_too(at_desk, looked):
    client = at_desk("audrey")
    asked(client, record=f"R{looked.recovered[0]}")

    assert ("audrey", "LEDGER") in asked(client, actor="audrey")


def test_the_answer_is_exported_and_the_export_is_logged(at_desk, looked):
    client = at_desk("audrey")

    sent = client.get(reverse("consultations"), {"format": "csv", "actor": "otto"})

    told = b"".join(sent.streaming_content).decode()
    assert f"R{looked.recovered[0]}" in told
    assert ("audrey", "EXPORT") in asked(client, actor="audrey")


def test_what_cannot_be_read_is_said_and_kept(at_desk, looked):
    page = at_desk("audrey").get(reverse("consultations"), {"record": "nonsense"})

    assert page.status_code == 422
    assert "Write a record as R12" in page.content.decode()
    assert 'value="nonsense"' in page.content.decode()


def test_only_the_auditor_asks(at_desk, looked):
    for name in ("otto", "ana", "sam", "ada"):
        assert at_desk(name).get(reverse("consultations")).status_code == 403


def test_an_officer_sees_who_looked_at_an_own_case_without_the_reasons(at_desk, looked):
    number = looked.recovered[0]
    page = at_desk("otto").get(reverse("who-looked", args=[f"R{number}"]))

    assert page.status_code == 200
    assert "ana" in page.content.decode()
    assert all(each.row.reason == "" for each in page.context["rows"])
    stranger = at_desk("sara").get(reverse("who-looked", args=[f"R{number}"]))
    assert stranger.status_code == 404


def test_who_looked_at_an_own_case_is_narrowed_to_a_period_and_exported(
    at_desk, looked
):
    number, otto = looked.recovered[0], at_desk("otto")
    address = reverse("who-looked", args=[f"R{number}"])

    page = otto.get(address)
    none = otto.get(address, {"until": "2001-01-01"})
    file = otto.get(address, {"export": "csv"})

    assert "in a list" in page.content.decode()
    assert f"R{number}" in page.content.decode().partition("<table")[2]
    assert page.context["rows"]
    assert not none.context["rows"]
    assert b"ana" in b"".join(file) if file.streaming else b"ana" in file.content


def test_today_tells_the_auditor_when_the_ledger_was_verified(at_desk, looked):
    page = at_desk("audrey").get(reverse("today")).content.decode()

    assert "entries since the ledger was verified" in page
    assert "never verified" in page
    assert reverse("ledger-proof") in page


def test_an_officer_does_not_see_who_looked_at_what_belongs_to_no_agency(
    at_desk, looked
):
    arm, holder = looked.arms[0], Holder.objects.get(number="H-2").pk
    at_desk("otto").get(reverse("arm", args=[arm]))
    at_desk("sara").get(reverse("arm", args=[arm]))

    for name in ("otto", "sara"):
        page = at_desk(name).get(reverse("who-looked", args=[f"A{arm}"]))
        assert page.status_code == 404
    for record in (("registry.arm", arm), ("licensing.holder", holder)):
        with pytest.raises((NotFound, NotPermitted)):
            consulted.consultations_of(
                record, viewer=actors.actor_for(looked.people["otto"]), at=world.NOON
            )
    asked_by = at_desk("audrey").get(reverse("who-looked", args=[f"A{arm}"]))
    assert {"otto", "sara"} <= {each.row.actor for each in asked_by.context["rows"]}


def test_an_officer_whose_view_is_wide_sees_only_who_looked_at_own_cases(looked):
    officer = actors.actor_for(looked.people["sara"])
    wide = replace(officer, grants={**officer.grants, "recovery.view": Scope.ALL})

    with pytest.raises(NotFound):
        consulted.consultations_of(
            ("recoveries.recovery", looked.recovered[0]), viewer=wide, at=world.NOON
        )


def test_a_day_of_looking_in_order_is_shown_with_its_reason(at_desk, known, signing):
    client = at_desk("sara")
    with written_directly():
        people = known.people["sara"]
        people.full_name = "Person One"
        people.save()
    stated = [world.a_recovery(f"Z-{n}", agency="PC-SUL") for n in range(10)]
    made = world.recording.record_recoveries(
        source="T", stated=stated, by=actors.system_actor(), at=world.NOON
    )
    for one in made:
        client.get(reverse("recovery", args=[one.record_id]))

    page = at_desk("audrey").get(reverse("unusual-use", args=["sara"]))

    assert "in the order of their numbers" in page.content.decode()


def test_a_holder_of_ones_own_name_is_a_sign(at_desk, looked):
    with written_directly():
        ana = looked.people["ana"]
        ana.full_name = "Person Two"
        ana.save()

    page = at_desk("audrey").get(reverse("unusual-use", args=["ana"]))

    assert "same name as this person" in page.content.decode()


def test_an_entry_is_shown_with_the_proof_that_it_stands_in_the_ledger(at_desk, looked):
    entry = LedgerEntry.objects.filter(act="record.opened").earliest("seq")

    page = at_desk("audrey").get(reverse("ledger-entry", args=[entry.seq]))

    assert page.context["entry"].is_included
    assert "is in the ledger" in page.content.decode()
    assert (
        at_desk("audrey").get(reverse("ledger-entry", args=[10**9])).status_code == 404
    )


def test_an_entry_names_records_by_number_and_tables_in_words(at_desk, looked):
    number = looked.recovered[0]
    entry = LedgerEntry.objects.filter(act="record.opened", actor="otto").latest("seq")

    page = at_desk("audrey").get(reverse("ledger-entry", args=[entry.seq]))

    told = page.content.decode()
    assert (
        f'<a href="{reverse("recovery", args=[number])}">record opened: R{number}</a>'
        in told
    )
    assert "recoveries: 1" in told
    assert "recoveries.recovery" not in told
    assert "record.opened" not in told
    assert "<dt>seq" not in told
    assert "{&#x27;" not in told


def test_a_record_that_never_was_is_said_to_be_none(at_desk, looked):
    page = at_desk("audrey").get(reverse("consultations"), {"record": "R999999"})

    assert page.status_code == 422
    assert "There is no record R999999 here" in page.content.decode()


def test_a_table_without_words_is_named_by_its_area():
    assert presenters.count_in_words("transfers.goodsline", 2) == "Transfers: 2"
    assert presenters.count_in_words("licensing.application", 1) == (
        "applications for licences: 1"
    )


def test_a_filter_that_cannot_be_read_saves_nothing_and_says_no_such_thing(
    at_desk, looked
):
    page = at_desk("audrey").get(reverse("consultations"), {"record": "nonsense"})

    assert "Nothing has been searched yet" in page.content.decode()
    assert "Nothing has been saved" not in page.content.decode()


def test_a_checkpoint_is_kept_and_compared_when_the_ledger_has_grown(at_desk, looked):
    client = at_desk("audrey")
    note = client.post(reverse("ledger-checkpoint")).content
    client.get(reverse("recoveries"))

    def compare(content):
        file = SimpleUploadedFile("kept.txt", content)
        answer = client.post(reverse("ledger-compare"), {"note": file}, follow=True)
        return answer.content.decode()

    assert "is consistent with the checkpoint" in compare(note)
    assert "choose the file that was kept" in compare(b"no checkpoint")
    assert "choose the file that was kept" in compare(b"\xff\xfe\x00")


@pytest.mark.unledgered
def test_a_ledger_that_was_cut_contradicts_the_checkpoint(at_desk, looked):
    client = at_desk("audrey")
    client.get(reverse("recoveries"))
    note = client.post(reverse("ledger-checkpoint")).content
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_ledgerentry SET leaf = %s WHERE seq = 3", [b"x" * 32]
        )

    file = SimpleUploadedFile("kept.txt", note)
    answer = client.post(reverse("ledger-compare"), {"note": file})

    assert "is not consistent with this checkpoint" in answer.content.decode()


def test_the_ledger_is_proved_from_the_page(at_desk, looked):
    client = at_desk("audrey")

    client.post(reverse("ledger-prove"))
    job = Job.objects.get(kind=proving.KIND)
    by = actors.system_actor()
    proving.run(job, by=by, at=world.NOON, context=JobContext())

    page = client.get(reverse("ledger-proof"))
    told = page.context["found"]
    assert (
        told.entries
        == LedgerEntry.objects.filter(act="ledger.proof_begun").get().seq + 1
    )
    # The people of this small world were laid down behind the application.
    assert "accounts.user" in str(told.sentences[-1])
    assert str(told.sentences[0]) in page.content.decode()
    assert not LedgerEntry.objects.filter(
        act="ledger.proof_begun", operation="AUTH"
    ).exists()
    in_french = client.get(reverse("ledger-proof"), headers={"accept-language": "fr"})
    assert "à l’insu de l’application" in in_french.content.decode()


def test_a_second_wish_joins_the_proof_that_is_under_way(at_desk, looked):
    by = actors.system_actor()

    assert proving.begin(by=by, at=world.NOON) == proving.begin(by=by, at=world.NOON)


def test_LG_02_a_proof_that_another_process_took_over_writes_nothing(looked):
    by = actors.system_actor()
    job = Job.objects.get(pk=proving.begin(by=by, at=world.NOON))
    run = running.claim(
        job.pk,
        JobContext("one"),
        at=world.NOON,
        overtaken=proving.PROVED_ONCE.broken((False,)),
    )
    proving.run(job, by=by, at=world.NOON, context=JobContext("two"))

    with pytest.raises(RuleBroken) as refused:
        run.end(result={})

    assert refused.value.rule == "LG-02"


def test_a_reason_is_asked_for_before_a_name_is_shown(at_desk, known):
    client = at_desk("otto")
    address = reverse("recovery-person", args=[known.recovered[0]])

    answer = client.post(address)

    assert answer.status_code == 422
    assert "Person Nine" not in answer.content.decode()
    client.post(address, {"reason": "to return it"})
    assert Justification.objects.get().text == "to return it"


def test_a_correction_form_holds_no_name_until_it_is_asked_for(at_desk, known):
    client = at_desk("otto")
    address = reverse("recovery-correct", args=[known.recovered[0]])

    before = client.get(address).content.decode()
    why = {"show_person": "1", "why_person": "he says it is not his"}
    after = client.post(address, why | {"model": "typed before"})

    assert "Person Nine" not in before
    assert "Person Nine" in after.content.decode()
    assert "typed before" in after.content.decode()


def test_a_name_is_added_without_asking_where_none_is_on_file(at_desk, known):
    client = at_desk("otto")
    stated = world.a_recovery("N-90", taken_from="")
    (made,) = recording.record_recoveries(
        source="POLICE", stated=[stated], by=actors.system_actor(), at=world.NOON
    )

    form = client.get(reverse("recovery-correct", args=[made.record_id])).context

    assert "taken_from" in form["form"].fields
    assert not form["hides_person"]


def test_consultations_of_a_record_are_told_to_nobody_without_the_grant(looked):
    stranger = actors.actor_for(looked.people["stan"])

    with pytest.raises(NotPermitted):
        consulted.consultations_of(
            ("recoveries.recovery", looked.recovered[0]), viewer=stranger, at=world.NOON
        )
