"""Which recoveries repeat another one, as people said and as is proposed."""

from datetime import date, timedelta

import pytest

from armstrace.recoveries.actions import judging, repeat_recoveries
from armstrace.recoveries.models import PairJudgement, Recovery
from armstrace.recoveries.queries.repeats import known_repeats, open_repeats
from armstrace.vocabulary.tracing import Judgement, RepeatKind
from tests import builders
from tests.cast import ANALYST, NOW

pytestmark = pytest.mark.django_db
TWICE, AGAIN = RepeatKind.ENTERED_TWICE, RepeatKind.RECOVERED_AGAIN
LATER = NOW + timedelta(days=1)


def recovered(count, *, serial="ABC{}"):
    return builders.recovered(
        *(
            builders.a_recovery(
                f"S-{place}",
                description=builders.glock(serial.format(place)),
                recovered_on=date(2025, 6, 10) - timedelta(days=place),
            )
            for place in range(count)
        )
    )


def said(one, other, repeat=AGAIN, judgement=Judgement.SAME, at=NOW):
    return judging.judge_pair(
        stated=judging.StatedPairJudgement(
            one, other, judgement, reason="photographs", repeat=repeat
        ),
        by=ANALYST,
        at=at,
    )


def repeats(as_of=None):
    return known_repeats(as_of)


def test_of_an_item_entered_twice_the_earlier_record_counts():
    later, earlier = recovered(2)

    said(later, earlier, TWICE)

    assert repeats().entered_twice == {later: earlier}
    assert not repeats().recovered_again
    assert Recovery.objects.count() == 2


def test_an_arm_recovered_again_is_told_apart_from_a_double():
    later, earlier = recovered(2)

    said(later, earlier)

    assert repeats().recovered_again == {later: earlier}
    assert not repeats().entered_twice


def test_records_that_belong_together_by_several_pairs_count_once():
    last, middle, first, other = recovered(4)

    said(last, first, TWICE)
    said(last, middle, TWICE)
    said(other, middle)

    found = repeats()
    assert found.entered_twice == {last: first, middle: first}
    assert found.recovered_again == {first: other}


def test_what_was_taken_back_or_called_different_repeats_nothing():
    later, earlier, stranger = recovered(3)
    said(later, earlier, TWICE)
    said(later, earlier, judgement=Judgement.WITHDRAWN, at=LATER)
    said(later, stranger, TWICE, Judgement.DIFFERENT)

    assert not repeats().entered_twice
    assert repeats(as_of=NOW).entered_twice == {later: earlier}
    assert PairJudgement.objects.get(judgement="DIFFERENT").repeat == ""


def test_a_proposal_waits_until_a_person_decides_on_its_pair():
    later, earlier = recovered(2, serial="ABC123")
    repeat_recoveries.note_resightings(recovery_ids=[later], by=ANALYST, at=NOW)
    waiting = open_repeats().get()
    assert (waiting.recovery_id, waiting.earlier_id) == (later, earlier)

    said(later, earlier, TWICE)

    assert not open_repeats().exists()
    assert repeats().entered_twice == {later: earlier}
