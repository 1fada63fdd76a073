"""A correction sends on what a person changed, and undoes nobody's work."""

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.recoveries.actions import correcting, recording
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.inputs import PlaceInput
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.recoveries import CriminalContext
from tests.web import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected(at_desk, known):
    """Give a desk with the form of one recovery open, as it would be sent."""
    stated = world.a_recovery(
        "N-78",
        taken_from="Person Nine",
        criminal_contexts=(CriminalContext.TERRORISM,),
        where=PlaceInput(country="BR"),
    )
    (made,) = recording.record_recoveries(
        source="POLICE", stated=[stated], by=actors.system_actor(), at=world.NOON
    )
    client = at_desk("otto")
    address = reverse("recovery-correct", args=[made.record_id])
    form = client.post(
        address, {"show_person": "1", "why_person": "to correct"}
    ).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in sent.items()}

    def send(**told):
        body = sent | {"reason": "looked again"} | told
        body = {name: value for name, value in body.items() if value is not None}
        return client.post(address, body, follow=True)

    return send, made.record_id


def record(recovery_id: int) -> RecoveryRecord:
    return RecoveryRecord.objects.current().get(recovery=recovery_id)


def colleague(recovery_id: int, **marks: str) -> None:
    correcting.correct_recovery(
        recovery_id=recovery_id,
        changes=Changes(description=marks),
        reason="seen in store",
        by=actors.system_actor(),
        at=world.NOON,
    )


def test_RC_08_a_form_that_is_out_of_date_undoes_nothing(corrected):
    send, recovery_id = corrected
    colleague(recovery_id, make="Taurus", calibre="9 mm")

    page = send(make="Rossi", case_number="C-9")

    form = page.context["form"]
    assert page.status_code == 422
    assert record(recovery_id).make_as_written == "Taurus"
    assert record(recovery_id).case_number != "C-9"
    assert form["make"].value() == "Rossi"
    assert form["calibre"].value() == "9 mm"
    assert form["case_number"].value() == "C-9"
    assert "“Taurus” on record now" in page.content.decode()
    again = {name: form[name].value() or "" for name in form.fields}
    send(**again)
    assert (record(recovery_id).make_as_written, record(recovery_id).case_number) == (
        "Rossi",
        "C-9",
    )
    assert record(recovery_id).calibre_as_written == "9 mm"


def test_RC_08_the_action_itself_refuses_a_version_that_is_gone(corrected):
    _, recovery_id = corrected
    seen = record(recovery_id).pk
    colleague(recovery_id, make="Taurus")

    with pytest.raises(RuleBroken) as refused:
        correcting.correct_recovery(
            recovery_id=recovery_id,
            changes=Changes(description={"make": "Rossi"}),
            reason="wrong",
            seen=seen,
            by=actors.system_actor(),
            at=world.NOON,
        )

    assert refused.value.rule == "RC-08"


def test_from_whom_an_arm_was_taken_can_be_cleared(corrected):
    send, recovery_id = corrected

    send(taken_from="")

    assert record(recovery_id).taken_from == ""


def test_contexts_that_are_not_sent_stay_and_those_unchosen_go(corrected):
    send, recovery_id = corrected

    send(criminal_contexts=None, case_number="C-1")
    kept = record(recovery_id).criminal_contexts
    send(criminal_contexts="", version=record(recovery_id).pk)

    assert kept == ["TERRORISM"]
    assert record(recovery_id).criminal_contexts == []


def test_a_country_is_read_by_name_and_refused_by_no_country(corrected):
    send, recovery_id = corrected

    refused = send(country="ZZ")
    send(country="Portugal")

    assert "“ZZ” is not a recognised country" in refused.content.decode()
    assert record(recovery_id).country == "PT"


def test_the_history_names_the_person_and_the_fields_in_words(corrected):
    send, _ = corrected

    page = send(make="Rossi", seal_number="S-1").content.decode()

    history = page[page.index('id="history"') :]
    assert "otto" in history
    assert "Make, as written" in history
    assert "Seal" in history
    assert "seal number" not in history


@pytest.mark.parametrize("name", ["notes", "offences"])
def test_the_desk_holds_a_text_to_the_length_of_every_other_door(at_desk, known, name):
    page = at_desk("otto").post(
        reverse("recovery-record"), _new(**{name: "x" * 4001}), follow=True
    )

    assert page.context["form"].errors.keys() == {name}


def test_a_number_that_is_on_record_is_refused_with_a_link(at_desk, known):
    client = at_desk("otto")
    client.post(reverse("recovery-record"), _new())
    made = RecoveryRecord.objects.current().get(recovery__source_number="NEW-1")

    page = client.post(reverse("recovery-record"), _new(make="Rossi"), follow=True)

    address = reverse("recovery", args=[made.recovery_id])
    assert f'<a href="{address}">R{made.recovery_id}</a>' in page.content.decode()
    assert record(made.recovery_id).make_as_written == "Glock"


def test_the_page_of_a_new_recovery_names_the_others_of_its_arm(at_desk, known):
    client = at_desk("otto")
    first = client.post(reverse("recovery-record"), _new(serial="XKB704"), follow=True)
    again = _new(number="NEW-2", serial="XKB704", case_number="C-2")

    page = client.post(reverse("recovery-record"), again, follow=True)

    other = RecoveryRecord.objects.current().get(recovery__source_number="NEW-1")
    told = _of_the_same_arm(page)
    assert f'href="{reverse("recovery", args=[other.recovery_id])}"' in told
    assert "No other recovery" in _of_the_same_arm(first)
    assert "No other recovery" not in told


def _of_the_same_arm(page):
    words = page.content.decode()
    begin = words.index('aria-labelledby="before-head"')
    return words[begin : words.index("</section>", begin)]


def _new(**told):
    return {
        "number": "NEW-1",
        "item_kind": "ARM",
        "make": "Glock",
        "modification": "UNKNOWN",
        "part_type": "OTHER_ESSENTIAL",
        "ammunition_kind": "UNKNOWN",
        "recovery_kind": "SEIZED",
        "recovered_on": "2025-06-01",
        "agency": "PC-NORTE",
        "place_kind": "UNKNOWN",
        "legal_justification": "UNKNOWN",
        "taken_from_is_holder": "UNKNOWN",
    } | told


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("2018", "2018"), ("03/2018", "Mar 2018"), ("Q1 2018", "Jan 2018 to Mar 2018")],
)
def test_a_month_or_a_year_is_typed_and_shown_as_such(at_desk, known, typed, shown):
    client = at_desk("otto")

    page = client.post(
        reverse("recovery-record"),
        _new(recovered_on="", recovered_within=typed),
        follow=True,
    )

    assert shown in page.content.decode()
    made = RecoveryRecord.objects.current().get(recovery__source_number="NEW-1")
    form = client.get(reverse("recovery-correct", args=[made.recovery_id]))
    within = form.context["form"]["recovered_within"].value()
    assert within == str(made.recovered)


@pytest.mark.parametrize(
    ("day", "within"),
    [("1026-01-01", ""), ("9999-01-01", ""), ("", "1026"), ("", "9999"), ("", "")],
)
def test_RS_03_no_wrong_year_is_typed(at_desk, known, day, within):
    page = at_desk("otto").post(
        reverse("recovery-record"), _new(recovered_on=day, recovered_within=within)
    )

    assert page.context["form"].errors
    assert not RecoveryRecord.objects.filter(recovery__source_number="NEW-1")
