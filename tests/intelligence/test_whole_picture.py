"""All that is linked: recoveries, subjects, cases, and what was traced."""

import pytest

from armstrace.intelligence import queries
from armstrace.tracing.actions import decisions
from armstrace.tracing.inputs import DecisionInput
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
