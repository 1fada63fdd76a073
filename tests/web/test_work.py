"""What can be done through the pages, and what they say when it cannot."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from armstrace.analysis.synthetic.pictures import plate
from armstrace.recoveries.models import CandidateJudgement, Recovery, RecoveryRecord
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.tracing import DiversionKind, TraceStanding
from tests.web import world

pytestmark = pytest.mark.django_db

PNG = plate(["AB123"], seed=1)
RECOVERY = {
    "number": "D-1",
    "item_kind": "ARM",
    "arm_type": "pistol",
    "make": "Taurus",
    "serial": "TX?123",
    "modification": "UNKNOWN",
    "part_type": "OTHER_ESSENTIAL",
    "ammunition_kind": "UNKNOWN",
    "recovery_kind": "SEIZED",
    "recovered_on": "2025-04-02",
    "agency": "PC-NORTE",
    "place_kind": "UNKNOWN",
    "legal_justification": "UNKNOWN",
    "taken_from_is_holder": "UNKNOWN",
}


def test_signing_in_with_one_purpose_opens_today(client, people):
    answer = client.post(
        "/sign-in/", {"username": " Audrey ", "password": world.PASSWORD}
    )

    assert answer["Location"] == "/today/"


def test_signing_in_with_several_purposes_asks_for_one(client, people):
    answer = client.post("/sign-in/", {"username": "ana", "password": world.PASSWORD})
    assert answer["Location"].startswith("/purpose/")

    client.post(answer["Location"], {"purpose": "INVESTIGATION", "next": "/registry/"})

    page = client.get("/today/").content.decode()
    assert "criminal investigation" in page


def test_a_purpose_that_the_role_does_not_serve_is_not_taken(at_desk, people):
    client = at_desk("ana")

    client.post("/purpose/", {"purpose": "OVERSIGHT", "next": "/today/"})

    assert "oversight" not in client.get("/today/").content.decode()


@pytest.mark.unledgered
def test_a_role_that_changes_falls_back_to_a_purpose_that_it_serves(at_desk, people):
    client = at_desk("ana")
    client.post("/purpose/", {"purpose": "INVESTIGATION", "next": "/today/"})
    people["ana"].role = "REGISTRAR"
    people["ana"].save()

    page = client.get("/today/")

    assert page.status_code == 200
    assert "keeping the register" in page.content.decode()


def test_the_choice_of_purpose_never_leads_to_another_site(at_desk, people):
    answer = at_desk("ana").post(
        "/purpose/", {"purpose": "TRACING", "next": "https://example.org/"}
    )

    assert answer["Location"] == "/today/"


def test_signing_out_ends_the_session_and_is_an_entry(at_desk, people):
    client = at_desk("ana")

    assert client.post("/sign-out/")["Location"] == "/sign-in/"

    assert client.get("/today/").status_code == 302
    entries = at_desk("audrey").get(reverse("ledger"), {"actor": "ana"})
    assert "session.closed" in entries.content.decode()


def test_a_wrong_password_is_told_on_the_page(client, people):
    answer = client.post("/sign-in/", {"username": "ana", "password": "not this one"})

    assert "name or passphrase is wrong" in answer.content.decode()


def test_the_fifth_wrong_password_locks_the_name(client, people):
    for _ in range(5):
        answer = client.post("/sign-in/", {"username": "ana", "password": "wrong"})

    assert answer.status_code == 429
    assert "Too many failed attempts. Wait 15 minutes" in answer.content.decode()


def test_a_recovery_is_recorded_at_the_desk(at_desk, known):
    answer = at_desk("otto").post(reverse("recovery-record"), RECOVERY)

    made = Recovery.objects.get(source_number="D-1")
    address = reverse("recovery", args=[made.pk])
    assert answer["Location"] == f"{address}?recorded"
    assert made.records.get().serial_as_marked == "TX?123"


def test_an_officer_cannot_record_for_another_agency(at_desk, known):
    answer = at_desk("otto").post(
        reverse("recovery-record"), RECOVERY | {"agency": "PC-SUL"}
    )

    assert answer.status_code == 403
    assert not Recovery.objects.filter(source_number="D-1").exists()


def test_a_form_with_faults_says_which_and_records_nothing(at_desk, known):
    answer = at_desk("otto").post(
        reverse("recovery-record"), RECOVERY | {"recovered_on": "2999-01-01"}
    )

    assert "the year 2999 cannot be right" in answer.content.decode()
    assert not Recovery.objects.filter(source_number="D-1").exists()


def test_a_correction_keeps_the_earlier_state_with_the_reason(at_desk, known):
    recovery = known.recovered[0]
    client = at_desk("otto")
    page = client.get(reverse("recovery-correct", args=[recovery]))
    form = page.context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: "" if value is None else value for name, value in given.items()}

    client.post(
        reverse("recovery-correct", args=[recovery]),
        given | {"serial": "BK48010", "reason": "read again under the lamp"},
    )

    records = RecoveryRecord.objects.filter(recovery=recovery).order_by("pk")
    assert [r.serial_as_marked for r in records] == ["BK480?0", "BK48010"]
    assert records[1].reason == "read again under the lamp"
    assert records[1].taken_from == "Person Nine"
    page = client.get(reverse("recovery", args=[recovery])).content.decode()
    assert "read again under the lamp" in page


def test_the_person_is_shown_on_demand_and_the_ledger_keeps_who_asked(at_desk, known):
    recovery = known.recovered[0]

    address = reverse("recovery-person", args=[recovery])
    page = at_desk("otto").post(address, {"reason": "to return it"})

    assert "Person Nine" in page.content.decode()
    entries = at_desk("audrey").get(reverse("ledger"), {"actor": "otto"})
    assert "recovery.person_viewed" in entries.content.decode()


def test_a_statistician_does_not_learn_the_person(at_desk, known):
    answer = at_desk("stan").post(reverse("recovery-person", args=[known.recovered[0]]))

    assert answer.status_code == 403


def test_a_candidate_is_judged_with_a_reason(at_desk, known):
    recovery, arm = known.recovered[0], known.arms[0]
    address = reverse("recovery-judge", args=[recovery, arm])

    at_desk("ana").post(address, {"judgement": "SAME", "reason": "proof marks agree"})

    judged = CandidateJudgement.objects.get()
    assert (judged.judgement, judged.judged_by) == ("SAME", "ana")


def test_a_judgement_without_a_reason_is_refused(at_desk, known):
    recovery, arm = known.recovered[0], known.arms[0]
    address = reverse("recovery-judge", args=[recovery, arm])

    answer = at_desk("ana").post(address, {"judgement": "DIFFERENT", "reason": ""})

    assert answer.status_code == 409
    assert "RC-02" in answer.content.decode()
    assert not CandidateJudgement.objects.exists()


def test_a_decision_is_taken_back_and_all_of_it_stays_on_the_page(at_desk, known):
    recovery, arm = known.recovered[0], known.arms[0]
    address = reverse("recovery-judge", args=[recovery, arm])
    client, page = at_desk("ana"), reverse("recovery", args=[recovery])

    client.post(address, {"judgement": "UNSURE"})
    client.post(address, {"judgement": "DIFFERENT", "reason": "another stamp"})
    refused = client.get(page).content.decode()
    client.post(address, {"judgement": "WITHDRAWN", "reason": "wrong photograph"})
    open_again = client.get(page).content.decode()

    assert "leaves this arm out" in refused
    assert "<s>cannot tell</s>" in refused
    assert "leaves this arm out" not in open_again
    assert 'value="WITHDRAWN"' not in open_again
    assert "<s>different arm</s>, <bdi>another stamp</bdi>" in open_again
    assert "<strong>decision withdrawn</strong>" in open_again
    assert CandidateJudgement.objects.count() == 3


def test_RC_05_nothing_is_taken_back_where_nothing_is_decided(at_desk, known):
    address = reverse("recovery-judge", args=[known.recovered[0], known.arms[0]])

    answer = at_desk("ana").post(address, {"judgement": "WITHDRAWN", "reason": "why"})

    assert answer.status_code == 409
    assert "RC-05" in answer.content.decode()
    assert not CandidateJudgement.objects.exists()


def test_the_candidates_show_the_chance_that_it_is_none_of_them(at_desk, known):
    page = at_desk("ana").get(reverse("recovery", args=[known.recovered[0]]))

    text = page.content.decode()
    assert "None of them" in text
    assert f"A{known.arms[0]}" in text


def test_a_trace_runs_proposes_and_is_confirmed_by_a_person(at_desk, known):
    recovery = known.recovered[0]
    client = at_desk("ana")

    client.post(reverse("trace-at-home", args=[recovery]))
    page = client.get(reverse("trace", args=[recovery])).content.decode()
    assert "point of diversion proposed" in page
    assert "theft from a civilian holder" in page

    client.post(
        reverse("decide", args=[recovery, "confirm"]),
        {
            "kind": "HOLDER_THEFT",
            "on": "2019-08-14",
            "place": "Alturas",
            "country": "XV",
            "holder_number": "H-2",
            "established": "OWN_REGISTER",
            "reason": "the theft report names the arm",
        },
    )

    decision = TraceDecision.objects.get(superseded_at=None)
    assert decision.standing == TraceStanding.CLOSED
    assert decision.diversion_kind == DiversionKind.HOLDER_THEFT
    page = client.get(reverse("recovery", args=[recovery])).content.decode()
    assert "point of diversion confirmed" in page


def test_a_closed_trace_is_reopened_not_opened(at_desk, known):
    recovery = known.recovered[0]
    client = at_desk("ana")
    client.post(reverse("trace-at-home", args=[recovery]))
    form = next(
        act.form
        for act in client.get(reverse("trace", args=[recovery])).context["acts"]
        if act.address.endswith("/confirm/")
    )
    assert form.initial["kind"] == DiversionKind.HOLDER_THEFT
    assert form.initial["place"] == "Alturas"
    given = {name: form[name].value() for name in form.fields}
    given = {name: "" if value is None else value for name, value in given.items()}

    client.post(
        reverse("decide", args=[recovery, "confirm"]),
        given | {"kind": "HOLDER_THEFT", "reason": "Point of diversion identified."},
    )

    page = client.get(reverse("trace", args=[recovery])).content.decode()
    assert "Reopen the trace" in page
    assert "Open a trace" not in page
    assert "Point of diversion identified." not in page


def test_an_analyst_may_not_leave_an_arm_untraced(at_desk, known):
    recovery = known.recovered[0]
    page = at_desk("ana").get(reverse("recovery", args=[recovery])).content.decode()
    assert "may not do this" in page

    answer = at_desk("ana").post(
        reverse("decide", args=[recovery, "except"]),
        {"exception": "WAIVED", "reason": "too old"},
    )

    assert answer.status_code == 403
    assert not TraceDecision.objects.exists()


@pytest.mark.parametrize("name", ["stan", "audrey"])
def test_who_decides_nothing_reads_of_no_decision_to_take(at_desk, known, name):
    for there in ("recovery", "trace"):
        page = at_desk(name).get(reverse(there, args=[known.recovered[0]]))

        assert page.context["acts"] == ()
        assert "may not do this" not in page.content.decode()


def test_a_supervisor_leaves_an_arm_untraced_on_a_ground_with_a_reason(at_desk, known):
    at_desk("sam").post(
        reverse("decide", args=[known.recovered[1], "except"]),
        {"exception": "MANUFACTURED_BEFORE_1946", "reason": "proof house date 1921"},
    )

    assert TraceDecision.objects.get().standing == TraceStanding.EXCEPTED


def test_a_decision_without_its_reason_shows_the_form_again(at_desk, known):
    answer = at_desk("sam").post(
        reverse("decide", args=[known.recovered[1], "except"]), {"exception": "WAIVED"}
    )

    assert answer.status_code == 422
    assert not TraceDecision.objects.exists()


def test_a_photograph_is_added_and_shown(at_desk, known, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    recovery, client = known.recovered[0], at_desk("otto")
    picture = SimpleUploadedFile("left side.png", PNG, "image/png")

    client.post(
        reverse("recovery-photograph", args=[recovery]),
        {"file": picture, "caption": "left side"},
    )

    photograph = Recovery.objects.get(pk=recovery).photographs.get()
    address = reverse("photograph", args=[recovery, photograph.pk])
    answer = client.get(address)
    assert answer.content == PNG
    assert answer["Content-Type"] == "image/png"
    assert at_desk("sara").get(address).status_code == 404


def test_a_file_that_is_no_picture_is_refused(at_desk, known, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = SimpleUploadedFile("x.png", b"<script>alert(1)</script>", "image/png")

    answer = at_desk("otto").post(
        reverse("recovery-photograph", args=[known.recovered[0]]), {"file": page}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "query", ["kind=NONSENSE", "year=abc", "page=-4", "q=%00", "page=9"]
)
def test_a_filter_that_cannot_be_read_narrows_nothing(at_desk, known, query):
    assert at_desk("ana").get(f"{reverse('recoveries')}?{query}").status_code == 200


def test_marks_are_shown_as_text_whatever_they_hold(at_desk, known):
    at_desk("otto").post(
        reverse("recovery-record"),
        RECOVERY | {"serial": "<script>alert(1)</script>", "place": '"><img src=x>'},
    )

    made = Recovery.objects.get(source_number="D-1")
    for address in (reverse("recoveries"), reverse("recovery", args=[made.pk])):
        page = at_desk("otto").get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_an_exported_cell_never_runs_as_a_formula(at_desk, known):
    at_desk("otto").post(
        reverse("recovery-record"), RECOVERY | {"case_number": "=1+1", "serial": "A1"}
    )

    answer = at_desk("otto").get(reverse("recoveries") + "?format=csv")

    assert b"'=1+1" in b"".join(answer.streaming_content)


def test_a_list_is_exported_as_a_workbook(at_desk, known):
    answer = at_desk("ana").get(reverse("registry") + "?format=xlsx")

    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_no_purpose_is_stated_before_one_is_chosen(people):
    client, address = Client(), reverse("purpose")
    client.force_login(people["ana"], "django.contrib.auth.backends.ModelBackend")
    before = client.get(address).content.decode()

    client.post(address, {"purpose": "TRACING"})

    assert "with the purpose" not in before
    assert "with the purpose" in client.get(address).content.decode()
