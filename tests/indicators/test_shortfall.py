"""Each reason opens as many records as it counts, and a hand count agrees."""

from collections import Counter

import pytest

from armstrace.analysis.statistics.indicator import Method
from armstrace.indicators import queries
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.paging import PageRequest
from tests.indicators import oracle, records

pytestmark = pytest.mark.django_db
EVERY = PageRequest(1, 10_000)


def page_of(year=2020, method=Method.UNODC_ANNUAL, viewer=None):
    return queries.shortfall_page(
        viewer=viewer or records.statistician(), year=year, method=method
    )


def records_of(reason, year=2020, method=Method.UNODC_ANNUAL, page=EVERY):
    return queries.shortfall_records(
        viewer=records.statistician(),
        year=year,
        method=method,
        reason=reason,
        page=page,
    )


@pytest.mark.parametrize("method", [Method.METADATA, Method.UNODC_2026])
def test_every_reason_opens_the_records_that_it_counts(method):
    records.a_random_country(3, 60)

    page = page_of(2020, method)

    assert page.costs
    seen = [
        row.recovery_id
        for each in page.costs
        for row in records_of(each.reason.value, 2020, method).rows
    ]
    assert len(seen) == len(set(seen)) == sum(each.count for each in page.costs)


def test_a_hand_count_one_by_one_finds_the_same_reasons():
    records.a_random_country(5, 60)
    hand = Counter()
    for recovery in Recovery.objects.filter(item_kind="ARM"):
        places = oracle.place_of(recovery, 2020, None)
        cell = places[0].removeprefix("SEIZED.") if places else ""
        if cell in ("AT", "PE", "NO", "K"):
            decision = oracle.decision_of(recovery)
            hand[
                {
                    "K": "MARK_UNKNOWN",
                    "PE": "OPEN",
                    "NO": (decision and decision.exception) or "NO_DECISION",
                    "AT": decision and (decision.outcome or "CLOSED"),
                }[cell]
            ] += 1

    found = {each.reason.value: each.count for each in page_of().costs}

    assert found == hand


def test_pages_of_records_follow_each_other():
    for _ in range(5):
        records.an_arm_recovered()

    first = records_of("NO_DECISION", page=PageRequest(1, 2))
    last = records_of("NO_DECISION", page=PageRequest(3, 2))

    assert (first.total, len(first.rows), len(last.rows)) == (5, 2, 1)
    assert records_of("nothing").total == 0


def test_a_stranger_sees_no_reasons():
    with pytest.raises(NotPermitted):
        page_of(viewer=records.a_stranger())
    with pytest.raises(NotPermitted):
        queries.shortfall_records(
            viewer=records.a_stranger(),
            year=2020,
            method=Method.METADATA,
            reason="OPEN",
            page=EVERY,
        )


def test_without_a_figure_nothing_is_lost():
    assert page_of(1990).costs == ()
    assert not RecoveryRecord.objects.exists()
