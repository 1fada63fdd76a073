"""A case is opened with an aim and a reason, and its number tells nothing."""

import pytest

from armstrace.investigations.actions import membership, opening
from armstrace.investigations.inputs import CaseInput
from armstrace.investigations.models import Case, CaseMember, CaseRecovery
from armstrace.investigations.queries import lists
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.investigations import Aim
from tests import cast
from tests.investigations import desk
from tests.investigations.desk import a_case

pytestmark = pytest.mark.django_db
LATER = cast.NOW.replace(hour=12)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("IV-01", {"title": " "}),
        ("IV-02", {"aims": ()}),
        ("IV-03", {"why": ""}),
        ("IV-05", {"lead": "nobody"}),
    ],
)
def test_IV_01_02_03_05_what_a_case_needs_to_be_opened(code, changes):
    with pytest.raises(RuleBroken) as refused:
        a_case(**changes)

    assert refused.value.rule == code
    assert not Case.objects.exists()


def test_IV_08_a_sealed_case_that_nobody_leads_is_not_opened():
    with pytest.raises(RuleBroken, match="led by one of its members"):
        a_case(by=cast.SYSTEM, agency="VNP", is_sealed=True)


def test_who_opens_and_who_leads_a_case_are_its_members():
    desk.people()
    case = a_case(by=cast.ANALYST, lead=desk.LEAD.name, agency="VNP")

    members = CaseMember.objects.current().filter(case=case)
    assert {one.person for one in members} == {cast.ANALYST.name, desk.LEAD.name}
    assert case.agency == "VNP"


def test_the_numbers_of_cases_do_not_count_them():
    numbers = [a_case(title=f"case {each}").pk for each in range(5)]

    assert numbers != sorted(numbers) or numbers[-1] - numbers[0] > 1_000
    assert all(1_000_000 <= number < 10_000_000 for number in numbers)


def test_a_recovery_of_another_agency_begins_no_case():
    (other,) = desk.found("S-9", agency="VCG")

    with pytest.raises(NotFound):
        a_case(other)
    assert not Case.objects.exists()


def test_an_officer_opens_no_case():
    with pytest.raises(NotPermitted):
        a_case(by=cast.OFFICER)


def test_neither_the_bookkeeping_of_procedures_nor_a_page_knows_a_sealed_case():
    first, second = desk.found("S-1", "S-2")
    case = a_case(first, is_sealed=True)

    assert lists.cases_by_recovery([first, second]) == {}
    assert lists.cases_of_recovery(first, viewer=desk.LEAD) == [case]
    for stranger in (desk.OTHER, desk.COLLEAGUE, cast.ANALYST, cast.OFFICER):
        assert lists.cases_of_recovery(first, viewer=stranger) == []


def test_a_correction_keeps_what_was_written_before():
    case = a_case()

    opening.correct_case(
        case_id=case.pk,
        given=CaseInput(title="The route", aims=(Aim.DISMANTLE,), main_case="9/2026"),
        reason="it is a group",
        by=desk.COLLEAGUE,
        at=LATER,
    )

    kept = Case.objects.get(pk=case.pk)
    last = kept.changes.order_by("pk").last()
    assert (kept.title, kept.lead) == ("The route", desk.LEAD.name)
    assert last.values["before"]["title"] == "Where the pistols came from"
    assert CaseRecovery.objects.count() == 0


def test_IV_34_the_hub_takes_no_case_from_the_agency_that_leads_it():
    case = a_case()
    membership.add_member(
        case_id=case.pk,
        person=cast.ANALYST.name,
        reason="traces the arms",
        by=desk.LEAD,
        at=LATER,
    )

    def led_by_the_hub(by):
        return opening.correct_case(
            case_id=case.pk,
            given=CaseInput(
                title="The route", aims=(Aim.DISRUPT,), lead=cast.ANALYST.name
            ),
            reason="the hub goes on",
            by=by,
            at=LATER,
        )

    with pytest.raises(RuleBroken) as refused:
        led_by_the_hub(cast.ANALYST)
    assert refused.value.rule == "IV-34"
    assert led_by_the_hub(desk.LEAD).lead == cast.ANALYST.name


def test_IV_30_a_correction_that_a_colleague_overtook_is_refused():
    case = a_case()
    told = {"case_id": case.pk, "reason": "it is a group", "by": desk.COLLEAGUE}
    told |= {"seen": case.changes.get().seen, "at": LATER}
    opening.correct_case(
        given=CaseInput(title="The route", aims=(Aim.DISMANTLE,)), **told
    )

    with pytest.raises(RuleBroken) as broken:
        opening.correct_case(
            given=CaseInput(title="The pistols", aims=(Aim.DISRUPT,)), **told
        )

    assert broken.value.rule == "IV-30"
    assert Case.objects.get(pk=case.pk).title == "The route"
