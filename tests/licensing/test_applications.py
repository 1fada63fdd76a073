"""Applications: sent once, assessed, heard, decided by another, issued or refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from armstrace.audit import verify
from armstrace.licensing import actions, queries
from armstrace.licensing.models import Application, Licence, LicenceTerms
from armstrace.records import jurisdiction
from armstrace.vocabulary import profiles
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.licensing import (
    Department,
    GroundClass,
    LicenceAct,
    LicenceType,
    Turn,
)
from armstrace.vocabulary.paging import PageRequest
from tests.cast import OFFICER, TRADE
from tests.licensing import desk
from tests.licensing.desk import ASSESSOR, DAY, DECIDER, MONDAY, THIRD
from tests.registry import trade

pytestmark = pytest.mark.django_db


def refused_by(
    made: Application, act: LicenceAct, by: Actor = ASSESSOR, **said: Any
) -> str:
    with pytest.raises(RuleBroken) as broken:
        desk.do(made, act, by=by, **said)
    return broken.value.rule


def test_sending_the_same_form_twice_makes_one_application() -> None:
    first, second = desk.drafted(key="k1"), desk.drafted(key="k1")
    sent = [desk.do(first, LicenceAct.SEND) for _ in range(2)]

    assert first == second
    assert sent[0] == sent[1]
    assert Application.objects.count() == 1


@pytest.mark.parametrize("otherwise", [{"purpose": "hunting"}, {"quantity": 7}])
def test_RS_06_a_form_that_is_sent_again_with_something_else_is_not_lost_unsaid(
    otherwise: dict[str, Any],
) -> None:
    desk.drafted(key="k1")

    with pytest.raises(RuleBroken) as broken:
        desk.drafted(key="k1", **otherwise)

    assert broken.value.rule == "RS-06"
    assert Application.objects.count() == 1


def test_an_application_goes_its_whole_way_and_becomes_a_licence() -> None:
    number = desk.issued()

    licence, terms = Licence.objects.get(), LicenceTerms.objects.get()
    application = Application.objects.get()
    assert number == f"VFR-L-2026-{application.pk:06d}"
    assert (licence.number, licence.valid_until) == (number, date(2031, 3, 1))
    assert (terms.categories, terms.quantity, terms.stage) == ("B", 2, "ISSUED")
    assert [each.stage for each in application.records.order_by("pk")] == [
        *("DRAFT", "RECEIVED", "COMPLETE", "IN_VETTING", "IN_VETTING"),
        *("ADVISED", "DECIDED", "ISSUED"),
    ]
    assert verify.verify().findings == ()


def test_LI_03_what_a_setting_misses_needs_a_reason() -> None:
    made = desk.sent()

    assert refused_by(made, LicenceAct.ACCEPT) == "LI-03"
    desk.do(made, LicenceAct.ACCEPT, reason="known at this desk")

    assert desk.record_of(made).reason == "known at this desk"


def test_LI_02_a_duty_that_is_not_met_blocks(settings: Any) -> None:
    settings.PROFILE = "eu"
    made = desk.sent(born_on=date(2010, 1, 1))

    assert refused_by(made, LicenceAct.ACCEPT, reason="a good shot") == "LI-02"

    found = queries.standing_of(made.reference, viewer=ASSESSOR, at=MONDAY)
    assert found.blocks
    assert "LC-AGE" in [each.code for each in found.missing if each.blocks]


def test_LI_04_an_act_on_what_somebody_changed_meanwhile_is_refused() -> None:
    made = desk.sent()
    seen = desk.record_of(made).pk
    actions.change_application(
        application_id=made.pk, given=desk.asked(quantity=9), by=ASSESSOR, at=MONDAY
    )

    assert refused_by(made, LicenceAct.ACCEPT, reason="known", seen=seen) == "LI-04"


def test_LI_05_nobody_proposes_before_every_department_is_heard() -> None:
    made = desk.in_vetting()

    assert desk.record_of(made).turn == Turn.DEPARTMENTS
    assert refused_by(made, LicenceAct.PROPOSE, reason="good") == "LI-05"
    desk.heard(made)
    assert desk.record_of(made).turn == Turn.ASSESSOR


def test_LI_13_only_a_department_that_was_asked_is_heard() -> None:
    made = desk.in_vetting()

    assert refused_by(made, LicenceAct.HEAR, department=Department.FOREIGN) == "LI-13"


def test_LI_06_who_worked_on_it_does_not_decide() -> None:
    made = desk.proposed()

    assert refused_by(made, LicenceAct.DECIDE, **desk.granted()) == "LI-06"


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (desk.granted(ground=GroundClass.OTHER), "LI-07"),
        (desk.granted(valid_from=None), "LI-08"),
        (desk.granted(valid_until=date(2020, 1, 1)), "LI-08"),
        (
            desk.granted(valid_from=date(2020, 1, 1), valid_until=date(2026, 3, 1)),
            "LI-08",
        ),
    ],
)
def test_LI_07_LI_08_a_decision_is_whole(given: Any, rule: str) -> None:
    made = desk.proposed()

    assert refused_by(made, LicenceAct.DECIDE, DECIDER, **given) == rule


def test_a_quantity_is_one_or_more() -> None:
    made = desk.proposed()

    for act in (
        lambda: desk.drafted(quantity=-1),
        lambda: desk.do(made, LicenceAct.DECIDE, by=DECIDER, quantity=0),
    ):
        with pytest.raises(InvalidInput, match="write 1 or more") as broken:
            act()
        assert broken.value.field == "quantity"


def test_LI_09_what_was_refused_is_not_issued_and_the_other_way_round() -> None:
    no, yes = desk.decided(desk.REFUSED), desk.decided()

    assert refused_by(no, LicenceAct.ISSUE) == "LI-09"
    assert refused_by(yes, LicenceAct.REFUSE) == "LI-09"
    assert not Licence.objects.exists()


def test_LI_10_LI_11_a_question_is_answered_once_and_before_the_proposal() -> None:
    made = desk.in_vetting()
    desk.heard(made)
    desk.do(made, LicenceAct.ASK, words="Which safe?")
    answer = {"question": made.questions.get().pk, "words": "a big one"}

    assert desk.record_of(made).turn == Turn.APPLICANT
    assert refused_by(made, LicenceAct.PROPOSE, reason="good") == "LI-11"
    desk.do(made, LicenceAct.ANSWER, **answer)
    assert refused_by(made, LicenceAct.ANSWER, **answer) == "LI-10"


def test_LI_12_a_renewal_names_a_licence_of_the_applicant() -> None:
    number = desk.issued()

    for stated in (
        desk.again("L-9"),
        {"of_licence": number},
        desk.again(number) | {"holder": desk.applicant("H-2")},
    ):
        with pytest.raises(RuleBroken) as broken:
            desk.drafted(**stated)
        assert broken.value.rule == "LI-12"


def test_LI_14_a_withdrawal_needs_a_reason() -> None:
    assert refused_by(desk.sent(), LicenceAct.WITHDRAW, reason=" ") == "LI-14"


def test_a_refusal_is_visible_for_ten_years_and_is_overturned_by_another() -> None:
    made = desk.refused()
    assert desk.record_of(made).visible_until == date(2036, 3, 2)
    other = desk.drafted()
    desk.do(made, LicenceAct.APPEAL, reason="wrong")

    assert refused_by(made, LicenceAct.OVERTURN, DECIDER, reason="wrong") == "LI-06"
    found = queries.application_page(other.pk, viewer=ASSESSOR, at=MONDAY)
    assert "LC-REFUSED" in [each.code for each in found.missing]
    desk.do(made, LicenceAct.OVERTURN, by=THIRD, reason="wrong")

    found = queries.application_page(other.pk, viewer=ASSESSOR, at=MONDAY)
    assert "LC-REFUSED" not in [each.code for each in found.missing]
    assert desk.record_of(made).visible_until is None
    assert refused_by(made, LicenceAct.DECIDE, THIRD, **desk.granted()) == "LI-21"
    desk.do(made, LicenceAct.PROPOSE, is_granted=True, reason="in order")
    desk.do(made, LicenceAct.DECIDE, by=THIRD, **desk.granted())
    desk.do(made, LicenceAct.ISSUE)
    assert Licence.objects.get().is_valid_on(MONDAY.date())


def test_a_refusal_that_no_rule_ends_is_shown_for_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    law = replace(profiles.load("protocol"), retentions=())
    monkeypatch.setattr(jurisdiction, "profile", lambda: law)
    made = desk.refused()
    other = desk.drafted()

    found = queries.application_page(other.pk, viewer=ASSESSOR, at=MONDAY + 9999 * DAY)

    assert desk.record_of(made).visible_until is None
    assert "LC-REFUSED" in [each.code for each in found.missing]


def test_a_licence_is_renewed_and_varied_under_its_number() -> None:
    number = desk.issued()
    days = {"valid_from": date(2026, 3, 3), "valid_until": date(2036, 3, 1)}
    later = desk.granted(**days, quantity=5)
    asked = desk.again(number) | {"quantity": 5}
    made = desk.decided(later, at=MONDAY + DAY, **asked)
    desk.do(made, LicenceAct.ISSUE, MONDAY + DAY)

    now = Licence.objects.current().get()
    assert (now.number, now.valid_until) == (number, date(2036, 3, 1))
    assert LicenceTerms.objects.current().get().quantity == 5
    assert Licence.objects.count() == 2
    found = queries.application_rows(
        queries.ApplicationFilter(number),
        viewer=ASSESSOR,
        at=MONDAY,
        page=PageRequest(),
    )
    assert len(found.rows) == 2


def test_a_renewal_is_found_by_its_licence_before_it_is_decided() -> None:
    number = desk.issued()
    made = desk.drafted(**desk.again(number))

    found = queries.application_rows(
        queries.ApplicationFilter(number),
        viewer=ASSESSOR,
        at=MONDAY,
        page=PageRequest(),
    )

    assert made.pk in [each.application_id for each in found.rows]


def test_a_stranger_applies_for_nothing_and_sees_nothing() -> None:
    made = desk.sent()

    with pytest.raises(NotPermitted):
        queries.application_page(made.pk, viewer=OFFICER, at=MONDAY)
    with pytest.raises(NotFound):
        queries.application_page(made.pk, viewer=TRADE, at=MONDAY)
    with pytest.raises(NotFound):
        desk.do(made, LicenceAct.SEND, by=TRADE)


@pytest.mark.parametrize("content", [b"MZ\x90", b"%PDF-1.7 <</S/JavaScript/JS()>>"])
def test_a_program_is_no_document(tmp_path: Any, content: bytes) -> None:
    made = desk.drafted()
    file = desk.FileInput(content, "passport.pdf", tmp_path)

    with pytest.raises(InvalidInput):
        actions.attach_document(
            application_id=made.pk,
            kind=desk.DocumentKind.IDENTITY,
            file=file,
            by=ASSESSOR,
            at=MONDAY,
        )


def test_an_attached_document_is_no_longer_missing(tmp_path: Any) -> None:
    made = desk.drafted()
    before = queries.application_page(made.pk, viewer=ASSESSOR, at=MONDAY).missing
    desk.attached(made, tmp_path)
    after = queries.application_page(made.pk, viewer=ASSESSOR, at=MONDAY)

    assert "LC-IDENTITY" in [each.code for each in before]
    assert "LC-IDENTITY" not in [each.code for each in after.missing]
    (kept,) = after.documents
    opened = queries.open_document(
        made.pk, kept.pk, folder=tmp_path, viewer=ASSESSOR, at=MONDAY
    )
    assert opened.content == desk.PDF


def _of_the_trade(number: str) -> Application:
    given = desk.asked(holder=desk.applicant(number), activity=LicenceType.DEAL)
    return actions.draft_application(given=given, key=number, by=TRADE, at=MONDAY)


def _reports_for(number: str) -> None:
    trade.agency()
    trade.assigned(number)


def test_LI_15_an_agency_of_the_trade_applies_for_its_own_business_alone() -> None:
    desk.applicant("H-2")
    _reports_for(desk.applicant("H-1"))

    with pytest.raises(RuleBroken, match="the business for which it reports") as broken:
        _of_the_trade("H-2")
    given = replace(desk.asked(activity=LicenceType.DEAL), holder="H-NONE")
    with pytest.raises(RuleBroken) as unknown:
        actions.draft_application(given=given, key="none", by=TRADE, at=MONDAY)

    assert broken.value.rule == "LI-15"
    assert str(unknown.value) == str(broken.value)
    assert not Application.objects.exists()
    assert _of_the_trade("H-1").agency == TRADE.agency


def test_an_applicant_reads_neither_advice_nor_vetting_nor_what_is_proposed() -> None:
    _reports_for(desk.applicant("H-1"))
    made = _of_the_trade("H-1")
    desk.do(made, LicenceAct.SEND, by=TRADE)
    desk.do(made, LicenceAct.ACCEPT, reason="the rest is in an inner note")
    desk.do(made, LicenceAct.VET)
    desk.heard(made, words="an informant names him")

    pages = [
        queries.application_page(made.pk, viewer=viewer, at=MONDAY)
        for viewer in (ASSESSOR, TRADE)
    ]
    checks = [
        queries.standing_of(made.reference, viewer=viewer, at=MONDAY)
        for viewer in (ASSESSOR, TRADE)
    ]

    assert [len(page.advice) > 0 for page in pages] == [True, False]
    assert ["inner note" in str([e.reason for e in p.history]) for p in pages] == [
        True,
        False,
    ]
    for told in (pages, checks):
        codes = [{each.code for each in one.missing} for one in told]
        assert codes[0] - codes[1] == {"LC-VETTING"}


def test_a_licence_has_the_number_of_the_office_that_issues_it() -> None:
    _reports_for(desk.applicant("H-1"))
    made = _of_the_trade("H-1")
    desk.do(made, LicenceAct.SEND, by=TRADE)
    desk.do(made, LicenceAct.ACCEPT, reason="the papers come by post")
    desk.do(made, LicenceAct.VET)
    for each in made.advice.all():
        desk.heard(made, department=each.department)
    desk.do(made, LicenceAct.PROPOSE, is_granted=True, reason="all is in order")
    desk.do(made, LicenceAct.DECIDE, by=DECIDER, **desk.granted())

    issued = desk.do(made, LicenceAct.ISSUE)

    assert issued.licence_number == f"{ASSESSOR.agency}-L-2026-{made.pk:06d}"


def test_the_trade_checks_the_licences_of_its_own_business_alone() -> None:
    others = desk.issued(holder=desk.applicant("H-2"))
    _reports_for(desk.applicant("H-1"))

    with pytest.raises(NotFound):
        queries.standing_of(others, viewer=TRADE, at=MONDAY)

    assert queries.standing_of(others, viewer=ASSESSOR, at=MONDAY).number == others
