"""Applications for licences on the pages: applied for, worked on, refused in words."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from armstrace.licensing import standing
from armstrace.licensing.models import Application
from armstrace.records import jurisdiction
from armstrace.vocabulary import profiles
from armstrace.vocabulary.licensing import AdviceAnswer, LicenceAct
from armstrace.web import listing
from tests.licensing import desk
from tests.registry import trade

pytestmark = pytest.mark.django_db

APPLIED = {
    "holder": "H-1",
    "kind": "NEW",
    "purpose": "sport",
    "categories": "B",
    "quantity": "2",
    "storage": "a safe",
    "born_on": "1980-05-01",
    "key": "k" * 32,
}


def text_of(response):
    return html.unescape(response.content.decode())


def do(client, application, slug, **told):
    return client.post(form_of(application, slug), told, follow=True)


def form_of(application, slug):
    return reverse("application-act", args=[application.pk, slug])


def label_of(page, name):
    return page.split(f'for="id_{name}"')[1].split("</label>")[0]


def stage_of(application):
    return desk.record_of(application).stage


def test_what_the_law_asks_for_is_not_called_optional(at_desk):
    form = at_desk("rita").get(reverse("licence-apply", args=["deal"]))

    page = text_of(form)
    assert "optional" not in label_of(page, "storage")
    assert "optional" in label_of(page, "quantity")


def test_somebody_applies_and_the_same_form_sent_twice_makes_one(
    at_desk, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    rita = at_desk("rita")
    desk.applicant()
    form = reverse("licence-apply", args=["possess"])
    assert len(rita.get(form).context["form"]["key"].value()) == 32

    pages = [rita.post(form, APPLIED, follow=True) for _ in range(2)]

    made = Application.objects.get()
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert "proof of identity" in text_of(pages[0])
    paper = SimpleUploadedFile("a.pdf", desk.PDF, "application/pdf")
    program = SimpleUploadedFile("a.pdf", b"MZ" + desk.PDF, "application/pdf")
    refused = do(rita, made, "attach", document="IDENTITY", file=program)
    assert "neither a PDF nor" in text_of(refused)
    page = do(rita, made, "attach", document="IDENTITY", file=paper)
    (kept,) = page.context["page"].documents
    sent = rita.get(reverse("application-document", args=[made.pk, kept.pk]))
    assert re.fullmatch(r'attachment; filename=".*\.pdf"', sent["Content-Disposition"])
    assert sent["Content-Security-Policy"].startswith("sandbox")
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "The applicant has not been vetted yet" in text_of(page)
    do(rita, made, "send")
    assert stage_of(made) == "RECEIVED"


def test_a_form_of_another_stage_says_what_may_be_done(at_desk):
    made = desk.sent()

    page = do(at_desk("lisa"), made, "issue")

    assert page.status_code == 409
    assert "received" in text_of(page)


def test_LI_04_who_was_overtaken_can_send_the_form_again(at_desk):
    made = desk.sent()
    lisa = at_desk("lisa")
    typed = {"seen": desk.record_of(made).pk, "note": "known at this desk"}
    do(lisa, made, "ask", cause="QUESTION", words="Which safe?")

    page = do(lisa, made, "accept", **typed)

    form = page.context["form"]
    assert (page.status_code, form.refused_by) == (409, "LI-04")
    assert form["seen"].value() == str(desk.record_of(made).pk)
    do(lisa, made, "accept", **typed | {"seen": form["seen"].value()})
    assert stage_of(made) == "COMPLETE"


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("withdraw", {"reason": "no longer wanted"}),
        ("hear", {"department": "POLICE", "advice": "NO_OBJECTION"}),
    ],
)
def test_LI_04_what_a_colleague_did_meanwhile_is_not_undone_unseen(at_desk, act, typed):
    made, lisa = desk.in_vetting(), at_desk("lisa")
    seen = desk.record_of(made).pk
    do(lisa, made, "ask", cause="QUESTION", words="Which safe?")

    page = do(lisa, made, act, seen=seen, **typed)

    assert page.status_code == 409
    assert page.context["form"].refused_by == "LI-04"


def test_a_licence_is_decided_by_a_second_officer(at_desk, people):
    made = desk.proposed()
    lisa = at_desk("lisa")
    decision = {
        "seen": desk.record_of(made).pk,
        "is_granted": "yes",
        "valid_from": str(tomorrow := timezone.localdate() + desk.DAY),
        "reason": "no objection",
    }

    do(lisa, made, "decide", **decision)
    page = do(lisa, made, "issue")

    record = desk.record_of(made)
    assert (record.stage, record.decided_by) == ("ISSUED", "lisa")
    assert record.valid_from == tomorrow
    assert record.licence_number in text_of(page)


def test_who_worked_on_it_is_not_offered_the_decision(at_desk):
    made = desk.in_vetting()
    desk.heard(made)
    lisa = at_desk("lisa")
    do(lisa, made, "propose", is_granted="no", reason="unsafe")

    page = lisa.get(reverse("application", args=[made.pk]))

    assert "decide" not in [slug for slug, _ in page.context["acts"]]
    refused = do(
        lisa, made, "decide", is_granted="no", ground="STORAGE", reason="wrong"
    )
    assert refused.status_code == 409


def test_the_queue_shows_the_oldest_first_and_goes_out_as_a_file(at_desk):
    late = desk.sent(at=desk.MONDAY + desk.DAY)
    early, draft = desk.sent(), desk.drafted()
    lisa = at_desk("lisa")

    page = lisa.get(reverse("licences"))
    file = lisa.get(reverse("licences") + "?format=csv")

    rows = [row.reference for row in page.context["rows"]]
    assert rows == [early.reference, late.reference, draft.reference]
    told = b"".join(file.streaming_content).decode()
    assert early.reference in told
    narrowed = lisa.get(reverse("licences") + "?stage=DRAFT")
    assert [row.reference for row in narrowed.context["rows"]] == [draft.reference]


def test_a_question_stops_the_clock_and_says_so(at_desk):
    made = desk.sent()
    lisa = at_desk("lisa")

    do(lisa, made, "ask", cause="QUESTION", words="Which safe?")

    page = lisa.get(reverse("application", args=[made.pk]))
    assert page.context["page"].row.due_on is None
    assert "Which safe?" in text_of(page)
    assert "applicant" in text_of(page)


@pytest.mark.parametrize("name", ["licence-kinds", "licences-changed"])
def test_the_pages_beside_the_queue_open(at_desk, name):
    desk.sent()

    assert at_desk("lisa").get(reverse(name)).status_code == 200


def test_a_licence_is_suspended_from_its_page_and_the_holder_shows_it(at_desk):
    desk.issued()
    licence, lisa = desk.licence(), at_desk("lisa")
    address = reverse("held-licence-act", args=[licence.pk, "suspend"])

    page = lisa.post(address, {"ground": "STORAGE", "reason": "unsafe"}, follow=True)

    assert "Reinstate the licence" not in text_of(page)
    holder = lisa.get(reverse("holder", args=[licence.holder_id]))
    assert re.search(r"suspended\s*</span>", text_of(holder))
    again = lisa.post(address, {"ground": "STORAGE", "reason": "unsafe"})
    assert again.status_code == 409


def test_a_licence_is_renewed_from_its_page(at_desk):
    number = desk.issued()
    lisa = at_desk("lisa")
    page = lisa.get(reverse("held-licence", args=[desk.licence().pk]))

    renew = next(
        address for verb, address in page.context["acts"] if "kind=" in address
    )

    form = lisa.get(renew).context["form"]
    assert form["of_licence"].value() == number
    assert form["holder"].value() == "H-1"


def test_a_renewed_licence_shows_its_days_before(at_desk):
    number = desk.issued()
    later = desk.granted(valid_from=date(2027, 1, 1), valid_until=date(2036, 3, 1))
    made = desk.decided(later, at=desk.MONDAY + desk.DAY, **desk.again(number))
    desk.do(made, LicenceAct.ISSUE, desk.MONDAY + desk.DAY)

    page = at_desk("lisa").get(reverse("held-licence", args=[desk.licence().pk]))

    (one,) = page.context["page"].earlier
    days = (one.licence.valid_from, one.last_day)
    assert days == (date(2026, 3, 2), date(2026, 12, 31))
    assert "Valid before the renewal or change" in text_of(page)


def test_the_application_of_a_licence_is_a_link_for_who_may_open_it_alone(at_desk):
    desk.issued()
    held = reverse("held-licence", args=[desk.licence().pk])
    for name in ("lisa", "rita"):
        page = (client := at_desk(name)).get(held)
        made = page.context["page"].terms.application_id
        address = reverse("application", args=[made])
        may_open = client.get(address).status_code == 200
        assert (f'href="{address}"' in page.content.decode()) is may_open


def test_each_figure_of_timeliness_is_a_link_to_its_cases(at_desk):
    desk.decided(desk.REFUSED)
    lisa = at_desk("lisa")

    page = lisa.get(reverse("licence-timeliness"))

    (row,) = page.context["rows"]
    cases = lisa.get(f"{reverse('licences')}?{row[1]}&shown=REFUSED")
    assert len(cases.context["rows"]) == row[0].refused == 1


def test_timeliness_says_that_open_applications_are_not_counted(at_desk):
    page = at_desk("lisa").get(reverse("licence-timeliness")).content.decode()

    assert "those still open are not in these figures" in page
    assert f"{reverse('licences')}?shown=OVERDUE" in page


def test_timeliness_counts_the_decisions_of_the_days_that_are_asked(at_desk):
    desk.decided(desk.REFUSED)
    address = reverse("licence-timeliness")

    page = at_desk("lisa").get(address, {"first": "2027-01-01", "last": "no day"})

    assert not page.context["rows"]
    assert list(page.context["filters"].fields) == ["first", "last"]


def test_today_says_what_waits_for_a_licensing_officer(at_desk):
    desk.sent()

    page = text_of(at_desk("lisa").get(reverse("today")))

    assert "applications for licences to work on" in page
    assert "?turn=ASSESSOR" in page


def test_a_dealer_applies_alone_and_sees_no_other_application(at_desk):
    other = desk.sent(holder=desk.applicant("H-2"))
    number = desk.applicant()
    dirk = at_desk("dirk")
    trade.assigned(number, "DEALER-1")
    page = dirk.get(reverse("licence-apply", args=["deal"]))
    assert page.context["form"]["holder"].value() == number
    assert "extract of the company register" in text_of(page)

    dirk.post(reverse("licence-apply", args=["deal"]), APPLIED | {"holder": number})

    made = Application.objects.get(activity="DEAL")
    assert do(dirk, made, "send").status_code == 200
    assert stage_of(made) == "RECEIVED"
    rows = dirk.get(reverse("licences")).context["rows"]
    assert [row.reference for row in rows] == [made.reference]
    assert dirk.get(reverse("application", args=[other.pk])).status_code == 404
    assert "Eva Sample" not in text_of(dirk.get(reverse("application", args=[made.pk])))


def test_a_dealer_sees_what_others_entered_and_which_question_waits(at_desk):
    made = desk.sent()
    trade.assigned(made.holder.number, "DEALER-1")
    desk.do(made, LicenceAct.ASK, words="Which safe?")
    dirk = at_desk("dirk")

    today = text_of(dirk.get(reverse("today")))
    page = dirk.get(reverse("application", args=[made.pk]))

    assert "applications for licences with a question to the applicant" in today
    assert "?turn=APPLICANT&shown=OPEN" in today.replace("&amp;", "&")
    rows = dirk.get(reverse("licences")).context["rows"]
    assert [row.reference for row in rows] == [made.reference]
    assert (page.status_code, page.context["acts"]) == (200, [])
    assert dirk.get(form_of(made, "answer")).status_code == 403


def test_LI_01_LI_06_the_form_of_what_cannot_be_done_leads_back(at_desk):
    made = desk.in_vetting()
    lisa = at_desk("lisa")
    change = reverse("application-change", args=[made.pk])
    closed = [
        text_of(lisa.get(address, follow=True))
        for address in (change, form_of(made, "issue"), form_of(made, "answer"))
    ]
    desk.heard(made)
    do(lisa, made, "propose", is_granted="no", reason="unsafe")

    back = lisa.get(form_of(made, "decide"), follow=True)

    assert back.redirect_chain == [(reverse("application", args=[made.pk]), 302)]
    assert "You worked on this application yourself" in text_of(back)
    assert "only at: draft" in closed[0]
    assert "only at: decided" in closed[1]
    assert "no open question of that kind" in closed[2]


def test_what_a_decision_lacks_is_said_plainly(at_desk):
    made = desk.proposed()
    lisa = at_desk("lisa")
    form = text_of(lisa.get(form_of(made, "decide")))
    until = listing.say(standing.refusal_until(None, timezone.localdate()))
    assert f"is shown until {until} to" in form
    seen = {"seen": desk.record_of(made).pk, "reason": "looked at"}

    refused = do(lisa, made, "decide", is_granted="no", **seen)
    granted = do(lisa, made, "decide", is_granted="yes", **seen)

    assert "The applicant reads the reason" in form
    for name in ("valid_from", "valid_until", "ground"):
        assert "optional" not in label_of(form, name)
    assert "The class of ground is missing" in text_of(refused)
    assert "from which the licence is valid is missing" in text_of(granted)


def test_a_refused_application_says_who_hears_an_appeal(at_desk, monkeypatch):
    made, silent = desk.refused(), "The law of this State sets to whom"
    page = reverse("application", args=[made.pk])
    assert silent in text_of(at_desk("lisa").get(page))
    appeal = profiles.provisions.Appeal(body="Court of Casamar", days=30, source="s. 9")
    law = replace(profiles.load("protocol"), appeals=(appeal,))
    monkeypatch.setattr(jurisdiction, "profile", lambda: law)

    told = text_of(at_desk("lisa").get(page))

    assert "The applicant may appeal to Court of Casamar until " in told
    assert silent not in told


def test_an_earlier_objection_stays_on_the_page_with_its_day(at_desk):
    made = desk.in_vetting()
    desk.heard(made, advice=AdviceAnswer.OBJECTION, words="no sprinkler")
    desk.heard(made, desk.MONDAY + desk.DAY, words="sprinkler fitted")

    page = at_desk("lisa").get(reverse("application", args=[made.pk]))

    said = [(one.words, one.known_at) for one in page.context["page"].advice]
    assert said == [
        ("no sprinkler", desk.MONDAY),
        ("sprinkler fitted", desk.MONDAY + desk.DAY),
    ]
    assert "no sprinkler" in text_of(page)
    assert "(replaced)" in text_of(page)
    form = at_desk("lisa").get(form_of(made, "hear")).context["form"]
    assert len(form.fields["department"].choices) == 1
