"""A supervisor sees who has how much, who did what, what was waived and tuned."""

from datetime import timedelta

import pytest
from django.urls import reverse

from armstrace.audit import ledger
from armstrace.audit import queries as audit
from armstrace.audit.models import LedgerEntry
from armstrace.investigations import queries as investigations
from armstrace.investigations.actions import opening
from armstrace.investigations.inputs import NewCase
from armstrace.procedures.actions import following
from armstrace.recoveries.models import Recovery
from armstrace.registry.models import MatchingTuning, TuningInUse
from armstrace.tracing import queries
from armstrace.tracing.actions import assigning, decisions
from armstrace.tracing.inputs import DecisionInput
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.investigations import Aim
from armstrace.vocabulary.matching import TuningKind
from armstrace.vocabulary.tracing import TraceException, TraceOutcome, TraceStanding
from tests.ledger_guard import written_directly
from tests.web import world

pytestmark = pytest.mark.django_db

WEEK_LATER = world.NOON + timedelta(days=7)


def decide(recovery, by, at=world.NOON, **told):
    stated = {
        "recovery_id": recovery,
        "standing": TraceStanding.CLOSED,
        "outcome": TraceOutcome.RECORDS_UNAVAILABLE,
        "decided_on": at.date(),
        "reason": "the register burnt",
    }
    decisions.decide_traces(stated=[DecisionInput(**(stated | told))], by=by, at=at)


def waive(recovery, by, at=world.NOON):
    decide(
        recovery,
        by,
        at,
        standing=TraceStanding.EXCEPTED,
        outcome=None,
        exception=TraceException.AMNESTY_COLLECTION,
        reason="handed in, box 4",
    )


def test_what_each_person_has_and_did(at_desk, known, ana, sam):
    first, second, third, _ = known.recovered
    assigning.assign_recoveries(
        recovery_ids=[first, second, third], to="ana", by=sam, at=world.NOON
    )
    decide(first, ana)

    rows = {
        row.person: row
        for row in queries.workloads(viewer=sam, at=world.NOON + timedelta(days=1))
    }

    assert (rows["ana"].waiting, rows["ana"].late, rows["ana"].done) == (2, 0, 1)
    assert rows["ana"].oldest == world.NOON
    assert (rows["sam"].waiting, rows["sam"].oldest) == (0, None)
    later = queries.workloads(viewer=sam, at=world.NOON + timedelta(days=90))
    assert next((row.late, row.done) for row in later if row.person == "ana") == (2, 0)
    page = at_desk("sam").get(reverse("workload"))
    assert f"{reverse('work-queue')}?whose=all&amp;person=ana" in page.content.decode()
    oldest = page.content.decode().split('data-label="Oldest"')[1].split("</td>")[0]
    assert ":" not in oldest


def test_what_a_closed_account_still_has_is_marked(at_desk, known, ana, sam):
    assigning.assign_recoveries(
        recovery_ids=known.recovered[:1], to="ana", by=sam, at=world.NOON
    )
    case = NewCase(title="Leak", aims=(Aim.DISRUPT,), why="a tip", lead="ana")
    opening.open_case(given=case, by=ana, at=world.NOON)
    client = at_desk("sam")
    assert "account closed" not in client.get(reverse("workload")).content.decode()
    assert "can no longer act" not in client.get(reverse("today")).content.decode()
    address = reverse("person", args=[known.people["ana"].pk])
    before_closing = at_desk("ada").get(address).content.decode()
    assert "with this person: 1 recovery, 1 case to lead." in before_closing

    at_desk("ada").post(f"{address}close/", {"reason": "left the service"})

    assert "account closed" in client.get(reverse("workload")).content.decode()
    assert "can no longer act" in client.get(reverse("today")).content.decode()
    with pytest.raises(NotPermitted):
        queries.waiting_with("ana", viewer=sam)
    with pytest.raises(NotPermitted):
        investigations.open_work_of("ana", viewer=sam)
    with pytest.raises(NotPermitted):
        queries.left_behind(viewer=ana)


def test_a_supervisor_reassigns_what_a_person_has(at_desk, known, ana):
    first = known.recovered[0]
    assigning.assign_recoveries(recovery_ids=[first], to="ana", by=ana, at=world.NOON)
    client, address = at_desk("sam"), reverse("work-queue") + "?whose=all&person=ana"
    assert [
        r.traced.recovery.recovery_id for r, _ in client.get(address).context["rows"]
    ]

    sent = {"recovery": first, "act": "assign", "person": "sam", "next": address}
    client.post(reverse("work-assign"), sent)

    assert queries.assignment_of(first, viewer=ana).person == "sam"


def test_who_did_what_comes_from_the_ledger_with_links(at_desk, known, ana, sam):
    first, second, *_ = known.recovered
    decide(first, ana)
    assigning.assign_recoveries(recovery_ids=[second], to="ana", by=sam, at=WEEK_LATER)
    client, address = at_desk("sam"), reverse("acts-done")

    page = client.get(address, {"since": "2026-02-01", "person": "ana"})

    (told,) = page.context["rows"]
    assert (told.person, told.act, told.recoveries) == (
        "ana",
        "trace.decided",
        (first,),
    )
    words = page.content.decode()
    assert f'href="{reverse("recovery", args=[first])}">R{first}</a>' in words
    assert "decided on traces" in words
    asked = {"since": "2026-03-05", "until": "2026-03-08", "format": "csv"}
    file = b"".join(client.get(address, asked).streaming_content).decode()
    assert f"sam,trace.assigned,R{second},ana,1" in file
    assert "trace.decided" not in file
    assert LedgerEntry.objects.filter(act="ledger.read", actor="sam").count() == 2


def test_who_did_what_says_to_whom_work_went_and_of_what_a_step_is(
    at_desk, known, ana, sam
):
    numbers = known.recovered[:2]
    for person, at in (("ana", world.NOON), ("sam", WEEK_LATER)):
        assigning.assign_recoveries(recovery_ids=numbers, to=person, by=sam, at=at)
    assigning.release_recoveries(recovery_ids=numbers, by=sam, at=WEEK_LATER)
    following.follow_procedure(recoveries=numbers, by=ana, at=world.NOON)

    told = {
        (row.act, row.given_to, row.recoveries)
        for row in queries.acts_of_people(
            audit.EntryFilter(), viewer=sam, at=WEEK_LATER
        )
    }

    assert told >= {
        ("trace.assigned", "ana", (*numbers,)),
        ("trace.assigned", "sam", (*numbers,)),
        ("trace.released", "", (*numbers,)),
    }
    assert ("procedure.followed", "", (*numbers,)) in told
    page = at_desk("sam").get(reverse("acts-done"), {"since": "2026-02-01"})
    assert "took or handed on recoveries, to <bdi>ana</bdi>" in " ".join(
        page.content.decode().split()
    )


def test_every_act_of_the_hub_is_told_in_words(at_desk, known, sam):
    for act in ("loss.reported", "intake.chunk_loaded", "release.kept"):
        with ledger.entry(act, by=sam, at=world.NOON) as entry:
            entry.about_keys(Recovery, known.recovered[:1])
    asked = {"since": "2026-02-01", "person": "sam"}

    page = at_desk("sam").get(reverse("acts-done"), asked).content.decode()

    assert "recorded reports of loss or theft" in page
    assert "loaded part of a file" in page
    assert "loss.reported" not in page
    assert "release.kept" not in page


def test_what_was_done_in_a_case_is_told_by_the_case_alone(at_desk, known, ana):
    given = NewCase(title="Leak", aims=(Aim.DISRUPT,), why="a tip", is_sealed=True)
    opening.open_case(given=given, by=ana, at=world.NOON)
    asked = {"since": "2026-02-01", "person": "ana"}

    page = at_desk("sam").get(reverse("acts-done"), asked)

    assert not page.context["rows"]
    assert LedgerEntry.objects.filter(act="case.opened", actor="ana").exists()


def test_the_file_of_acts_holds_the_week_that_the_page_shows(at_desk, known, ana):
    decide(known.recovered[0], ana)

    sent = at_desk("sam").get(reverse("acts-done"), {"format": "csv"})

    assert b"trace.decided" not in b"".join(sent.streaming_content)


def test_what_others_than_the_hub_did_is_not_shown(at_desk, known):
    at_desk("otto").get("/today/")

    page = at_desk("sam").get(reverse("acts-done"), {"person": "otto"})

    assert page.status_code == 422
    assert not page.context["rows"]


def test_waivers_say_ground_person_and_day(at_desk, known, sam):
    first, second, *_ = known.recovered
    waive(first, sam)
    waive(second, sam, WEEK_LATER)
    decide(second, sam, WEEK_LATER + timedelta(days=1))
    client, address = at_desk("sam"), reverse("waivers")

    page = client.get(address)

    assert "Left untraced" in page.content.decode()
    assert "Waivers" not in page.content.decode()  # those are of steps
    rows = page.context["rows"]
    assert [(r.trace.recovery_id, r.superseded_at is None) for r in rows] == [
        (second, False),
        (first, True),
    ]
    ground = TraceException.AMNESTY_COLLECTION
    assert page.context["counted"] == [(ground, "sam", 2)]
    narrowed = client.get(address, {"until": "2026-03-02", "ground": ground.value})
    assert [r.trace.recovery_id for r in narrowed.context["rows"]] == [first]
    file = b"".join(client.get(address, {"format": "csv"}).streaming_content).decode()
    assert f'R{first},{ground.value},sam,2026-03-01,"handed in, box 4"' in file


@written_directly()
def a_tuning():
    kind = TuningKind.CALIBRATION
    tuning = MatchingTuning.objects.create(
        kind=kind,
        based_on="1",
        content={},
        replay={},
        cases=9,
        is_better=True,
        proposed_by="ana",
        known_at=world.NOON,
    )
    TuningInUse.objects.create(
        kind=kind,
        tuning=tuning,
        decided_by="sam",
        reason="better on 90 cases",
        known_at=WEEK_LATER,
    )


def test_tunings_say_who_and_when(at_desk, known):
    client, address = at_desk("sam"), reverse("tuning-uses")
    assert "No tuning was ever put into use" in client.get(address).content.decode()
    a_tuning()

    page = client.get(address).content.decode()

    assert "better on 90 cases" in page
    assert "8 Mar 2026" in page
    file = client.get(address, {"format": "csv"})
    assert b"ana,2026-03-01" in b"".join(file.streaming_content)


@pytest.mark.parametrize("name", ["workload", "acts-done", "waivers", "tuning-uses"])
@pytest.mark.parametrize("person", ["ana", "otto", "ada"])
def test_nobody_but_a_supervisor_supervises(at_desk, known, name, person):
    assert at_desk(person).get(reverse(name)).status_code == 403
