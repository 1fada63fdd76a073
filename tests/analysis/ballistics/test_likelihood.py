"""A count becomes a ratio only where a reference set speaks for the marks."""

import dataclasses
import importlib.util
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from armstrace.analysis.ballistics import (
    betabinomial,
    likelihood,
    reference_files,
    references,
    reliability,
)
from armstrace.analysis.ballistics.likelihood import NoRatio, Ratio
from armstrace.analysis.ballistics.references import Pair, Population
from armstrace.vocabulary.errors import InvalidInput, NotFound

pytestmark = pytest.mark.pure

CASE = Population("breech face", "Maker", "9 mm", "confocal", "method 1")


def pairs(sources=10, seed=1):
    rng = np.random.default_rng(seed)
    names = [f"slide {number}" for number in range(sources)]
    for one in names:
        for _ in range(3):
            yield Pair(one, one, int(rng.binomial(22, rng.beta(12, 4))), 22)
    for i, one in enumerate(names):
        for two in names[:i]:
            for _ in range(3):
                yield Pair(one, two, int(rng.binomial(22, 0.05)), 22)


def reference_set(**overrides):
    population = dataclasses.replace(CASE, **overrides)
    return references.build("test set", population, list(pairs()))


def report(counts, case=CASE, sets=None):
    sets = [reference_set()] if sets is None else sets
    return likelihood.report(counts, case, sets, rng=np.random.default_rng(1))


def test_many_congruent_cells_speak_for_one_source_and_none_against():
    strong, weak = report((18, 22)), report((0, 22))

    assert isinstance(strong, Ratio)
    assert isinstance(weak, Ratio)
    assert strong.log10 > 1
    assert weak.log10 < -0.5


@pytest.mark.parametrize("congruent", [0, 1, 5, 11, 17, 22])
def test_no_ratio_or_interval_passes_the_bounds(congruent):
    ratio = report((congruent, 22))

    assert isinstance(ratio, Ratio)
    bounds = ratio.calibration.bounds
    shown = (ratio.log10, *ratio.interval)
    assert all(bounds.lowest <= value <= bounds.highest for value in shown)


def test_a_ratio_at_the_bound_says_so():
    ratio = report((22, 22))

    assert isinstance(ratio, Ratio)
    assert ratio.is_at_bound
    assert ratio.log10 == ratio.calibration.bounds.highest


def test_the_same_count_gives_the_same_numbers_again():
    assert report((12, 22)) == report((12, 22))


def test_without_a_set_there_is_no_ratio():
    assert report((18, 22), sets=[]) == NoRatio((likelihood.NO_SET,))


@pytest.mark.parametrize("field", ["mark", "maker", "calibre", "instrument", "method"])
def test_a_set_of_other_marks_does_not_fit_and_the_reason_is_named(field):
    found = report((18, 22), dataclasses.replace(CASE, **{field: "other"}))

    assert isinstance(found, NoRatio)
    assert field in str(found.reasons[1])


def test_a_set_does_not_fit_what_is_not_known():
    assert isinstance(report((18, 22), dataclasses.replace(CASE, maker="")), NoRatio)


def test_too_few_cells_give_no_ratio():
    assert isinstance(report((5, 6)), NoRatio)


def test_a_set_of_few_sources_is_refused():
    with pytest.raises(InvalidInput, match="sources"):
        references.build("small", CASE, list(pairs(sources=3)))


def test_a_set_is_the_same_after_it_was_saved(tmp_path):
    written = reference_files.written(reference_set())
    (tmp_path / "set.json").write_text(json.dumps(written))

    again = reference_files.load(tmp_path / "set.json")

    assert again.population == CASE
    assert likelihood.calibrate(again) == likelihood.calibrate(reference_set())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": 1}', "[" * 100_000])
def test_a_file_that_is_no_set_is_refused(tmp_path, text):
    path = tmp_path / "set.json"
    path.write_text(text)

    with pytest.raises(InvalidInput, match="reference set"):
        reference_files.load(path)


def test_a_missing_set_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        reference_files.load(tmp_path / "none.json")


@given(
    k=st.integers(0, 30), mean=st.floats(0.02, 0.98), concentration=st.floats(0.5, 200)
)
def test_counts_follow_the_beta_binomial_law(k, mean, concentration):
    model = betabinomial.BetaBinomial(mean, concentration)
    a, b = mean * concentration, (1 - mean) * concentration

    found = model.log_probability(np.array(k), np.array(30))

    assert found == pytest.approx(stats.betabinom.logpmf(k, 30, a, b), abs=1e-8)


def test_a_fit_finds_what_made_the_counts():
    rng = np.random.default_rng(2)
    cells = np.full(3000, 25)
    congruent = rng.binomial(cells, rng.beta(6, 2, 3000))

    model = betabinomial.fit(congruent, cells, np.ones(3000))

    assert model.mean == pytest.approx(0.75, abs=0.01)
    assert model.concentration == pytest.approx(8, rel=0.1)


def test_ratios_that_say_nothing_cost_one():
    assert reliability.cllr(np.zeros(5), np.zeros(7)) == pytest.approx(1)


def test_half_of_the_ratios_lie_above_their_median():
    values = np.array([-1.0, 0.0, 1.0, 2.0])

    shares = reliability.tippett(values, np.array([-2.0, 0.5, 2.0]))

    assert shares.tolist() == [1.0, 0.5, 0.0]


def test_ratios_that_are_right_lie_level_and_those_that_boast_do_not():
    rng = np.random.default_rng(3)
    # Two normal laws one apart: the ratio of their densities is known.
    same, different = rng.normal(0.5, 1, 40_000), rng.normal(-0.5, 1, 40_000)

    right = reliability.bins(same / np.log(10), different / np.log(10))
    boasting = reliability.bins(3 * same / np.log(10), 3 * different / np.log(10))

    assert all(b.seen == pytest.approx(b.said, abs=0.03) for b in right)
    assert boasting[-1].said - boasting[-1].seen > 0.1
    assert sum(b.pairs for b in right) == 80_000


def slow_elub(same, different):
    """Find the bounds by the definition, one threshold after the other."""

    def loses(threshold):
        miss = (sum(v <= threshold for v in same) + 1) / (len(same) + 1)
        false = (sum(v > threshold for v in different) + 1) / (len(different) + 1)
        neutral = 1.0 if threshold >= 0 else 10**threshold
        return miss + 10**threshold * false > neutral

    low = high = 0
    while not loses((low - 1) / 100) and low > -400:
        low -= 1
    while not loses((high + 1) / 100) and high < 400:
        high += 1
    return low / 100, high / 100


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000))
def test_bounds_follow_their_definition(seed):
    rng = np.random.default_rng(seed)
    same, different = rng.normal(2, 1, 40), rng.normal(-2, 1, 60)

    bounds = reliability.elub(same, different)

    low, high = slow_elub(same, different)
    assert bounds.lowest == pytest.approx(max(low, bounds.lowest), abs=0.011)
    assert bounds.highest == pytest.approx(min(high, bounds.highest), abs=0.011)


@pytest.mark.skipif(importlib.util.find_spec("lir") is None, reason="lir is absent")
@pytest.mark.parametrize("seed", range(5))
def test_bounds_and_cost_agree_with_another_program(seed):
    models = importlib.import_module("lir.data.models")
    bayes_error = importlib.import_module("lir.algorithms.bayeserror")
    metrics = importlib.import_module("lir.metrics")
    rng = np.random.default_rng(seed)
    same, different = rng.normal(2, 1.5, 60), rng.normal(-1, 1, 300)
    labels = np.concatenate([np.ones(60), np.zeros(300)])
    values = np.concatenate([same, different])[:, None]
    theirs = models.LLRData(features=values, labels=labels)

    bounds = reliability.elub(same, different)

    assert (bounds.lowest, bounds.highest) == pytest.approx(bayes_error.elub(theirs))
    assert reliability.cllr(same, different) == pytest.approx(metrics.cllr(theirs))
