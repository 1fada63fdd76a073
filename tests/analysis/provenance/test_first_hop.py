from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.provenance.first_hop import (
    Facts,
    ImportMark,
    ManufactureBasis,
    decide,
)
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.tracing import FirstHop

pytestmark = pytest.mark.pure

EVERYTHING = Facts(
    home_country="XV",
    registry_probability=0.97,
    registry_unique=Known.YES,
    loss_hit=True,
    import_marks=(ImportMark("US", 1994), ImportMark("XV", 2007)),
    own_state_mark=True,
    country_of_manufacture="XV",
    manufacture_known_by=ManufactureBasis.MARKED,
    mark_countries=("BE",),
)


def test_the_tests_are_made_in_the_order_of_the_instrument():
    facts = EVERYTHING
    steps = [
        ({}, FirstHop.OWN_REGISTRY),
        ({"registry_unique": Known.NO}, FirstHop.OWN_LOSS_RECORD),
        ({"loss_hit": False}, FirstHop.OWN_MARK),
        ({"own_state_mark": False}, FirstHop.OWN_MARK),
        ({"import_marks": (ImportMark("US", 1994),)}, FirstHop.IMPORT_STATE),
        ({"import_marks": ()}, FirstHop.OWN_MANUFACTURE),
        ({"country_of_manufacture": "BR"}, FirstHop.MANUFACTURE_STATE),
        ({"country_of_manufacture": ""}, FirstHop.MARK_STATES),
        ({"mark_countries": ()}, FirstHop.IDENTIFICATION_INSUFFICIENT),
    ]

    for change, hop in steps:
        facts = replace(facts, **change)
        assert decide(facts).hop is hop


def test_a_romanian_rifle_with_an_american_import_mark_goes_to_the_importer_first():
    facts = Facts(
        "XV",
        import_marks=(ImportMark("US"),),
        country_of_manufacture="RO",
        manufacture_known_by=ManufactureBasis.MAKER,
    )

    decision = decide(facts)

    assert (decision.hop, decision.country) == (FirstHop.IMPORT_STATE, "US")
    assert decision.parallel_countries == ("RO",)


@pytest.mark.parametrize(
    "basis",
    [ManufactureBasis.IMPORTER, ManufactureBasis.PROOF, ManufactureBasis.UNKNOWN],
)
def test_the_country_of_manufacture_is_never_taken_from_importer_or_proof(basis):
    facts = Facts("XV", country_of_manufacture="US", manufacture_known_by=basis)

    assert decide(facts).hop is FirstHop.IDENTIFICATION_INSUFFICIENT


def test_the_most_recent_import_mark_counts_and_an_undated_one_comes_last():
    marks = (ImportMark("DE"), ImportMark("US", 1990), ImportMark("IT", 2004))

    decision = decide(Facts("XV", import_marks=marks))

    assert decision.country == "IT"


def test_several_proof_countries_are_asked_at_once_with_low_confidence():
    decision = decide(Facts("XV", mark_countries=("BE", "DE", "BE")))

    assert decision.country == "BE"
    assert decision.parallel_countries == ("DE",)
    assert decision.confidence < 0.5


def test_a_match_among_several_is_no_registry_hit():
    facts = Facts("XV", registry_probability=0.99, registry_unique=Known.NO)

    assert decide(facts).hop is FirstHop.IDENTIFICATION_INSUFFICIENT


countries = st.sampled_from(["", "XV", "US", "DE", "BR"])


@given(
    st.builds(
        Facts,
        home_country=st.just("XV"),
        registry_probability=st.floats(0, 1),
        registry_unique=st.sampled_from(Known),
        loss_hit=st.booleans(),
        import_marks=st.lists(
            st.builds(ImportMark, countries, st.none() | st.integers(1950, 2026)),
            max_size=3,
        ).map(tuple),
        own_state_mark=st.booleans(),
        country_of_manufacture=countries,
        manufacture_known_by=st.sampled_from(ManufactureBasis),
        mark_countries=st.lists(countries, max_size=3).map(tuple),
    )
)
def test_every_decision_gives_its_reason_and_never_asks_a_state_twice(facts):
    decision = decide(facts)

    asked = [decision.country, *decision.parallel_countries]
    assert decision.why
    assert len(set(asked)) == len(asked)
    assert "" not in decision.parallel_countries
    assert "XV" not in decision.parallel_countries
    assert 0 <= decision.confidence <= 1
