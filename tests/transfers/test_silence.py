"""Silence of a transit State is consent, where the law says so and it was silent."""

from dataclasses import replace
from datetime import date

import pytest

from armstrace.transfers.facts import Document, Facts, due_by
from armstrace.vocabulary import profiles
from armstrace.vocabulary.transfers import PaperKind
from tests.cast import HOME
from tests.transfers.desk import DAY, TODAY, no_objection
from tests.transfers.test_checking import lacking, without

pytestmark = pytest.mark.pure


def asked_of_france(sent: date) -> Facts:
    facts = without(PaperKind.NO_OBJECTION, country="FR")
    asked = Document(PaperKind.TRANSIT_REQUEST, country="FR", received_on=sent)
    return replace(facts, papers=(*facts.papers, asked))


def test_silence_is_consent_where_the_profile_says_so_and_nowhere_else():
    long_ago = asked_of_france(TODAY - 60 * DAY)

    assert lacking(long_ago, law="protocol") == ["TX-NO-OBJECTION"]
    assert lacking(long_ago, law="eu") == []


def test_silence_counts_only_after_twenty_working_days():
    law = profiles.load("eu")
    clock = law.deadline("TRANSIT_SILENCE", TODAY)
    sent = TODAY - 29 * DAY
    while due_by(clock, sent, HOME) + DAY > TODAY:
        sent -= DAY

    assert lacking(asked_of_france(sent), law="eu") == []
    assert lacking(asked_of_france(sent + 7 * DAY), law="eu") == ["TX-NO-OBJECTION"]


def test_a_State_that_answered_for_a_time_is_not_silent_once_that_is_over():
    asked = asked_of_france(TODAY - 60 * DAY)
    ended = replace(no_objection("FR", TODAY - 50 * DAY), valid_until=TODAY - DAY)
    facts = replace(asked, papers=(*asked.papers, ended))
    later = Document(
        PaperKind.TRANSIT_REQUEST, country="FR", received_on=TODAY - 40 * DAY
    )

    assert lacking(facts, law="eu") == ["TX-NO-OBJECTION"]
    assert lacking(replace(facts, papers=(*facts.papers, later)), law="eu") == []
