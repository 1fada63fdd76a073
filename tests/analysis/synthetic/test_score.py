"""The chain on a country's true arms, scored against its truth."""

from collections import defaultdict
from datetime import date

import pytest

from armstrace.analysis.provenance.chain import Chain, chain_of
from armstrace.analysis.synthetic.country import HOME, SyntheticCountry
from armstrace.vocabulary.codes import Known
from benchmarks.truth_scores import Finding, score_findings
from tests.analysis.synthetic.reading import read_event

pytestmark = pytest.mark.pure


def chains(country):
    """Follow the true arm of every recovery that has one."""
    told = {row["source_number"]: row for row in country.recoveries()}
    bought = defaultdict(list)
    for row in country.registry():
        day = date.fromisoformat(row["acquired_on"])
        bought[row["holder_number"]].append(day)
    for true in country.truth():
        if not true["arm_number"]:
            continue
        recovery = told[true["source_number"]]
        lines = country.events_of(true["arm_number"])
        events = [read_event(row, key) for key, row in enumerate(lines)]
        yield true, follow(events, recovery, bought)


def follow(events, recovery, bought) -> Chain:
    asked = {
        "recovered_on": date.fromisoformat(recovery["recovered_on"]),
        "home_country": HOME,
        "taken_from_is_holder": Known(recovery["taken_from_is_holder"]),
    }
    holder = chain_of(events, **asked).last_lawful_holder
    near = [
        day
        for day in bought[holder.holder if holder else ""]
        if holder and holder.since and abs((day - holder.since).days) <= 90
    ]
    return chain_of(events, **asked, companions=max(0, len(near) - 1))


def finding(number: str, chain: Chain) -> Finding:
    held, best = chain.last_lawful_holder, chain.proposal
    return Finding(
        number,
        held.holder if held else "",
        best.kind if best else "",
        best.region if best else "",
        best.on if best else None,
        best.earliest if best else None,
        best.latest if best else None,
        chain.is_lawfully_held,
    )


def test_proposals_agree_with_the_truth_in_a_high_share():
    """At 100,000 arms: holder .87, diversion .76 right, .09 wrong, .14 open."""
    country = SyntheticCountry(7, 4000, 1500)

    findings = [finding(t["source_number"], c) for t, c in chains(country)]
    score = score_findings(findings, country.truth())

    assert score.last_lawful_holder.right > 0.84
    assert score.last_lawful_holder.wrong < 0.01
    assert score.point_of_diversion.right > 0.72
    assert score.point_of_diversion.wrong < 0.13
    assert score.dates_within_bounds > 0.99


def test_confidence_means_the_share_of_proposals_that_are_true():
    country = SyntheticCountry(11, 6000, 3000)
    bins = defaultdict(list)
    for true, chain in chains(country):
        for one in chain.proposals:
            right = one.kind == true["diversion_kind"]
            bins[int(one.confidence * 5)].append((one.confidence, right))

    for pairs in bins.values():
        if len(pairs) < 150:
            continue
        said = sum(confidence for confidence, _ in pairs) / len(pairs)
        true_share = sum(right for _, right in pairs) / len(pairs)
        assert abs(said - true_share) < 0.12


def test_an_arm_of_nobody_is_left_open_and_a_wrong_holder_counts_as_wrong():
    truth = [
        {
            "source_number": number,
            "item_kind": kind,
            "last_lawful_holder": holder,
            "diversion_kind": diversion,
            "diversion_region": "Ostmark",
            "diversion_on": "2020-01-01",
        }
        for number, kind, holder, diversion in (
            ("1", "ARM", "P1", "HOLDER_THEFT"),
            ("2", "ARM", "P2", "DEALER"),
            ("3", "ARM", "", "UNKNOWN"),
            ("4", "ARM", "P4", ""),
            ("5", "AMMUNITION", "", ""),
        )
    ]
    findings = [
        Finding("1", "P1", "HOLDER_THEFT", "Ostmark", date(2020, 1, 5)),
        Finding("2", "P9", "HOLDER_SALE", "Ostmark"),
        Finding("4", "P4", is_lawfully_held=True),
    ]

    score = score_findings(findings, truth)

    assert score.arms == 4
    assert score.last_lawful_holder.right == 0.5
    assert score.last_lawful_holder.wrong == 0.25
    assert score.last_lawful_holder.open == 0.25
    assert score.point_of_diversion.right == 0.5
    assert score.dates_within_bounds == 1.0
    assert score.confusions == (("DEALER", "HOLDER_SALE", 1),)
