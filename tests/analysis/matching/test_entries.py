"""How serials are misread, learned from numbers that two people entered."""

from dataclasses import replace

import pytest

from armstrace.analysis.matching import channel, entries
from armstrace.analysis.matching.entries import Pair

pytestmark = pytest.mark.pure

SHIPPED = channel.standard()
NUMBERS = [f"KXB{(n * 7919) % 99991:05d}" for n in range(400)]


def pairs(misread, *, each=10):
    """Give pairs of which one in some was entered otherwise the second time."""
    return [
        Pair(number, misread(number) if n % each == 0 else number)
        for n, number in enumerate(NUMBERS)
    ]


def learned(misread, **how):
    return entries.learn(pairs(misread, **how), SHIPPED.serial)


def left_out(number):
    return number[:4] + number[5:]


@pytest.mark.parametrize(
    ("misread", "rate"),
    [
        (lambda number: number[:4] + number[5:], "missed"),
        (lambda number: number[:4] + number[4] + number[4:], "added"),
        (lambda number: number[:3] + "W" + number[4:], "substituted"),
        (lambda number: "XKB" + number[3:], "transposed"),
    ],
)
def test_a_kind_of_error_that_pairs_show_is_learned(misread, rate):
    found = learned(misread, each=4)

    assert getattr(found.rates, rate) > getattr(SHIPPED.serial, rate)
    assert found.counted.pairs == len(NUMBERS)
    assert found.counted.differing == len(NUMBERS) / 4


def test_a_look_alike_is_learned_apart_from_other_signs():
    found = learned(lambda number: number.replace("B", "8"), each=2)

    assert found.rates.look_alikes["B8"] > 2 * SHIPPED.serial.look_alikes["B8"]
    assert found.rates.substituted < SHIPPED.serial.substituted


def test_what_is_rare_stays_near_the_published_rate():
    few = [Pair("AB12345", "AB12345")]

    found = entries.learn(few, SHIPPED.serial)

    assert found.rates.missed == pytest.approx(SHIPPED.serial.missed, rel=0.02)
    assert found.rates.look_alikes["VU"] == SHIPPED.serial.look_alikes["VU"]


def test_a_pair_counts_with_its_probability():
    doubtful = [replace(pair, probability=0.5) for pair in pairs(left_out)]

    counted = entries.count(doubtful, SHIPPED.serial)

    assert counted.pairs == len(NUMBERS) / 2
    assert counted.differing == len(NUMBERS) / 20


def test_learned_rates_make_what_was_kept_back_likelier():
    found = learned(left_out, each=3)

    before, after = (
        entries.log_likelihood(pairs(left_out, each=3), rates)
        for rates in (SHIPPED.serial, found.rates)
    )
    assert after > before


def test_a_table_puts_the_same_rates_into_a_channel():
    found = learned(left_out, each=3)

    used = entries.channel_with_entries(
        SHIPPED, entries.table_of(found), name="learned"
    )

    assert used.model == "learned"
    assert used.serial.missed == pytest.approx(found.rates.missed, abs=1e-5)
    assert used.serial.cut == SHIPPED.serial.cut
    assert "400 arms" in str(used.basis)
    assert "publishes" in str(SHIPPED.basis)


@pytest.mark.parametrize("other", ["AB1?345", "AB12", "AB12*", ""])
def test_only_whole_numbers_are_pairs(other):
    assert not entries.are_usable("AB12345", other)
