"""The linked picture: what is linked, by whom, and what nobody else sees of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.analysis.marks.description import Description
from armstrace.intelligence import queries
from armstrace.intelligence.actions import links, subjects
from armstrace.intelligence.queries import picture
from armstrace.investigations.actions import entries, membership
from armstrace.recoveries.actions import judging, recording
from armstrace.recoveries.inputs import PlaceInput
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.investigations import EntryKind, PersonRole
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind
from armstrace.vocabulary.tracing import Judgement
from tests import builders, cast
from tests.intelligence import desk
from tests.investigations import desk as cases

pytestmark = pytest.mark.django_db
KIND = LinkKind


def around(*keys, viewer=cast.ANALYST, **asked):
    return queries.neighbourhood(map(str, keys), viewer=viewer, **asked)


def told(graph):
    """Give the links as people say them."""
    return {(edge.start, edge.kind, edge.end) for edge in graph.edges}


def keys(graph):
    return [node.key for node in graph.nodes]


def test_asserted_links_say_who_on_what_and_how_good():
    one, other = desk.subject("Ama Sample"), desk.subject("The Ring", NodeKind.GROUP)
    made = desk.link(one, other, KIND.MEMBER_OF, from_on=date(2026, 1, 2))

    graph = around(one)

    (edge,) = graph.edges
    assert set(keys(graph)) == {str(one), str(other)}
    assert (edge.is_computed, edge.number, edge.grade) == (False, made.reference, "B2")
    assert str(edge.why) == f"{desk.INVESTIGATOR.name}, from: witness statement 7"
    assert edge.handling == "H0"


def test_what_was_removed_or_withdrawn_is_not_in_the_picture():
    one, other, third = desk.subject(), desk.subject(), desk.subject()
    gone = desk.link(one, other)
    desk.link(one, third)
    given = {"reason": "wrong person", "by": desk.INVESTIGATOR, "at": cast.NOW}
    links.remove_link(link_id=gone.pk, **given)
    subjects.withdraw_subject(subject_id=third.pk, **given)

    assert keys(around(one)) == [str(one)]
    assert around(third).nodes == ()


def test_a_judgement_of_sameness_is_a_link_that_is_not_computed():
    one, other = desk.subject(), desk.subject("Amma Sampel")
    desk.judge(one, other)

    (edge,) = around(other).edges
    assert (edge.kind, edge.is_computed) == (KIND.SAME_PERSON, False)


def test_records_of_an_arm_link_it_with_its_holders_loss_and_recovery():
    arm = builders.stolen_pistol()
    (recovery,) = builders.recovered()
    judge_same(recovery, arm)

    graph = around(f"R{recovery}", hops=2)

    assert told(graph) == {
        (f"R{recovery}", KIND.SAME_ARM, f"A{arm}"),
        (f"A{arm}", KIND.HELD_BY, desk.holder("M1")),
        (f"A{arm}", KIND.HELD_BY, desk.holder("D1")),
        (f"A{arm}", KIND.HELD_BY, desk.holder("P1")),
        (f"A{arm}", KIND.BOUGHT_FROM, desk.holder("M1")),
        (f"A{arm}", KIND.BOUGHT_FROM, desk.holder("D1")),
    }
    assert all(edge.is_computed for edge in graph.edges)
    labels = {node.key: node.label for node in graph.nodes}
    assert labels[desk.holder("D1")] == "Synthetic Dealer"
    assert (
        labels[desk.holder("P1")] == "P1"
    )  # a person's name is read on the holder's own page


def judge_same(recovery, arm):
    judging.judge_candidate(
        stated=judging.StatedJudgement(recovery, arm, Judgement.SAME, "marks agree"),
        by=cast.ANALYST,
        at=cast.NOW,
    )


def recovered(*stated):
    made = recording.record_recoveries(
        source="TEST", stated=stated, by=cast.SYSTEM, at=cast.NOW
    )
    return [one.record_id for one in made]


def test_a_dealer_shows_the_arms_that_passed():
    arm = builders.stolen_pistol()

    assert told(around(desk.holder("D1"))) >= {
        (f"A{arm}", KIND.HELD_BY, desk.holder("D1")),
        (f"A{arm}", KIND.BOUGHT_FROM, desk.holder("D1")),
    }


def test_arms_of_one_import_document_are_one_consignment():
    one, other = builders.registered(builders.an_arm("1"), builders.an_arm("2"))
    builders.a_life(
        *(
            builders.an_event(
                LifeEventKind.IMPORTED,
                "2015-01-10",
                number=f"I{number}",
                arm_number=number,
                document="IMP-77",
            )
            for number in ("1", "2")
        )
    )

    assert (f"A{one}", KIND.SAME_CONSIGNMENT, f"A{other}") in told(around(f"A{other}"))


def test_recoveries_near_each_other_are_linked_and_say_how_near(settings):
    where = PlaceInput("Quay", "North", "XV", latitude=10.0, longitude=20.0)
    aside = PlaceInput("Mill", "North", "XV", latitude=10.02, longitude=20.0)
    one, other, far = recovered(
        builders.a_recovery("1", where=where, description=builders.glock("BK48010")),
        builders.a_recovery("2", where=aside, description=builders.glock("BK48013")),
        builders.a_recovery(
            "3",
            recovered_on=date(2020, 1, 1),
            where=where,
            description=builders.glock("BK49013"),
        ),
    )

    graph = around(f"R{one}")

    assert told(graph) == {
        (f"R{one}", KIND.NEAR_SERIAL, f"R{other}"),
        (f"R{one}", KIND.NEAR_IN_TIME_AND_PLACE, f"R{other}"),
    }
    assert {str(edge.why) for edge in graph.edges} == {
        "The serial numbers are 3 apart and the make is the same.",
        "On the same day, 2.2 km apart.",
    }
    settings.NEAR_KM = settings.NEAR_SERIALS = 1
    assert around(f"R{one}").edges == ()
    assert around(f"R{far}").edges == ()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2025, 6, 2), "1 day and 0.0 km apart."),
        (date(2025, 6, 3), "2 days and 0.0 km apart."),
    ],
)
def test_days_between_near_recoveries_are_told_in_words(day, why):
    where = PlaceInput("Quay", "North", "XV", latitude=10.0, longitude=20.0)
    one, _ = recovered(
        builders.a_recovery("1", recovered_on=date(2025, 6, 1), where=where),
        builders.a_recovery("2", recovered_on=day, where=where),
    )

    assert why in {str(edge.why) for edge in around(f"R{one}").edges}


def test_recoveries_of_one_case_of_one_agency_were_taken_together():
    one, other, foreign = recovered(
        builders.a_recovery("1", case_number="26/1"),
        builders.a_recovery("2", case_number="26/1", description=Description("rifle")),
        builders.a_recovery("3", case_number="26/1", agency="VCG"),
    )

    assert told(around(f"R{one}")) == {(f"R{one}", KIND.TAKEN_TOGETHER, f"R{other}")}
    assert around(f"R{foreign}").edges == ()


def test_a_link_that_ends_outside_the_scope_leaves_no_trace():
    (own,) = recovered(builders.a_recovery("1"))
    (foreign,) = recovered(
        builders.a_recovery("2", agency="VCG", description=builders.glock("Q1"))
    )
    shared = desk.subject(by=cast.ANALYST)
    for recovery in (own, foreign):
        desk.link(shared, f"R{recovery}", KIND.HAD, by=cast.ANALYST)

    graph = around(shared, viewer=desk.INVESTIGATOR, most=2)

    assert keys(graph) == [str(shared), f"R{own}"]
    assert graph.left_out == {}


@pytest.mark.parametrize("code", list(HandlingCode))
def test_the_handling_code_bounds_the_picture_and_its_counts(code):
    given = {"handling": code, "restriction": "own unit only"}
    one = desk.subject()
    for _ in range(3):
        desk.link(one, desk.subject(**given), **given)

    seen = around(one, viewer=desk.OTHER_INVESTIGATOR, most=1)

    may_see = code in {HandlingCode.H0, HandlingCode.H1}
    assert seen.left_out == ({str(one): 3} if may_see else {})


def test_what_is_left_out_is_counted_and_the_latest_stays():
    one = desk.subject()
    others = [desk.subject() for _ in range(5)]
    for day, other in enumerate(others, 1):
        desk.link(one, other, from_on=date(2026, 1, day))

    graph = around(one, most=3)

    assert set(keys(graph)) == {str(one), str(others[3]), str(others[4])}
    assert graph.left_out == {str(one): 3}


def test_a_day_leaves_out_what_came_later_and_kinds_narrow():
    one, other = desk.subject(), desk.subject()
    third = desk.subject("The Ring", NodeKind.GROUP)
    desk.link(one, other, KIND.SUPPLIED, from_on=date(2026, 1, 1))
    desk.link(one, third, KIND.LEADS, from_on=date(2026, 6, 1))

    assert str(third) not in keys(around(one, until=date(2026, 3, 1)))
    assert set(keys(around(one, kinds={KIND.LEADS}))) == {str(one), str(third)}


def test_links_among_neighbours_are_given_too():
    one, other, third = desk.subject(), desk.subject(), desk.subject()
    for start, end in ((one, other), (one, third), (other, third)):
        desk.link(start, end)

    assert len(around(one).edges) == 3


def test_what_is_no_number_or_not_there_is_left_out():
    assert around("", "P0", "P99", "Q5", "DROP TABLE", "R" + "9" * 30).nodes == ()


def asked_of(graph):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        graph()
    return len(asked)


def test_as_many_questions_are_asked_for_many_neighbours_as_for_few():
    few, many = desk.subject(), desk.subject()
    desk.link(few, desk.subject())
    for _ in range(12):
        desk.link(many, desk.subject())

    assert asked_of(lambda: around(few)) == asked_of(lambda: around(many))


def test_where_nothing_is_farther_nothing_more_is_asked():
    alone = desk.subject()

    assert asked_of(lambda: around(alone)) == asked_of(lambda: around(alone, hops=2))


def test_a_hop_more_is_taken_only_while_all_can_be_read(monkeypatch):
    one, other, third = desk.subject(), desk.subject(), desk.subject()
    desk.link(one, other)
    desk.link(other, third)
    assert around(one, hops=None) == around(one, hops=2)

    monkeypatch.setattr(picture, "READABLE", 1)

    assert around(one, hops=None) == around(one, hops=1)


def test_of_a_dealers_stock_only_what_is_drawn_is_read():
    arm = builders.stolen_pistol()

    with CaptureQueriesContext(connection) as asked:
        graph = around(f"A{arm}")

    assert (f"A{arm}", KIND.HELD_BY, desk.holder("D1")) in told(graph)
    assert not [q for q in asked if '"holder_to_id" IN' in q["sql"]]


def test_a_link_to_a_sealed_case_is_not_there_for_who_is_no_member():
    case = cases.a_case()
    one = desk.subject(by=cases.LEAD)
    made = desk.link(
        one, case.reference, KIND.OTHER, by=cases.LEAD, review_on=desk.SOON
    )
    assert keys(around(one, viewer=cases.COLLEAGUE)) == [case.reference, str(one)]

    membership.seal_case(
        case_id=case.pk, is_sealed=True, reason="leak", by=cases.LEAD, at=cases.LATER
    )

    for viewer in (cases.COLLEAGUE, cast.ANALYST):
        assert keys(around(one, viewer=viewer)) == [str(one)]
        assert around(one, viewer=viewer, most=1).left_out == {}
        assert around(case.reference, viewer=viewer).nodes == ()
        assert queries.record_links(str(one), viewer=viewer).asserted == ()
        assert queries.links_to_review(viewer=viewer, today=desk.LATER) == []
        with pytest.raises(NotFound):
            queries.link(made.pk, viewer=viewer)
        with pytest.raises(InvalidInput):
            desk.link(one, case.reference, by=viewer)
    assert len(queries.record_links(str(one), viewer=cases.LEAD).asserted) == 1
    assert keys(queries.whole_picture(cases.COLLEAGUE)) == [str(one)]


def test_a_case_is_linked_with_its_recoveries_and_the_subjects_that_it_names():
    (item,) = cases.found("1")
    case, named = cases.a_case(item), desk.subject(by=cases.LEAD)
    entry = cases.enter(
        case,
        cases.said(
            EntryKind.SUBJECT,
            "Ama Sample",
            subject_kind=NodeKind.PERSON,
            role=PersonRole.SUSPECT,
            origin="statement 4",
            subject_id=named.pk,
        ),
    )
    expected = {
        (f"R{item}", KIND.IN_CASE, case.reference),
        (str(named), KIND.IN_CASE, case.reference),
    }

    for viewer in (cases.LEAD, cases.COLLEAGUE, cast.ANALYST):
        assert told(around(case.reference, viewer=viewer)) == expected
        assert case.reference in keys(around(named, viewer=viewer))
    assert keys(around(named, viewer=cases.OTHER)) == [str(named)]

    membership.seal_case(
        case_id=case.pk, is_sealed=True, reason="leak", by=cases.LEAD, at=cases.LATER
    )
    for viewer in (cases.COLLEAGUE, cast.ANALYST):
        assert keys(around(named, viewer=viewer)) == [str(named)]
        assert told(around(f"R{item}", viewer=viewer)) == set()
        assert case.reference not in keys(queries.whole_picture(viewer))
    assert told(around(case.reference, viewer=cases.LEAD)) == expected

    entries.withdraw_entry(
        case_id=case.pk,
        number=entry.number,
        reason="another man",
        by=cases.LEAD,
        at=cases.LATER,
    )
    assert keys(around(named, viewer=cases.LEAD)) == [str(named)]


def test_the_handling_code_of_an_entry_holds_in_the_picture_too():
    case, named = cases.a_case(), desk.subject(by=cases.LEAD)
    membership.add_member(
        case_id=case.pk,
        person=cases.PROSECUTOR.name,
        reason="charge",
        by=cases.LEAD,
        at=cases.LATER,
    )
    cases.enter(
        case,
        cases.said(
            EntryKind.SUBJECT,
            "Ama Sample",
            subject_kind=NodeKind.PERSON,
            role=PersonRole.SUSPECT,
            origin="statement 4",
            subject_id=named.pk,
            handling=HandlingCode.H1,
        ),
    )

    assert keys(around(named, viewer=cases.LEAD)) == [case.reference, str(named)]
    assert keys(around(named, viewer=cases.PROSECUTOR)) == [str(named)]
