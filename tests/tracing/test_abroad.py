"""Another State is asked on record, and its silence or refusal rests on that."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from armstrace.tracing import queries
from armstrace.tracing.actions import abroad, decisions
from armstrace.tracing.inputs import (
    AnswerInput,
    DiversionInput,
    RecallInput,
    RequestInput,
)
from armstrace.tracing.models import Trace, TraceRequest
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.tracing import (
    Establishment,
    TraceAnswer,
    TraceChannel,
    TraceOutcome,
)
from tests import builders, cast
from tests.cast import ANALYST
from tests.tracing.test_tracing import LATER, decided

pytestmark = pytest.mark.django_db
DAY = LATER.date()


@pytest.fixture
def recovered(settings):
    settings.HOME_COUNTRY = "XV"
    (recovery_id,) = builders.recovered()
    return recovery_id


def ask(recovery_id, by=ANALYST, **changes):
    given = RequestInput("AT", DAY, TraceChannel.INTERPOL, "IA-7/26")
    return abroad.ask_state(
        recovery_id=recovery_id, given=replace(given, **changes), by=by, at=LATER
    )


def answer(recovery_id, by=ANALYST, **changes):
    given = AnswerInput("AT", DAY, TraceAnswer.REFUSED, "under its law")
    return abroad.record_answer(
        recovery_id=recovery_id, given=replace(given, **changes), by=by, at=LATER
    )


def recall(recovery_id, country="AT", reason="sent to the wrong State"):
    given = RecallInput(country, reason)
    return abroad.recall_request(
        recovery_id=recovery_id, given=given, by=ANALYST, at=LATER
    )


def end(recovery_id, outcome, by=ANALYST, at=LATER, **changes):
    ended = replace(
        decided(recovery_id),
        outcome=outcome,
        established=Establishment.NOT_ESTABLISHED,
        diversion=DiversionInput(),
        **changes,
    )
    return decisions.decide_traces(stated=[ended], by=by, at=at)


def refused(code, act, *given, **changes):
    with pytest.raises(RuleBroken) as told:
        act(*given, **changes)
    assert told.value.rule == code


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("TD-15", {"country": "XV"}),
        ("TD-15", {"country": ""}),
        ("TD-16", {"reference": " "}),
        ("TD-11", {"asked_on": DAY + timedelta(days=1)}),
        ("TD-11", {"asked_on": date(1999, 1, 1)}),
    ],
)
def test_TD_11_15_16_a_request_says_whom_when_and_by_which_number(
    recovered, code, changes
):
    refused(code, ask, recovered, **changes)

    assert not Trace.objects.exists()


def test_TD_17_and_TD_18_a_state_is_asked_once_until_it_answers(recovered):
    refused("TD-18", answer, recovered)
    ask(recovered)
    refused("TD-17", ask, recovered)
    refused("TD-18", answer, recovered, country="BE")

    answer(recovered, answer=TraceAnswer.ONWARD, told="sold to Belgium")
    refused("TD-18", answer, recovered)
    ask(recovered, country="BE")

    page = queries.trace_page(recovered, home_country="XV", viewer=ANALYST)
    told = [(one.country, one.answer) for one in page.requests]
    assert told == [("BE", ""), ("AT", "ONWARD")]
    assert TraceRequest.objects.filter(country="AT").count() == 2


def test_TD_19_a_trace_ends_abroad_only_where_a_state_was_asked(recovered):
    for outcome in (TraceOutcome.NO_RESPONSE, TraceOutcome.REFUSED):
        refused("TD-19", end, recovered, outcome)
    ask(recovered)
    refused("TD-19", end, recovered, TraceOutcome.REFUSED)
    end(recovered, TraceOutcome.NO_RESPONSE, at=LATER + timedelta(days=31))

    answer(recovered)
    end(recovered, TraceOutcome.REFUSED)
    refused("TD-19", end, recovered, TraceOutcome.NO_RESPONSE)


def test_TD_20_a_state_has_the_time_of_the_profile_to_answer(recovered):
    ask(recovered)
    silent = TraceOutcome.NO_RESPONSE
    refused("TD-20", end, recovered, silent)
    refused("TD-20", end, recovered, silent, at=LATER + timedelta(days=30))
    refused("TD-20", end, recovered, silent, by=cast.SUPERVISOR, reason="")

    end(recovered, silent, by=cast.SUPERVISOR, reason="it no longer has a registry")


def test_TD_21_and_22_a_request_is_recalled_and_sent_anew_both_on_record(recovered):
    ask(recovered)
    refused("TD-21", recall, recovered, reason=" ")
    refused("TD-22", answer, recovered, answer=TraceAnswer.RECALLED)
    recall(recovered)
    refused("TD-18", recall, recovered)
    refused("TD-18", answer, recovered)
    ask(recovered)

    page = queries.trace_page(recovered, home_country="XV", viewer=ANALYST)
    told = [(one.country, one.answer, one.reason) for one in page.requests]
    recalled = ("AT", TraceAnswer.RECALLED, "sent to the wrong State")
    assert told == [("AT", "", ""), recalled]


def test_an_answer_stays_on_record_when_the_state_is_asked_once_more(recovered):
    ask(recovered)
    answer(recovered)
    ask(recovered, reference="IA-8/26")

    page = queries.trace_page(recovered, home_country="XV", viewer=ANALYST)

    told = {each.reference: each.answer for each in page.requests}
    assert told == {"IA-7/26": TraceAnswer.REFUSED, "IA-8/26": ""}
    end(recovered, TraceOutcome.REFUSED)


def test_a_request_is_the_hubs_to_make_and_names_a_country(recovered):
    with pytest.raises(NotPermitted):
        ask(recovered, by=cast.OFFICER)
    with pytest.raises(NotFound):
        ask(recovered + 1)
    with pytest.raises(InvalidInput):
        ask(recovered, country="nowhere")
