import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.synthetic import catalogue, draws, misreading
from armstrace.analysis.synthetic.catalogue import MODELS

pytestmark = pytest.mark.pure


@given(st.sampled_from(MODELS), st.integers(0, 10**6))
def test_a_misread_serial_names_its_error_or_is_as_marked(model, seed):
    serial = model.serial_format.replace("#", "7").replace("@", "K")

    written, error = misreading.misread_serial(serial, model, random.Random(seed))

    assert (written == serial) is (error == "")
    assert written


def test_half_of_the_serials_are_written_as_marked():
    rng, model = random.Random(1), MODELS[0]

    errors = [misreading.misread_serial("ABC123", model, rng)[1] for _ in range(4000)]

    assert 0.47 < errors.count("") / 4000 < 0.58
    assert errors.count("DROPPED") > errors.count("ADDED")


@given(st.sampled_from(MODELS), st.integers(0, 10**6))
def test_a_clerk_writes_something_or_says_what_is_missing(model, seed):
    rng = random.Random(seed)
    for write in (
        misreading.write_make,
        misreading.write_model,
        misreading.write_calibre,
    ):
        text, error = write(model, rng)
        assert bool(text) is not error.endswith("MISSING")


def test_the_catalogue_is_broad_and_each_model_has_its_years():
    makers = {model.make for model in MODELS}

    assert len(MODELS) >= 120
    assert len(makers) >= 45
    assert all(model.first_year <= model.last_year for model in MODELS)
    assert len({(m.make, m.name) for m in MODELS}) == len(MODELS)
    assert catalogue.CIVILIAN.pick(0.0)
    assert catalogue.CIVILIAN.pick(0.999999)


@given(st.integers(0, 2**40), st.integers(0, 10**7), st.integers(1, 50))
def test_a_row_of_draws_is_the_same_alone_and_in_a_span(seed, start, length):
    span = range(start, start + length)

    together = draws.rows(seed, 1, span, lanes=4)

    assert together[-1] == draws.row(seed, 1, span[-1], lanes=4)
    assert all(0 <= draw < 1 for row in together for draw in row)
