"""Something happens between the checks of an act and its transaction."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from armstrace.audit import ledger
from armstrace.investigations.actions import membership
from armstrace.procedures.actions import steps
from armstrace.procedures.inputs import StepBack
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.vocabulary.errors import NotFound, RuleBroken
from tests import cast
from tests.investigations import desk as cases
from tests.procedures import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def meanwhile(monkeypatch):
    """Let another act end before the transaction of an act of a name begins."""

    def arrange(name, act):
        real, waiting = ledger.entry, [act]

        @contextmanager
        def entry(asked, **kwargs):
            if asked == name and waiting:
                waiting.pop()()
            with real(asked, **kwargs) as opened:
                yield opened

        monkeypatch.setattr(ledger, "entry", entry)

    return arrange


def take_back(pk):
    steps.take_back(
        step_id=desk.step(pk, "identify").pk,
        said=StepBack("the wrong arm"),
        by=desk.ANALYST,
        at=desk.NOW,
    )


def correct(pk):
    correcting.correct_recovery(
        recovery_id=pk,
        changes=Changes({"criminal_contexts": desk.DRUGS}),
        reason="found in the file",
        by=cast.OFFICER,
        at=desk.NOW,
    )


@pytest.mark.parametrize("act", [take_back, correct])
def test_PR_13_a_recovery_is_not_closed_that_is_asked_more_meanwhile(act, meanwhile):
    pk = desk.recovered()
    desk.do(pk, "identify")
    desk.waive_all(pk)
    meanwhile("recovery.closed", lambda: act(pk))

    with pytest.raises(RuleBroken) as refused:
        desk.close(pk)

    assert refused.value.rule == "PR-13"
    assert not desk.is_closed(pk)


def test_who_is_taken_off_a_case_meanwhile_does_nothing_more_in_it(meanwhile):
    cases.people()
    case, other = cases.a_case(is_sealed=True), cases.PROSECUTOR
    join = {"case_id": case.pk, "person": other.name, "reason": "charges"}
    membership.add_member(**join, by=cases.LEAD, at=cases.LATER)
    meanwhile(
        "case.left",
        lambda: membership.remove_member(**join, by=cases.LEAD, at=cases.LATER),
    )

    with pytest.raises(NotFound):
        membership.remove_member(
            case_id=case.pk,
            person=cases.LEAD.name,
            reason="mine alone",
            by=other,
            at=cases.LATER,
        )


@pytest.mark.django_db(transaction=True)
def test_a_trace_is_decided_while_a_worker_holds_the_recovery_for_its_steps():
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; writers queue for the file")
    pk = desk.recovered()

    def decide():
        try:
            desk.trace(pk)
        finally:
            connection.close()

    act = threading.Thread(target=decide)
    with transaction.atomic():
        desk.follow(pk)
        act.start()
        act.join(20)
        is_decided = not act.is_alive()
    act.join()

    assert is_decided
