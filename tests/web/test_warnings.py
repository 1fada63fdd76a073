"""The pages of early warnings: what is shown, decided and opened as a case."""

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.audit.models import LedgerEntry
from armstrace.investigations.models import Case
from armstrace.procedures.actions import following
from armstrace.procedures.models import Step
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.risk import rules
from armstrace.risk.actions import warnings as acts
from armstrace.risk.models import EarlyWarning, WarningStanding
from armstrace.vocabulary.warnings import WarningKind
from tests.ledger_guard import written_directly
from tests.procedures import desk
from tests.web import world


@pytest.fixture
@written_directly()
def warning(known):
    made = EarlyWarning.objects.create(
        key="NEAR_SERIALS:X:1",
        subject="X",
        kind=WarningKind.NEAR_SERIALS,
        agency="PC-NORTE",
        role="INVESTIGATOR",
        evidence=[*(f"R{key}" for key in known.recovered), "H1"],
        sentence="Two arms with neighbouring numbers.",
        chance=0.01,
        seen_on=world.NOON.date(),
        known_at=world.NOON,
    )
    WarningStanding.objects.create(warning=made, state="NEW", known_at=world.NOON)
    return made


def text(response):
    return response.content.decode()


def seen(warning):
    return WarningStanding.objects.current().get(warning=warning).pk


def test_its_history_says_that_records_joined(warning, at_desk):
    with written_directly():
        WarningStanding.objects.update(superseded_at=world.NOON)
        WarningStanding.objects.create(
            warning=warning, state="NEW", added=["R9"], known_at=world.NOON
        )

    page = text(at_desk("ines").get(reverse("warning", args=[warning.pk])))

    assert page.count("more records joined") == 1


def test_its_network_is_drawn_around_what_joined_too(warning, at_desk):
    joined, *rest = warning.evidence
    with written_directly():
        EarlyWarning.objects.update(evidence=rest)
        WarningStanding.objects.update(added=[joined])

    page = text(at_desk("ines").get(reverse("warning", args=[warning.pk])))

    assert f'?of={"+".join([*rest, joined])}"' in page


def test_a_warning_is_found_read_and_taken(warning, at_desk):
    ines = at_desk("ines")
    address = reverse("warning", args=[warning.pk])

    assert address in text(ines.get(reverse("warnings")))
    page = text(ines.get(address))
    sent = ines.post(
        reverse("warning-decide", args=[warning.pk]),
        {"state": "TAKEN", "seen": seen(warning)},
        follow=True,
    )

    assert "Two arms with neighbouring numbers." in page
    assert reverse("recovery", args=[int(warning.evidence[0][1:])]) in page
    assert "taken" in text(sent)
    assert WarningStanding.objects.current().get().person == "ines"


def test_a_warning_of_transfers_leads_to_them_and_to_a_case(warning, at_desk):
    with written_directly():
        warning.kind, warning.evidence = WarningKind.NO_RECEIPT, ["J5", "G2"]
        warning.agency, warning.role = "", "ANALYST"
        warning.save()
    ana = at_desk("ana")

    page = text(ana.get(reverse("warning", args=[warning.pk])))
    told = {"title": "Goods", "aims": ["DISRUPT"], "why": "No receipt"}
    sent = ana.post(reverse("warning-case", args=[warning.pk]), told)

    assert reverse("consignment", args=[5]) in page
    assert reverse("authorisation", args=[2]) in page
    assert "None of its records" not in page
    assert sent.status_code == 302
    assert Case.objects.get().title == "Goods"


def test_a_dismissal_without_a_reason_says_so_and_keeps_the_page(warning, at_desk):
    sent = at_desk("ines").post(
        reverse("warning-decide", args=[warning.pk]),
        {"state": "DISMISSED", "seen": seen(warning)},
    )

    assert sent.status_code == 409
    assert "write why it is none" in text(sent)


def test_a_case_is_opened_for_a_warning(warning, at_desk):
    ines = at_desk("ines")
    address = reverse("warning-case", args=[warning.pk])
    asked = text(ines.get(address))

    sent = ines.post(
        address,
        {
            "title": "Neighbours",
            "aims": ["DISRUPT"],
            "why": "Neighbouring numbers",
            "recovery_ids": warning.evidence[0],
        },
    )

    case = Case.objects.get()
    now = WarningStanding.objects.current().get()
    kept, address = (f"/cases/{case.pk}/", reverse("warning", args=[warning.pk]))
    assert kept in text(ines.get(address))
    assert address in text(ines.get(kept))
    assert address not in text(at_desk("paul").get(kept))
    assert warning.evidence[0] in asked
    assert sent.status_code == 302
    assert (now.state, now.case_number) == ("ACTED", case.reference)


def test_a_case_for_a_warning_does_the_step_that_asks_for_one(warning, at_desk):
    pk = int(warning.evidence[0][1:])
    correcting.correct_recovery(
        recovery_id=pk,
        changes=Changes({"criminal_contexts": desk.DRUGS}),
        reason="found in the file",
        by=actors.system_actor(),
        at=world.NOON,
    )
    following.follow_procedure(recoveries=[pk], by=actors.system_actor(), at=world.NOON)
    step = Step.objects.current().filter(recovery_id=pk, answer="CASE")
    assert step.get().state == "OPEN"

    at_desk("ines").post(
        reverse("warning-case", args=[warning.pk]),
        {"title": "N", "aims": ["DISRUPT"], "why": "need", "recovery_ids": f"R{pk}"},
    )

    assert step.get().state == "DONE"


def test_a_sealed_case_is_not_told_on_the_page_of_its_warning(warning, at_desk):
    at_desk("ines").post(
        reverse("warning-case", args=[warning.pk]),
        {"title": "N", "aims": ["DISRUPT"], "why": "the blue van", "is_sealed": "on"},
    )

    case, address = Case.objects.get(), reverse("warning", args=[warning.pk])
    for name in ("ana", "sam", "audrey"):
        told = text(at_desk(name).get(address))
        assert "acted on" in told
        assert "blue van" not in told
        assert case.reference not in told
    assert case.reference in text(at_desk("ines").get(address))


def test_it_waits_on_today_for_those_who_may_act(warning, at_desk):
    assert reverse("warnings") + "?state=NEW" in text(
        at_desk("ines").get(reverse("today"))
    )
    assert reverse("warnings") not in text(at_desk("cleo").get(reverse("today")))


def test_who_read_it_is_written_down(warning, at_desk):
    at_desk("ines").get(reverse("warning", args=[warning.pk]))

    assert (
        LedgerEntry.objects.filter(act__startswith="consult", actor="ines").exists()
        or LedgerEntry.objects.filter(actor="ines").exists()
    )


def test_EW_02_no_case_is_opened_where_another_decided_meanwhile(
    warning, at_desk, monkeypatch
):
    def be_slower(**stated):
        raise rules.WARNING_UNCHANGED.broken((warning.reference, False))

    monkeypatch.setattr(acts, "decide", be_slower)

    sent = at_desk("ines").post(
        reverse("warning-case", args=[warning.pk]),
        {"title": "Near numbers", "aims": ["DISRUPT"], "why": "two neighbours"},
    )

    assert "Somebody has changed" in text(sent)
    assert not Case.objects.exists()
