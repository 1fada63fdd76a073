from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest

from armstrace.analysis.synthetic.customs import Customs, Modus
from armstrace.analysis.synthetic.kinds import BUSY
from benchmarks.plant_scores import drop_addresses
from benchmarks.quiet import QUIET

pytestmark = pytest.mark.pure

DAY = date(2026, 10, 31)


@pytest.fixture(scope="module")
def customs():
    return Customs(3, 30_000, ends_on=DAY)


@pytest.fixture(scope="module")
def declared(customs):
    return list(customs.declarations())


@pytest.fixture(scope="module")
def by_number(declared):
    return {one.number: one for one in declared}


def test_one_seed_gives_one_stream_and_one_truth(customs, declared):
    again = Customs(3, 30_000, ends_on=DAY)
    other = Customs(4, 30_000, ends_on=DAY)

    assert list(islice(again.declarations(), 500)) == declared[:500]
    assert again.truth() == customs.truth()
    assert list(islice(other.declarations(), 500)) != declared[:500]


def test_a_stream_can_be_read_twice(customs, declared):
    assert list(islice(customs.declarations(), 300)) == declared[:300]


def test_there_are_as_many_as_asked_for_over_one_year_in_order(declared):
    days = [one.declared_on for one in declared]

    assert len({one.number for one in declared}) == 30_000
    assert (min(days), max(days)) == (DAY - timedelta(days=364), DAY)
    assert all(before <= then for before, then in pairwise(days))


def test_two_in_a_thousand_are_illicit_in_six_ways(customs, by_number):
    truth = customs.truth()

    assert len(truth) == 60
    assert {one.number for one in truth} <= set(by_number)
    assert {one.modus for one in Customs(3, 100_000, ends_on=DAY).truth()} == set(Modus)


def test_the_quiet_country_smuggles_less_and_otherwise():
    shares = []
    for kind in (BUSY, QUIET):
        truth = Customs(1, 400_000, ends_on=DAY, kind=kind).truth()
        counts = Counter(one.modus for one in truth)
        shares.append((len(truth), counts[Modus.BLANK_FIRING] / len(truth)))

    assert shares[1][0] < shares[0][0]
    assert shares[1][1] > shares[0][1]


def test_descriptions_come_in_six_languages_and_fields_are_missing(declared):
    words = {one.description for one in declared}

    assert {
        "coffee",
        "café",
        "قهوة",
        "кофе",
        "jouets",
        "juguetes",
        "brinquedos",
    } <= words
    for field in ("hs_code", "weight_kg", "value", "phone", "origin", "route"):
        missing = sum(getattr(one, field) is None for one in declared)
        assert 0.01 < missing / len(declared) < 0.6


def test_a_drop_address_takes_parcels_for_many_names(customs, by_number):
    for drop in drop_addresses(customs):
        parcels = [by_number[number] for number in drop.numbers]
        assert {parcel.consignee_address for parcel in parcels} == {drop.address}
        assert {parcel.consignee for parcel in parcels} == set(drop.names)


def test_families_and_blocks_of_flats_share_addresses_too(customs, declared):
    smuggled = {one.number for one in customs.truth()}
    names = defaultdict(set)
    for one in declared:
        if one.consignee_is_person and one.number not in smuggled:
            names[one.consignee_address].add(one.consignee)

    assert sum(len(found) > 2 for found in names.values()) > 100
    assert max(len(found) for found in names.values()) > 10


def test_a_split_kit_goes_to_one_address_within_weeks(customs, by_number):
    schemes = defaultdict(list)
    for one in customs.truth():
        if one.modus is Modus.SPLIT:
            schemes[one.scheme].append(by_number[one.number])

    for parcels in schemes.values():
        days = [parcel.declared_on for parcel in parcels]
        assert len({parcel.consignee_address for parcel in parcels}) == 1
        assert (max(days) - min(days)).days <= 30
