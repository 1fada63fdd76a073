from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.provenance.chain import chain_of
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import fold_state
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.codes import Known
from tests.analysis.provenance.lives import HOME, kind_of

pytestmark = pytest.mark.pure

RECOVERED = date(2024, 3, 1)
days = st.integers(0, 5000).map(lambda n: date(2010, 1, 1) + timedelta(days=n))
holders = st.sampled_from(["", "P1", "P2", "D1", "I1", "M1", "S1", "F1", "C1"])


@st.composite
def lives(draw):
    events = []
    for key in range(draw(st.integers(0, 9))):
        on = draw(st.none() | days)
        giver, taker = draw(holders), draw(holders)
        told = (on or date(2015, 1, 1)) + timedelta(days=draw(st.integers(0, 900)))
        events.append(
            Event(
                key=key,
                kind=draw(st.sampled_from(LifeEventKind)),
                happened_on=on,
                known_at=datetime(told.year, told.month, told.day, tzinfo=UTC),
                holder_from=giver,
                holder_to=taker,
                holder_kind_from=kind_of(giver),
                holder_kind_to=kind_of(taker),
                country=draw(st.sampled_from(["", HOME, "DE"])),
            )
        )
    return events


def chain(events, **more):
    return chain_of(events, recovered_on=RECOVERED, home_country=HOME, **more)


@given(lives(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_the_order_of_the_input_never_matters(events, random):
    shuffled = list(events)
    random.shuffle(shuffled)

    assert chain(shuffled) == chain(events)
    assert fold_state(shuffled) == fold_state(events)


@given(lives())
@settings(max_examples=150)
def test_gaps_follow_each_other_and_never_overlap(events):
    gaps = chain(events).gaps

    for earlier, later in pairwise(gaps):
        assert later.since is not None
        assert earlier.until is not None
        assert earlier.until <= later.since
    assert all(gap.days is None or gap.days >= 0 for gap in gaps)


@given(lives(), st.integers(0, 5000))
@settings(max_examples=150)
def test_what_became_known_later_is_ignored(events, offset):
    as_of = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(days=offset)
    known = [event for event in events if event.known_at <= as_of]

    assert chain(events, as_of=as_of) == chain(known)


@given(lives(), st.sampled_from(Known), st.integers(0, 5))
@settings(max_examples=200)
def test_the_last_lawful_holder_never_came_after_the_point_of_diversion(
    events, taken_from, companions
):
    found = chain(events, taken_from_is_holder=taken_from, companions=companions)

    holder = found.last_lawful_holder
    for one in found.proposals:
        if holder is None or holder.since is None:
            continue
        assert one.latest is None or holder.since <= one.latest
        assert one.on is None or holder.since <= one.on
        assert one.earliest is None or holder.since <= one.earliest


@given(lives(), st.sampled_from(Known), st.integers(0, 5))
@settings(max_examples=150)
def test_proposals_are_ranked_bounded_and_together_no_more_than_certain(
    events, taken_from, companions
):
    ranked = chain(
        events, taken_from_is_holder=taken_from, companions=companions
    ).proposals

    confidences = [one.confidence for one in ranked]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) <= 1.0 + 1e-9
    assert all(0 <= confidence <= 1 for confidence in confidences)
    for one in ranked:
        if one.earliest and one.latest:
            assert one.earliest <= one.latest <= RECOVERED


@given(lives())
@settings(max_examples=100)
def test_spans_of_one_holder_end_where_the_next_begins(events):
    spans = chain(events).spans

    assert all(span.ended_by is not None for span in spans[:-1])
