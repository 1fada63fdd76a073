"""Subjects, links and judgements: recorded, corrected, removed, kept from others."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from armstrace.audit.models import LedgerEntry
from armstrace.intelligence import queries
from armstrace.intelligence.actions import links, subjects
from armstrace.intelligence.models import (
    OPENED_BY,
    Link,
    SamenessJudgement,
    Subject,
    SubjectRecord,
)
from armstrace.intelligence.queries import SubjectFilter, nodes
from armstrace.procedures.actions import withdrawing
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.intelligence import (
    ASSERTED_KINDS,
    COMPUTED_KINDS,
    SUBJECT_KINDS,
    Sameness,
)
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind
from armstrace.vocabulary.paging import PageRequest
from tests import builders, cast
from tests.intelligence import desk

pytestmark = pytest.mark.django_db


def refusal_of(act, *given, **named):
    with pytest.raises(RuleBroken) as refused:
        act(*given, **named)
    return refused.value.rule


@pytest.mark.parametrize("kind", SUBJECT_KINDS)
def test_a_subject_of_any_kind_is_recorded_as_written(kind):
    made = desk.subject("  Ama “Ace” Sample", kind)

    page = queries.subject_page(made.pk, viewer=desk.INVESTIGATOR, at=cast.NOW)
    assert page.record.name == "Ama “Ace” Sample"
    assert (page.record.grade, made.reference) == ("B2", f"P{made.pk}")


def test_what_has_records_of_its_own_is_no_subject():
    with pytest.raises(InvalidInput):
        desk.subject("a pistol", NodeKind.ARM)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("LP-01", {"name": " \u200b"}),
        ("LP-02", {"source": " "}),
        ("LP-03", {"handling": HandlingCode.H3}),
        ("LP-04", {"review_on": desk.TODAY}),
    ],
)
def test_LP_01_to_LP_04_what_is_not_whole_is_refused_and_leaves_nothing(code, changes):
    assert refusal_of(desk.subject, **changes) == code
    assert not Subject.objects.exists()


def test_a_correction_adds_a_record_and_keeps_the_one_before():
    made = desk.subject()

    subjects.correct_subject(
        subject_id=made.pk,
        stated=desk.a_subject("Ama Q. Sample", handling=HandlingCode.H2),
        reason="read again",
        by=desk.INVESTIGATOR,
        at=cast.NOW,
    )

    page = queries.subject_page(made.pk, viewer=desk.INVESTIGATOR, at=cast.NOW)
    assert [each.name for each in page.versions] == ["Ama Q. Sample", "Ama Sample"]
    assert page.record.reason == "read again"
    assert Subject.objects.get().handling == "H2"


def test_LP_11_who_was_slower_saves_nothing():
    made = desk.subject()
    seen = SubjectRecord.objects.get().pk
    given = {"subject_id": made.pk, "reason": "more is known", "seen": seen}
    given |= {"by": desk.INVESTIGATOR, "at": cast.NOW}
    subjects.correct_subject(stated=desk.a_subject("First"), **given)

    stated = desk.a_subject("Second")
    assert refusal_of(subjects.correct_subject, stated=stated, **given) == "LP-11"


def withdrawn():
    made = desk.subject("Bo Sample")
    subjects.withdraw_subject(
        subject_id=made.pk, reason="no ground left", by=desk.INVESTIGATOR, at=cast.NOW
    )
    return made


def test_a_withdrawn_subject_leaves_the_list_and_its_page_says_why():
    made = withdrawn()

    rows = queries.subject_rows(
        SubjectFilter(), viewer=desk.INVESTIGATOR, page=PageRequest()
    )
    page = queries.subject_page(made.pk, viewer=desk.INVESTIGATOR, at=cast.NOW)
    assert rows.rows == []
    assert (page.record.reason, page.subject.is_withdrawn) == ("no ground left", True)


def test_LP_05_nothing_is_linked_to_a_withdrawn_record():
    gone = withdrawn()

    with pytest.raises(RuleBroken) as refused:
        desk.link(desk.subject(), gone)
    assert refused.value.rule == "LP-05"
    assert str(refused.value) == (
        f"{gone} was withdrawn; choose the record that is used instead."
    )


def test_LP_05_nothing_is_linked_to_a_recovery_that_was_entered_twice():
    stated = (builders.a_recovery(number) for number in ("S-1", "S-2"))
    stands, double = builders.recovered(*stated)
    named = {"recovery_id": double, "same_as": stands, "reason": "sent twice"}
    withdrawing.withdraw_recovery(**named, by=cast.ANALYST, at=cast.NOW)

    made, by = desk.subject(), cast.ANALYST
    assert refusal_of(desk.link, made, f"R{double}", by=by) == "LP-05"
    assert desk.link(made, f"R{stands}", LinkKind.HAD, by=by).pk


@pytest.mark.parametrize("end", ["P999", "R7", "Z1", "nothing", "", "L1", "E1"])
def test_a_link_to_an_unknown_record_is_refused_in_one_sentence(end):
    with pytest.raises(InvalidInput) as refused:
        desk.link(desk.subject(), end)

    assert refused.value.field == "end"
    assert (end or "—") in str(refused.value)


def test_LP_06_a_record_is_not_linked_to_itself():
    made = desk.subject()

    assert refusal_of(desk.link, made, made.reference.lower()) == "LP-06"


@pytest.mark.parametrize("kind", [*COMPUTED_KINDS, LinkKind.SAME_PERSON])
def test_LP_07_what_is_computed_or_judged_is_not_asserted(kind):
    assert refusal_of(desk.link, desk.subject(), desk.subject(), kind) == "LP-07"


def test_every_kind_of_link_is_asserted_computed_or_judged():
    kinds = {*ASSERTED_KINDS, *COMPUTED_KINDS, LinkKind.SAME_PERSON}
    assert kinds == set(LinkKind)


def test_LP_08_a_link_does_not_end_before_it_begins():
    days = {"from_on": date(2026, 2, 1), "until_on": date(2026, 1, 1)}

    assert refusal_of(desk.link, desk.subject(), desk.subject(), **days) == "LP-08"


@pytest.mark.parametrize(
    "days",
    [
        {"until_on": date.max},
        {"from_on": date.min},
        {"review_on": date.max},
    ],
)
def test_RS_03_no_link_has_a_day_that_nobody_will_see(days):
    assert refusal_of(desk.link, desk.subject(), desk.subject(), **days) == "RS-03"
    assert not Link.objects.exists()


def test_a_link_joins_records_of_any_kind_and_keeps_its_grade():
    builders.holders()
    (arm,), (recovery,) = builders.registered(), builders.recovered()
    made = desk.subject(by=cast.ANALYST)

    for end in (f"A{arm}", f"r{recovery}", desk.holder("M1")):
        desk.link(made, end, LinkKind.SUPPLIED, by=cast.ANALYST)

    found = queries.record_links(made.reference, viewer=cast.ANALYST).asserted
    assert {row.other.key for row in found} == {
        f"A{arm}",
        f"R{recovery}",
        desk.holder("M1"),
    }
    assert {row.link.grade for row in found} == {"B2"}


def remove(made, reason="the witness took it back", by=desk.INVESTIGATOR):
    return links.remove_link(link_id=made.pk, reason=reason, by=by, at=cast.NOW)


def test_a_removed_link_stays_with_who_and_why():
    made = desk.link(desk.subject(), desk.subject())

    remove(made)

    found, _ = queries.link(made.pk, viewer=desk.INVESTIGATOR)
    assert found.removed_by == desk.INVESTIGATOR.name
    assert found.removed_because == "the witness took it back"


def test_LP_09_nothing_is_removed_or_judged_without_a_reason():
    one, other = desk.subject(), desk.subject()
    made = desk.link(one, other)

    assert refusal_of(remove, made, " ") == "LP-09"
    assert refusal_of(desk.judge, one, other, reason=".") == "LP-09"


def test_LP_10_a_link_is_removed_once():
    made = desk.link(desk.subject(), desk.subject())
    remove(made)

    assert refusal_of(remove, made) == "LP-10"


def test_another_agency_removes_nothing():
    made = desk.link(desk.subject(), desk.subject())

    with pytest.raises(NotPermitted):
        remove(made, by=desk.OTHER_INVESTIGATOR)


def test_nobody_judges_what_they_could_not_read_then():
    one, other = desk.subject(), desk.subject("Amma Sampel")

    with pytest.raises(NotPermitted):
        desk.judge(one, other, by=cast.ANALYST, handling=HandlingCode.H3)


def test_a_judgement_is_reversible_and_merges_nothing():
    one, other = desk.subject(), desk.subject("Amma Sampel")

    desk.judge(other, one)
    desk.judge(one, other, Sameness.WITHDRAWN)

    told = SamenessJudgement.objects.order_by("pk")
    assert [each.judgement for each in told] == ["SAME", "WITHDRAWN"]
    assert [each.superseded_at is None for each in told] == [False, True]
    assert Subject.objects.count() == 2


def test_two_agencies_have_a_word_each():
    one, other = desk.subject(), desk.subject()
    desk.judge(one, other)
    desk.judge(one, other, Sameness.DIFFERENT, by=cast.ANALYST)

    assert SamenessJudgement.objects.current().count() == 2


def test_LP_12_different_things_are_not_the_same():
    builders.holders()
    person, phone = desk.subject(), desk.subject("555 0100", NodeKind.PHONE)
    (recovery,) = builders.recovered()

    assert refusal_of(desk.judge, person, phone) == "LP-12"
    assert refusal_of(desk.judge, phone, f"R{recovery}") == "LP-12"
    assert desk.judge(person, f"R{recovery}").pk
    assert desk.judge(person, desk.holder("M1"), by=cast.ANALYST).pk


def test_an_investigator_judges_a_person_who_holds_arms_and_sees_the_number_alone():
    builders.holders()
    builders.registered()
    person, holder = desk.subject(), desk.holder("P1")
    assert desk.judge(person, holder, by=desk.INVESTIGATOR).pk

    shown = nodes.visible_nodes({holder}, viewer=desk.INVESTIGATOR)
    assert shown[holder].label == "P1"
    asked = {"viewer": desk.INVESTIGATOR, "at": cast.NOW, "reason": "case"}
    assert queries.compare_pair(person.reference, holder, **asked) is None


HANDLED = {
    HandlingCode.H0: {"own", "hub", "supervisor", "investigator", "prosecutor"},
    HandlingCode.H1: {"own", "hub", "supervisor", "investigator"},
    HandlingCode.H2: {"own", "hub", "supervisor"},
    HandlingCode.H3: {"own", "supervisor"},
}
"""Who besides nobody sees what an investigator of VNP recorded."""
EYES = {
    "own": desk.INVESTIGATOR,
    "hub": cast.ANALYST,
    "supervisor": cast.SUPERVISOR,
    "investigator": desk.OTHER_INVESTIGATOR,
    "prosecutor": desk.PROSECUTOR,
    "customs": desk.CUSTOMS,
    "stranger": cast.STRANGER,
}


@pytest.mark.parametrize("who", EYES)
@pytest.mark.parametrize("code", list(HandlingCode))
def test_the_handling_code_says_who_sees(code, who):
    given = {"handling": code, "restriction": "not to be shown at all"}
    one, other = desk.subject(**given), desk.subject(**given)
    made = desk.link(one, other, **given)
    viewer, sees = EYES[who], who in HANDLED[code]

    rows = queries.subject_rows(SubjectFilter(), viewer=viewer, page=PageRequest())
    assert (rows.total == 2) is sees
    for asked in (
        lambda: queries.record_links(str(one), viewer=viewer).asserted,
        lambda: queries.subject_page(one.pk, viewer=viewer, at=cast.NOW),
        lambda: queries.link(made.pk, viewer=viewer),
    ):
        if sees:
            assert asked()
        else:
            with pytest.raises(NotFound):
                asked()


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_no_H0_sees_no_other_code(role):
    may = cast.actor(role, "VNP").may

    assert may(OPENED_BY[HandlingCode.H0]) or not any(map(may, OPENED_BY.values()))


def test_nobody_records_what_they_could_not_see():
    with pytest.raises(NotPermitted):
        desk.subject(by=cast.OFFICER, handling=HandlingCode.H3, restriction="sealed")


def test_an_auditor_and_a_registrar_see_no_subject():
    for viewer in (cast.AUDITOR, cast.REGISTRAR, cast.STATISTICIAN):
        with pytest.raises(NotPermitted):
            queries.subject_rows(SubjectFilter(), viewer=viewer, page=PageRequest())


def test_the_ledger_keeps_who_looked_and_no_name():
    made = desk.subject("Zebedee Unusual")
    queries.subject_page(made.pk, viewer=cast.ANALYST, at=cast.NOW)

    entries = LedgerEntry.objects.order_by("seq")
    assert entries.last().act == "subject.viewed"
    assert not any("Zebedee" in each.body for each in entries)


def test_links_that_are_due_are_listed_the_longest_due_first():
    one, other = desk.subject(), desk.subject()
    soon = desk.link(one, other, review_on=desk.TODAY + timedelta(days=9))
    sooner = desk.link(other, one, review_on=desk.TODAY + timedelta(days=3))
    desk.link(one, other)

    found = queries.links_to_review(
        viewer=cast.ANALYST, today=desk.TODAY + timedelta(days=10)
    )
    assert found == [sooner, soon]
    assert Link.objects.count() == 3


def test_the_numbers_of_subjects_and_links_do_not_count_them():
    made = [desk.subject(f"Person {each}") for each in range(4)]
    links = [desk.link(made[0], each) for each in made[1:]]

    for rows in (made, links):
        steps = {later.pk - row.pk for row, later in pairwise(rows)}
        assert len(steps) == len(rows) - 1
        assert 1 not in steps
