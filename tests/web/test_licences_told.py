"""What pages of licences say of what was done and what comes next."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from armstrace.licensing import actions
from armstrace.licensing.models import ApplicationRecord, Holder, Licence
from armstrace.vetting.actions.vetting import answer_vetting
from armstrace.vetting.models import VettingRequest
from armstrace.vocabulary.licensing import LicenceAct
from armstrace.vocabulary.vetting import VettingAnswer
from tests import cast
from tests.licensing import desk
from tests.web.test_licences import do, text_of

pytestmark = pytest.mark.django_db


def test_a_page_says_what_is_still_to_come_though_nothing_is_missing(at_desk):
    made = desk.accepted()

    page = text_of(at_desk("lisa").get(f"/licences/{made.pk}/"))
    desk.do(made, LicenceAct.VET)
    asked = text_of(at_desk("lisa").get(f"/licences/{made.pk}/"))

    assert "The applicant has not been vetted yet" in page
    assert "Nothing is missing." not in page
    assert "Not heard yet:" in asked


@pytest.fixture
def at_reg(monkeypatch):
    """Let what is applied for be entered at Rita's office."""
    monkeypatch.setattr(desk, "REGISTRAR", replace(desk.REGISTRAR, agency="REG"))


def test_what_was_done_is_said_with_number_and_day(at_desk, at_reg):
    made = desk.drafted()

    page = text_of(do(at_desk("rita"), made, "send"))

    assert f"Application Q{made.pk} is sent. The decision is due on" in page


def test_revoking_says_what_the_holder_still_has(at_desk):
    desk.issued()
    held = Licence.objects.get()
    address = reverse("held-licence-act", args=[held.pk, "revoke"])

    asked = text_of(at_desk("lisa").get(address))
    told = {"ground": "BREACH", "reason": "inspection 4"}
    page = text_of(at_desk("lisa").post(address, told, follow=True))

    assert f"Licence {held.number} is revoked." in page
    assert "Other valid licences of the holder: 0." in page
    assert "Arms on record with the holder: 0." in asked


def test_a_renewal_starts_from_what_is_in_force(at_desk):
    number = desk.issued()
    record = ApplicationRecord.objects.current().get(licence_number=number)

    address = reverse("licence-apply", args=["possess"])
    asked = {"holder": "H-1", "of_licence": number, "kind": "RENEW"}
    page = at_desk("lisa").get(address, asked)

    first = page.context["form"].initial
    assert first["categories"] == record.categories != ""
    assert first["storage"] == record.storage != ""


def test_a_refusal_is_entered_from_what_the_application_says(at_desk, at_reg):
    made = desk.refused()
    rita = at_desk("rita")

    page = rita.get(f"/licences/{made.pk}/")
    address = reverse("refusal-enter") + f"?application={made.pk}"
    first = rita.get(address).context["form"].initial

    assert address in text_of(page)
    assert first["name"] == "Eva Sample"
    assert first["national_reference"] == f"Q{made.pk}"
    assert first["decided_on"] is not None


def test_licences_are_listed_and_those_that_end_soon_stand_on_today(at_desk):
    ends = timezone.localdate() + timedelta(30)
    desk.applicant(licence_number="L-77", licence_type="DEAL", valid_until=ends)
    lisa = at_desk("lisa")

    today = text_of(lisa.get(reverse("today")))
    listed = text_of(lisa.get(reverse("held-licences"), {"shown": "ENDING"}))
    handed = lisa.get(reverse("held-licences"), {"format": "csv"})

    assert f'href="{reverse("held-licences")}?shown=ENDING"' in today
    (licence,) = Licence.objects.all()
    assert f'href="{reverse("held-licence", args=[licence.pk])}"' in listed
    assert b"L-77" in b"".join(handed.streaming_content)


def test_LI_18_LI_19_the_forms_refuse_more_than_was_asked_or_proposed(at_desk):
    made = desk.in_vetting()
    desk.heard(made)
    lisa = at_desk("lisa")
    told = {"is_granted": "yes", "reason": "good", "quantity": "9", "categories": "B"}

    beyond = do(lisa, made, "propose", **told)
    desk.do(made, LicenceAct.PROPOSE, is_granted=True, reason="in order", quantity=1)
    more = told | {"quantity": "2", "valid_from": timezone.localdate()}
    granted = do(lisa, made, "decide", **more)

    codes = [page.context["form"].refused_by for page in (beyond, granted)]
    assert codes == ["LI-18", "LI-19"]


def test_a_request_for_vetting_leads_to_the_applications_of_its_subject(at_desk):
    made, lisa = desk.in_vetting(), at_desk("lisa")
    asked = VettingRequest.objects.get()

    page = lisa.get(reverse("vetting", args=[asked.pk])).content.decode()
    address = f"{reverse('licences')}?q={asked.subject}"

    assert address in page
    (row,) = lisa.get(address).context["rows"]
    assert row.reference == made.reference


def test_VE_13_vetting_is_offered_only_while_no_request_waits(at_desk):
    made = desk.accepted()
    lisa, address = at_desk("lisa"), reverse("application", args=[made.pk])
    form = f"{reverse('vetting-ask')}?subject=H{made.holder_id}&capacity=APPLICANT"
    before = text_of(lisa.get(address))
    asked = lisa.get(form).context["form"].initial

    there = lisa.post(form, asked, follow=True).request["PATH_INFO"]
    desk.do(made, LicenceAct.VET)
    after = text_of(lisa.get(address))
    again = lisa.get(form, follow=True)

    assert asked["name"] == "Eva Sample"
    assert form in before
    assert form not in after
    assert there in after
    assert "has not been answered yet" in after
    assert again.request["PATH_INFO"] == there
    assert "has already been asked for" in text_of(again)
    assert lisa.post(form, asked).context["form"].refused_by == "VE-13"


def test_who_decides_still_sees_what_vetting_answered(at_desk):
    made = desk.in_vetting()
    (asked,) = VettingRequest.objects.get_queryset()
    answer_vetting(
        request_id=asked.pk,
        answer=VettingAnswer.CLEAR,
        by=cast.SUPERVISOR,
        at=desk.MONDAY,
    )
    desk.heard(made)
    desk.do(made, LicenceAct.PROPOSE, is_granted=True, reason="in order")

    page = text_of(at_desk("lisa").get(reverse("application", args=[made.pk])))

    assert asked.reference in page
    assert "Valid until" in page


def test_the_history_says_what_a_change_changed(at_desk, at_reg):
    made = desk.drafted()
    given = desk.asked(quantity=3, purpose="hunting", born_on=None)
    how = {"by": desk.REGISTRAR, "at": desk.MONDAY}
    actions.change_application(application_id=made.pk, given=given, **how)

    page = at_desk("rita").get(f"/licences/{made.pk}/")

    (told,) = filter(None, page.context["changes"].values())
    assert [(each.before, each.after) for each in told] == [
        ("sport at the range of Casamar", "hunting"),
        ("2", "3"),
        ("1 May 1980", ""),
    ]
    assert "<bdi>hunting</bdi>" in text_of(page)


def test_an_applicant_is_not_told_what_is_proposed_in_the_history(at_desk, monkeypatch):
    trade = replace(desk.REGISTRAR, agency="DEALER-1")
    monkeypatch.setattr(desk, "REGISTRAR", trade)
    made = desk.in_vetting()
    desk.heard(made)
    said = {"is_granted": True, "reason": "one is enough", "quantity": 1}
    desk.do(made, LicenceAct.PROPOSE, **said)

    def told(name):
        page = at_desk(name).get(f"/licences/{made.pk}/")
        return list(filter(None, page.context["changes"].values()))

    assert (len(told("lisa")), told("dirk")) == (1, [])


def test_a_page_of_a_holder_leads_to_an_application_of_theirs(at_desk):
    number = desk.applicant()
    holder = Holder.objects.get()
    lisa, address = at_desk("lisa"), reverse("holder", args=[holder.pk])
    choose = f"{reverse('licence-kinds')}?holder={number}"
    form = f"{reverse('licence-apply', args=['possess'])}?holder={number}"

    assert choose in text_of(lisa.get(address))
    assert form in text_of(lisa.get(choose))
    assert lisa.get(form).context["form"].initial["holder"] == number
    assert choose not in text_of(at_desk("ana").get(address))
