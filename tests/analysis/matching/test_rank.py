import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.explaining import Evidence
from armstrace.analysis.matching.population import Counts, Population
from armstrace.vocabulary.matching import Agreement, MatchClass
from tests.analysis.matching.arms import card, colts_and_a_smith, count, rank

pytestmark = pytest.mark.pure

MAKES = ("TAURUS", "ROSSI", "GLOCK", "")
MODELS = ("PT92", "G17", "68", "")
SERIALS = ("TAB12345", "TAB12346", "TA812345", "40000", "4000", "")

cards = st.lists(
    st.builds(
        lambda make, model, serial: (make, model, serial),
        st.sampled_from(MAKES),
        st.sampled_from(MODELS),
        st.sampled_from(SERIALS),
    ),
    min_size=1,
    max_size=12,
).map(
    lambda rows: [
        card(f"R{n:02}", make=make, model=model, serial=serial)
        for n, (make, model, serial) in enumerate(rows)
    ]
)
queries = st.builds(
    Query,
    make=st.sampled_from(MAKES),
    model=st.sampled_from(MODELS),
    serial=st.sampled_from((*SERIALS, "TAB1?345", "TAB12*", "9")),
)


@given(cards, queries)
def test_probabilities_and_absence_sum_to_one(arms, query):
    ranking = rank(query, arms, Population(count(arms)))

    total = math.fsum(c.probability for c in ranking.candidates)
    total += ranking.probability_absent + ranking.probability_others
    assert total == pytest.approx(1)


@given(cards, queries)
def test_those_not_listed_keep_their_share(arms, query):
    ranking = rank(query, arms, Population(count(arms)), top=2)

    total = math.fsum(c.probability for c in ranking.candidates)
    total += ranking.probability_absent + ranking.probability_others
    assert total == pytest.approx(1)


@given(cards, queries, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(arms, query, random):
    population = Population(count(arms))
    shuffled = list(arms)
    random.shuffle(shuffled)

    assert rank(query, arms, population) == rank(query, shuffled, population)


@given(cards, queries)
def test_identical_twins_share_equally(arms, query):
    twin = arms[0]._replace(registry_id="TWIN")
    ranking = rank(query, [*arms, twin], Population(count([*arms, twin])))

    found = {c.registry_id: c.probability for c in ranking.candidates}
    assert found.get("TWIN") == pytest.approx(found.get(arms[0].registry_id))


@given(cards, st.sampled_from(["make", "model", "serial"]))
@settings(max_examples=60)
def test_more_agreement_never_lowers_a_candidate(arms, field):
    query = Query(make="TAURUS", model="PT92", serial="TAB12345")
    agreeing = arms[0]._replace(**{field: getattr(query, field)})
    population = Population(count(arms))

    def probability(first):
        ranking = rank(query, [first, *arms[1:]], population)
        found = {c.registry_id: c.probability for c in ranking.candidates}
        return found.get(first.registry_id, 0.0)

    assert probability(agreeing) >= probability(arms[0]) - 1e-12


def test_the_model_parts_three_arms_of_one_number():
    arms = colts_and_a_smith()
    query = Query(make="COLT", model="1908", serial="40000")
    ranking = rank(query, arms, Population(count(arms)))

    assert ranking.candidates[0].registry_id == "COLT-1908"
    assert ranking.candidates[0].probability > 0.9


def test_three_arms_of_one_number_share_when_only_the_number_was_read():
    arms = colts_and_a_smith()
    ranking = rank(Query(serial="40000"), arms, Population(count(arms)))

    shares = [c.probability for c in ranking.candidates]
    assert shares == pytest.approx([shares[0]] * 3)
    assert all(c.match_class is MatchClass.EXACT for c in ranking.candidates)


def test_each_field_says_what_it_adds():
    arms = [card("A"), card("B", make="ROSSI", model="68", serial="XY9")]
    query = Query(make="TAURUS", model="68", serial="T4B12345")
    candidate = rank(query, arms, Population(count(arms))).candidates[0]

    words = [str(evidence.words) for evidence in candidate.evidence]
    assert words[0].startswith("make agrees, ")
    assert "68 read, PT92 registered" in words[1]
    assert words[2].startswith("serial: 4 read for A, ")
    assert all(word.endswith(" bits)") for word in words)
    weighed = sorted(candidate.evidence, key=lambda row: -abs(row.bits))
    assert str(candidate.explanation) == "; ".join(str(row.words) for row in weighed)


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (25.2, "serial agrees, which speaks very strongly for it (25.2 bits)"),
        (5.0, "serial agrees, which speaks strongly for it (5.0 bits)"),
        (3.1, "serial agrees, which speaks for it (3.1 bits)"),
        (0.3, "serial agrees, which says little (0.3 bits)"),
        (-3.0, "serial agrees, which speaks against it (-3.0 bits)"),
        (-5.2, "serial agrees, which speaks strongly against it (-5.2 bits)"),
    ],
)
def test_what_a_field_weighs_is_told_in_words_before_its_bits(bits, words):
    evidence = Evidence("serial", Agreement.AGREES, bits, "A1", "A1")

    assert str(evidence.words) == words


def test_a_field_that_the_registry_lacks_counts_for_nothing():
    arms = [card("A", model=""), card("B", model="G17", serial="ZZ9")]
    query = Query(model="PT92", serial="TAB12345")
    candidate = rank(query, arms, Population(count(arms))).candidates[0]

    evidence = {row.field: row for row in candidate.evidence}["model"]
    assert evidence.agreement is Agreement.NOT_RECORDED
    assert abs(evidence.bits) < 2


def test_the_importer_marked_on_the_arm_excuses_a_wrong_make():
    other = [card(f"N{n}", make="ROSSI", serial=f"ZZ{n}") for n in range(20)]
    plain, imported = card("A"), card("A")._replace(importer="ROSSI")
    query = Query(make="ROSSI", serial="TAB12345")
    population = Population(count([plain, *other]))

    def bits(first):
        return rank(query, [first], population).candidates[0].evidence[0].bits

    assert bits(imported) > bits(plain)


def test_a_rare_make_says_more_than_a_common_one():
    common = [card(f"C{n}", serial=f"AA{n:05}") for n in range(50)]
    rare = card("R", make="UNIQUE", serial="TAB12345")
    population = Population(count([*common, rare]))

    def make_bits(arm):
        query = Query(make=arm.make, serial=arm.serial)
        return rank(query, [arm], population).candidates[0].evidence[0].bits

    assert make_bits(rare) > make_bits(common[0]) + 3


def test_an_empty_registry_leaves_only_absence():
    ranking = rank(Query(serial="TAB12345"), [], Population(Counts()))

    assert ranking.candidates == ()
    assert ranking.probability_absent == pytest.approx(1)


def test_the_ranking_names_the_version_of_its_rates():
    assert rank(Query(serial="1"), [], Population(Counts())).model
