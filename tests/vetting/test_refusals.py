"""The register of refusals, as Delegated Regulation (EU) 2021/1423 has it."""

from dataclasses import replace
from datetime import date

import pytest

from armstrace.records import jurisdiction
from armstrace.vetting import visibility
from armstrace.vetting.actions import refusals
from armstrace.vetting.models import RefusalRecord
from armstrace.vetting.queries import refusals as queries
from armstrace.vocabulary import profiles
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.profiles import RecordClass
from armstrace.vocabulary.vetting import Duration, RefusalState
from tests import cast
from tests.vetting import desk

pytestmark = pytest.mark.django_db
LAW = profiles.load("eu")
TODAY = desk.NOW.date()


@pytest.fixture(autouse=True)
def eu(settings):
    settings.PROFILE = "eu"


@pytest.mark.parametrize(
    ("changes", "visible", "review"),
    [
        ({}, date(2036, 5, 1), None),
        ({"decided_on": date(2022, 1, 30)}, None, None),
        ({"duration": Duration.INDEFINITE}, date(2036, 5, 1), date(2036, 5, 1)),
        (
            {"duration": Duration.INDEFINITE, "confirmed_on": date(2026, 9, 1)},
            date(2036, 9, 1),
            date(2036, 9, 1),
        ),
        (
            {"duration": Duration.FIXED_END, "ends_on": date(2029, 5, 1)},
            date(2039, 5, 1),
            None,
        ),
        (
            {"duration": Duration.FIXED_END, "ends_on": date(2046, 5, 1)},
            date(2036, 5, 1),
            date(2036, 5, 1),
        ),
        ({"revoked_on": date(2026, 6, 2)}, date(2036, 6, 2), None),
        ({"is_annulled": True}, None, None),
    ],
    ids="once before indefinite reviewed ends late revoked annulled".split(),  # noqa: SIM905
)  # fmt: skip
def test_how_long_other_states_see_a_refusal(changes, visible, review):
    told = desk.a_refusal(**changes)

    assert visibility.visible_until(told, LAW) == visible
    assert visibility.review_by(told, LAW) == review


def test_a_ban_past_ten_years_stays_visible_once_it_is_reviewed():
    told = desk.a_refusal(
        decided_on=date(2022, 2, 1),
        duration=Duration.FIXED_END,
        ends_on=date(2037, 2, 1),
        confirmed_on=date(2031, 2, 1),
    )

    assert visibility.review_by(told, LAW) is None
    assert visibility.visible_until(told, LAW) == date(2047, 2, 1)


def test_a_refusal_is_updated_by_a_new_state_with_its_reason():
    refusal = desk.refuse()
    refusals.correct_refusal(
        refusal_id=refusal.pk,
        stated=desk.a_refusal(revoked_on=date(2026, 6, 1)),
        reason="revoked by the court",
        by=desk.CLERK,
        at=desk.NOW + desk.days(1),
    )

    now, before = queries.refusal_page(refusal.pk, viewer=desk.CLERK)
    assert (now.revoked_on, before.revoked_on) == (date(2026, 6, 1), None)
    assert now.reason == "revoked by the court"


def test_VE_12_an_update_that_a_colleague_overtook_is_refused():
    refusal = desk.refuse()
    seen = RefusalRecord.objects.current().get(refusal=refusal).pk
    told = {"refusal_id": refusal.pk, "reason": "the court said so", "by": desk.CLERK}
    told |= {"stated": desk.a_refusal(revoked_on=date(2026, 6, 1)), "seen": seen}
    refusals.correct_refusal(**told, at=desk.NOW + desk.days(1))

    with pytest.raises(RuleBroken) as broken:
        refusals.correct_refusal(
            **told | {"stated": desk.a_refusal()}, at=desk.NOW + desk.days(2)
        )

    assert broken.value.rule == "VE-12"
    now = RefusalRecord.objects.current().get(refusal=refusal)
    assert now.revoked_on == date(2026, 6, 1)


def test_what_is_exchanged_is_what_is_visible_and_holds_no_ground():
    desk.refuse(name="Ilse Vornhagen")
    desk.refuse(name="Tomas Brendal", is_annulled=True)

    rows = queries.visible_refusals(viewer=desk.CLERK, today=TODAY)

    assert [each.name for each in rows] == ["Ilse Vornhagen"]
    columns = {each.name for each in RefusalRecord._meta.get_fields()}
    assert not columns & {"ground", "grounds", "why", "notes", "health", "conviction"}


def test_where_the_law_keeps_refusals_for_ever_they_stay_visible(monkeypatch):
    ever = [
        replace(each, years=None) if each.record is RecordClass.REFUSAL else each
        for each in LAW.retentions
    ]
    law = replace(LAW, retentions=tuple(ever))
    monkeypatch.setattr(jurisdiction, "profile", lambda: law)
    desk.refuse(name="Ilse Vornhagen")
    for gone in ({"is_annulled": True}, {"decided_on": date(2022, 1, 30)}):
        desk.refuse(name="Tomas Brendal", **gone)

    rows = queries.visible_refusals(viewer=desk.CLERK, today=date(2099, 1, 1))
    ended = queries.refusal_rows(
        queries.RefusalFilter(state=RefusalState.ENDED),
        viewer=desk.CLERK,
        today=TODAY,
        page=PageRequest(),
    )

    assert [each.name for each in rows] == ["Ilse Vornhagen"]
    assert [each.name for each in ended.rows] == ["Tomas Brendal"] * 2


def test_what_is_due_for_review_is_listed():
    old = desk.refuse(
        decided_on=date(2022, 2, 1),
        duration=Duration.INDEFINITE,
        confirmed_on=date(2022, 3, 1),
    )
    desk.refuse()

    def listed(state, today, text=""):
        where = queries.RefusalFilter(text, state)
        how = {"viewer": desk.CLERK, "today": today, "page": PageRequest()}
        return [e.refusal_id for e in queries.refusal_rows(where, **how).rows]

    assert listed("TO_REVIEW", TODAY) == []
    assert listed("TO_REVIEW", date(2031, 6, 1)) == [old.pk]
    assert listed("ENDED", date(2033, 1, 1)) == [old.pk]
    assert len(listed("VISIBLE", TODAY, "vornhagen")) == 2
    how = {"viewer": desk.CLERK, "today": date(2031, 6, 1)}
    assert queries.count_to_review(**how) == 1


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("VE-06", {"name": " "}),
        ("VE-06", {"authority": ""}),
        ("VE-07", {"decided_on": date(2027, 1, 1)}),
        ("VE-07", {"revoked_on": date(2026, 4, 1)}),
        ("VE-07", {"confirmed_on": date(2027, 4, 1)}),
        ("RS-03", {"born_on": desk.NOW.date() + desk.days(1)}),
        ("VE-08", {"duration": Duration.FIXED_END}),
        ("VE-08", {"ends_on": date(2030, 1, 1)}),
        ("VE-08", {"duration": Duration.FIXED_END, "ends_on": date(2026, 4, 1)}),
    ],
)
def test_VE_06_VE_07_VE_08_RS_03_a_refusal_says_who_when_and_until_when(rule, changes):
    with pytest.raises(RuleBroken) as refused:
        desk.refuse(**changes)

    assert refused.value.rule == rule
    assert RefusalRecord.objects.count() == 0


def test_a_stranger_neither_enters_nor_updates_nor_sees():
    refusal = desk.refuse()
    stated = desk.a_refusal()
    how = {"viewer": cast.STRANGER, "today": TODAY}
    act = {"by": cast.STRANGER, "at": desk.NOW}

    for ask in (
        lambda: queries.refusal_rows(
            queries.RefusalFilter(), **how, page=PageRequest()
        ),
        lambda: queries.visible_refusals(**how),
        lambda: queries.count_to_review(**how),
        lambda: queries.refusal_page(refusal.pk, viewer=cast.STRANGER),
        lambda: refusals.record_refusal(stated=stated, **act),
        lambda: refusals.correct_refusal(
            refusal_id=refusal.pk, stated=stated, reason="wrong", **act
        ),
    ):
        with pytest.raises(NotPermitted):
            ask()
