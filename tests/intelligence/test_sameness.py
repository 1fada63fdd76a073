"""Subjects that may be one: found in any spelling, proposed, never merged."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.intelligence import queries
from armstrace.intelligence.actions import subjects
from armstrace.intelligence.models import NameKey, SamenessJudgement, SamenessProposal
from armstrace.intelligence.queries import SubjectFilter
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.intelligence import Sameness
from armstrace.vocabulary.networks import HandlingCode, NodeKind
from armstrace.vocabulary.paging import PageRequest
from tests import builders, cast
from tests.intelligence import desk

pytestmark = pytest.mark.django_db

TWENTY = "\n".join(
    [
        *("Mohammed Al-Harbi", "Muhammad Alharbi", "Mohamed el Harbi", "M. Al Harbi"),
        *("Mohamad Harby", "Mehmet Alharbi", "Mouhamed El-Harbi", "Muhamad al Harbiy"),
        *("Магомед Аль-Харби", "Мухаммад Альхарби", "Мохаммед Харби", "М. Харби"),
        *("محمد الحربي", "محمّد حربي", "محمد ال حربي", "الحربي محمد", "م. الحربي"),
        *("Mohammed Harbi", "Al-Harbi, Mohammed", "Mahomet Harbi"),
    ]
)


def found(text, viewer=desk.INVESTIGATOR):
    rows = queries.subject_rows(
        SubjectFilter(text), viewer=viewer, page=PageRequest()
    ).rows
    return [row.reference for row in rows]


def near(made, viewer=desk.INVESTIGATOR):
    return queries.candidates(made.pk, viewer=viewer)


@pytest.mark.parametrize("asked", ["Muhammed Alharbi", "محمد الحربي", "Харби", "harbi"])
def test_a_person_with_twenty_spellings_in_three_scripts_is_found(asked):
    made = desk.subject("Mohammed Al-Harbi", other_names=TWENTY)
    desk.subject("Ama Sample")

    assert found(asked) == [str(made)]


@pytest.mark.parametrize("name", ["Mohamed Alharbi", "محمد الحربي", "Мухаммад Харби"])
def test_a_name_in_another_script_is_proposed_with_its_reasons(name):
    known = desk.subject("Ace", other_names=TWENTY)
    made = desk.subject(name)

    (candidate,) = near(made)

    assert candidate.record.subject.reference == str(known)
    assert candidate.score.score > 0.7
    assert str(candidate.score.sentence)


def test_what_is_judged_is_proposed_no_more_until_it_is_taken_back():
    one, other = desk.subject("Ama Sample"), desk.subject("Ama Sampel")
    assert len(queries.proposals(viewer=desk.INVESTIGATOR)) == 1

    desk.judge(one, other, Sameness.DIFFERENT)
    assert near(one) == []
    assert queries.proposals(viewer=desk.INVESTIGATOR) == []

    desk.judge(one, other, Sameness.WITHDRAWN)
    assert len(near(one)) == len(queries.proposals(viewer=desk.INVESTIGATOR)) == 1


def test_judgements_that_contradict_each_other_are_said_until_one_is_taken_back():
    one, other, third, fourth = (desk.subject(name) for name in "ABCD")
    desk.judge(one, other)
    desk.judge(other, third)
    desk.judge(third, fourth, Sameness.DIFFERENT)
    assert queries.contradictions(str(one), viewer=desk.INVESTIGATOR) == []

    desk.judge(one, third, Sameness.DIFFERENT)
    (said,) = queries.contradictions(str(other), viewer=desk.INVESTIGATOR)
    first, second = sorted((one, third), key=str)
    assert f"{first} and {second} are judged different" in str(said)
    assert f"{first} = {other} = {second}" in str(said)
    assert queries.contradictions(str(other), viewer=cast.STRANGER) == []

    desk.judge(one, third, Sameness.WITHDRAWN)
    assert queries.contradictions(str(other), viewer=desk.INVESTIGATOR) == []


def test_a_subject_of_another_kind_or_unlike_name_is_not_proposed():
    desk.subject("Ama Sample", NodeKind.GROUP)
    desk.subject("Bo Other")

    assert near(desk.subject("Ama Sample")) == []


def test_a_phone_is_found_by_its_digits_however_they_are_parted():
    one = desk.subject("+99 (555) 01-00", NodeKind.PHONE)
    made = desk.subject("99 555 0100", NodeKind.PHONE)

    assert [each.record.subject.reference for each in near(made)] == [str(one)]
    assert set(found("995550100")) == {str(one), str(made)}


def test_what_the_handling_code_keeps_is_not_proposed():
    desk.subject("Ama Sample", handling=HandlingCode.H3, restriction="own unit")
    made = desk.subject("Ama Sample")

    assert near(made, cast.ANALYST) == []
    assert queries.proposals(viewer=cast.ANALYST) == []
    assert len(queries.proposals(viewer=cast.SUPERVISOR)) == 1
    assert found("Ama", cast.ANALYST) == [str(made)]


def test_a_correction_and_a_withdrawal_keep_the_keys_in_step():
    desk.subject("Ama Sample")
    made = desk.subject("Ama Sample")
    given = {"subject_id": made.pk, "by": desk.INVESTIGATOR, "at": cast.NOW}

    subjects.correct_subject(
        stated=desk.a_subject("Bo Other"), reason="mistaken", **given
    )
    assert not SamenessProposal.objects.exists()
    assert found("Bo") == [str(made)]

    subjects.withdraw_subject(reason="no ground left", **given)
    assert not NameKey.objects.filter(subject_id=made.pk).exists()


def test_a_word_that_very_many_have_still_finds_some_and_costs_as_little():
    made = desk.subject("Mohamed Rare")
    NameKey.objects.bulk_create(
        NameKey(key=key, subject_id=900_000 + n)
        for key in NameKey.objects.filter(subject_id=made.pk).values_list(
            "key", flat=True
        )
        if "+" not in key
        for n in range(600)
    )
    desk.subject("Mohamed Rare")

    with CaptureQueriesContext(connection) as asked:
        assert len(near(made)) == 1
    assert len(asked) <= 7


def test_the_score_that_was_seen_stays_with_the_judgement():
    one, other = desk.subject("Ama Sample"), desk.subject("Ama Sampel")

    seen = queries.compare_pair(
        str(one), str(other), viewer=desk.INVESTIGATOR, at=cast.NOW
    )

    assert 0.7 < seen.score.score < 1
    assert (seen.one, seen.other) == ("Ama Sample", "Ama Sampel")


def test_a_holder_and_a_person_an_arm_was_taken_from_are_compared_too():
    builders.holders()
    (recovery,) = builders.recovered(builders.a_recovery(taken_from="Bo Samplé"))
    one, other = desk.subject("Ama Sample"), desk.subject("Bo Sample")
    asked = {"viewer": cast.ANALYST, "at": cast.NOW, "reason": "case 26/118"}

    assert queries.compare_pair(str(one), desk.holder("P1"), **asked).score.score == 1
    assert queries.compare_pair(f"R{recovery}", str(other), **asked).score.score > 0.8
    unseen = queries.compare_pair(
        str(one),
        desk.holder("P1"),
        viewer=desk.INVESTIGATOR,
        at=cast.NOW,
        reason="case",
    )
    assert unseen is None


def test_LP_20_a_judgement_on_a_withdrawn_subject_is_only_taken_back():
    one, other = desk.subject("Ama Sample"), desk.subject("Ama Sampel")
    desk.judge(one, other)
    subjects.withdraw_subject(
        subject_id=other.pk, reason="another person", by=desk.INVESTIGATOR, at=cast.NOW
    )

    with pytest.raises(RuleBroken) as refused:
        desk.judge(one, other, Sameness.DIFFERENT)
    assert refused.value.rule == "LP-20"
    desk.judge(one, other, Sameness.WITHDRAWN)

    kept = SamenessJudgement.objects.current().get()
    assert kept.judgement == Sameness.WITHDRAWN


def test_two_units_that_wrote_the_same_learn_of_each_other_and_not_what():
    other = replace(desk.INVESTIGATOR, name="oda", agency="VOT")
    one = desk.subject("5 Mill Lane", NodeKind.ADDRESS, handling=HandlingCode.H2)
    two = desk.subject("5 MILL LANE", NodeKind.ADDRESS, other, handling=HandlingCode.H2)
    desk.subject("6 Mill Lane", NodeKind.ADDRESS, other)

    assert near(one) == []
    assert queries.other_units(one.pk, viewer=desk.INVESTIGATOR) == [("VOT", "")]
    (told,) = queries.other_units(two.pk, viewer=other)
    assert told[0] == desk.INVESTIGATOR.agency


def test_no_unit_is_told_of_what_is_bound_by_H3():
    other = replace(desk.INVESTIGATOR, name="oda", agency="VOT")
    one = desk.subject("Ama Sample")
    bound = {"handling": HandlingCode.H3, "restriction": "own unit"}
    desk.subject("Ama Sample", by=other, **bound)

    assert queries.other_units(one.pk, viewer=desk.INVESTIGATOR) == []
