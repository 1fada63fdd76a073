"""All that is linked: recoveries, subjects, cases, and what was traced."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.intelligence import jobs, queries
from armstrace.intelligence.queries import picture, surveys
from armstrace.intelligence.queries.picture import NEAR
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.recoveries.actions import repeat_recoveries
from armstrace.recoveries.inputs import PlaceInput
from armstrace.tracing.actions import decisions
from armstrace.tracing.inputs import DecisionInput
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.investigations import EntryKind, PersonRole
from armstrace.vocabulary.networks import LinkKind, NodeKind
from armstrace.vocabulary.tracing import Establishment, TraceOutcome, TraceStanding
from tests import builders, cast
from tests.intelligence import desk, test_picture
from tests.investigations import desk as cases

pytestmark = pytest.mark.django_db


def test_the_whole_picture_holds_what_is_linked_and_no_other_arm():
    arm = builders.stolen_pistol()
    builders.registered(builders.an_arm("99"))
    (recovery,) = builders.recovered()
    test_picture.judge_same(recovery, arm)
    subject = desk.subject()
    desk.link(subject, f"R{recovery}", LinkKind.HAD)

    graph = queries.whole_picture(cast.ANALYST)

    expected = {
        f"A{arm}",
        f"R{recovery}",
        str(subject),
        desk.holder("M1"),
        desk.holder("D1"),
        desk.holder("P1"),
    }
    assert set(test_picture.keys(graph)) == expected
    assert {str(subject)} == set(
        test_picture.keys(queries.whole_picture(desk.PROSECUTOR))
    )


def test_a_new_recovery_has_at_once_the_links_that_a_full_run_gives():
    arm = builders.stolen_pistol()
    stated = [builders.a_recovery(n, case_number="26/1") for n in ("1", "2", "3")]
    test_picture.recovered(*stated[:2])
    (new,) = test_picture.recovered(stated[2])
    repeat_recoveries.note_resightings(recovery_ids=[new], by=cast.SYSTEM, at=cast.NOW)
    test_picture.judge_same(new, arm)

    at_once = test_picture.around(f"R{new}")
    in_full = queries.whole_picture(cast.ANALYST)

    assert links_of(new, at_once) == links_of(new, in_full)
    assert {each.kind for each in links_of(new, in_full)} >= {
        LinkKind.SAME_ARM,
        LinkKind.TAKEN_TOGETHER,
    }


def links_of(recovery, graph):
    ends = ((edge, {edge.start, edge.end}) for edge in graph.edges)
    return {
        edge for edge, both in ends if f"R{recovery}" in both and edge.kind not in NEAR
    }


def test_the_whole_picture_holds_subjects_of_cases_without_recoveries():
    case, named = cases.a_case(), desk.subject(by=cases.LEAD)
    said = cases.said(
        EntryKind.SUBJECT,
        "Ama Sample",
        subject_kind=NodeKind.PERSON,
        role=PersonRole.SUSPECT,
        origin="statement 4",
        subject_id=named.pk,
    )
    cases.enter(case, said)

    graph = queries.whole_picture(cast.ANALYST)

    assert (str(named), LinkKind.IN_CASE, case.reference) in test_picture.told(graph)


def test_a_recovery_is_linked_with_the_arm_to_which_it_was_traced():
    arm = builders.stolen_pistol()
    (recovery,) = builders.recovered()
    test_picture.judge_same(recovery, arm)
    closed = DecisionInput(
        recovery,
        TraceStanding.CLOSED,
        cast.NOW.date(),
        "theft report read",
        outcome=TraceOutcome.NO_DIVERSION,
        established=Establishment.OWN_REGISTER,
        arm_id=arm,
    )
    decisions.decide_traces(stated=[closed], by=cast.ANALYST, at=cast.NOW)

    (edge,) = (
        e
        for e in test_picture.around(f"R{recovery}").edges
        if e.kind is LinkKind.TRACED_TO
    )

    assert edge.end == f"A{arm}"
    assert str(edge.why).endswith(": still lawfully held: no diversion.")


def test_recoveries_share_what_the_register_and_people_say():
    arm = builders.stolen_pistol()
    (one,) = test_picture.recovered(
        builders.a_recovery("1", case_number="26/1", where=PlaceInput("Quay"))
    )
    test_picture.judge_same(one, arm)
    person, alike = desk.subject("Ama Sample"), desk.subject("Amma Sampel")
    phone = desk.subject("+999 55 012 345", NodeKind.PHONE)
    desk.link(person, f"R{one}", LinkKind.HAD)
    desk.link(person, phone, LinkKind.USES)

    (facts,) = surveys.facts(cast.ANALYST)
    (fewer,) = surveys.facts(desk.INVESTIGATOR)

    assert (facts.key, facts.case, facts.place) == (f"R{one}", "VNP 26/1", "Quay")
    assert (facts.buyer, facts.dealer) == (desk.holder("P1"), desk.holder("D1"))
    both = " ≈ ".join(sorted([str(person), str(alike)]))
    assert set(facts.people) == {str(person), str(phone), both}
    assert fewer.people == facts.people
    assert list(surveys.facts(desk.OTHER_INVESTIGATOR)) == []
    assert list(surveys.facts(desk.PROSECUTOR)) == []


def test_LP_13_the_whole_picture_is_kept_by_one_process():
    job = jobs.begin(by=cast.ANALYST, at=cast.NOW)

    def another_takes_over():
        Job.objects.filter(pk=job.pk, worker="one").update(worker="another")
        return cast.NOW

    with pytest.raises(RuleBroken, match="Another process"):
        jobs.survey(
            job, cast.ANALYST, cast.NOW, JobContext("one", clock=another_takes_over)
        )

    assert Job.objects.get(pk=job.pk).result == {}


def test_a_new_link_changes_what_the_picture_rests_on():
    one, other = desk.subject(), desk.subject("The Ring", NodeKind.GROUP)
    before = surveys.state_of_records()

    desk.link(one, other, LinkKind.MEMBER_OF)

    assert surveys.state_of_records() != before


def test_a_way_is_sought_round_the_stock_of_a_dealer_before_it_is_read():
    builders.holders()
    one, other, first, second = (desk.subject(f"S{number}") for number in range(4))
    dealer = desk.holder("D1")
    for start, end in ((one, dealer), (other, first), (other, second), (first, dealer)):
        desk.link(start, end)

    with CaptureQueriesContext(connection) as asked:
        found = picture.between(str(one), str(other), viewer=cast.ANALYST)

    assert found.paths.ways == ((str(one), str(dealer), str(first), str(other)),)
    assert not any("registry_lifeevent" in each["sql"] for each in asked)
