"""A second recovery of one arm is told from the recovery of its sibling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker
from armstrace.analysis.matching.repeats import (
    Teller,
    channel_of,
    default_rates,
    in_one_procedure,
    sibling_share,
)
from armstrace.analysis.matching.series import Series, numbers_read, split_number
from tests.analysis.matching.arms import count

pytestmark = pytest.mark.pure

RATES = default_rates()
STRANGERS = [
    Card(
        f"x{n}",
        make="TAURUS",
        model="PT 58",
        serial=f"K{chr(65 + n % 20)}T{n * 7919:05d}",
    )
    for n in range(1, 11)
]


def told(cards, read, procedures=None, **fields):
    population = Population(count([*cards, *STRANGERS]))
    ranker = Ranker(population, channel_of(RATES))
    teller = Teller(ranker.channel, RATES, Series(cards))
    ranking = ranker.rank(Query(make="TAURUS", serial=read, **fields), cards)
    in_one = in_one_procedure("here", procedures or {})
    found = teller.tell(ranking, in_one=in_one)
    return {each.candidate.registry_id: each for each in found.repeats}, found


def pistol(name, serial):
    return Card(name, make="TAURUS", model="PT 58", serial=serial)


def test_the_same_number_again_is_the_same_arm():
    found, _ = told([pistol("a", "KTG70411")], "KTG70411")

    assert found["a"].probability > 0.9
    assert found["a"].probability_sibling == 0


@pytest.mark.parametrize("read", ["KTG70412", "KTG70410", "KTG70421", "KTG7041?"])
def test_a_consecutive_number_of_one_procedure_is_a_sibling(read):
    found, _ = told([pistol("a", "KTG70411")], read, {"a": "here"})

    assert found["a"].probability < 0.1
    assert found["a"].probability_sibling > found["a"].probability


def test_a_look_alike_is_a_misreading_and_no_sibling():
    found, _ = told([pistol("a", "KTO70411")], "KT070411", {"a": "here"})

    assert found["a"].probability > 0.9


def test_in_a_dense_series_a_digit_apart_is_a_sibling_anywhere():
    fleet = [pistol(str(n), f"SDW5{1100 + 3 * n}") for n in range(30)]

    found, _ = told(fleet, "SDW51141")

    assert max(each.probability for each in found.values()) < 0.05


@pytest.mark.parametrize(
    ("record", "read"),
    [
        (("PT 58", ".380 ACP", "PISTOL"), ("PT 59 S", ".380 ACP", "PISTOL")),
        (("PT 58", ".380 ACP", "PISTOL"), ("", ".380 ACP", "")),
        (("PT 58", "7.62x51 mm", "RIFLE"), ("PT 59", "7.62 mm", "CARBINE")),
    ],
)
def test_one_make_and_number_under_another_label_is_one_arm(record, read):
    fleet = [pistol(f"f{n}", f"{52000 + 61 * n}") for n in range(40)]
    names = ("model", "calibre", "type")
    again = pistol("a", "52031")._replace(**dict(zip(names, record, strict=True)))

    found, _ = told([again, *fleet], "52031", **dict(zip(names, read, strict=True)))

    assert found["a"].probability > 0.9


@pytest.mark.parametrize(
    "read", [{"calibre": ".22 LR"}, {"type": "REVOLVER", "calibre": ".380 ACP"}]
)
def test_another_kind_or_bore_speaks_for_another_arm_of_the_number(read):
    fleet = [pistol(f"f{n}", f"{52000 + 61 * n}") for n in range(40)]
    again = pistol("a", "52031")._replace(calibre=".380 ACP", type="PISTOL")
    same, other = (
        told([again, *fleet], "52031", **fields)[0]["a"].probability
        for fields in ({"calibre": ".380 ACP", "type": "PISTOL"}, read)
    )

    assert other / (1 - other) < same / (1 - same) / 50


def test_the_evidence_of_one_mark_is_what_its_probability_rests_on():
    fleet = [pistol(f"f{n}", f"{52000 + 61 * n}") for n in range(40)]
    again = pistol("a", "52031")

    found, _ = told([again, *fleet], "52031", model="PT 59 S")
    rows = {row.field: row.bits for row in found["a"].candidate.evidence}

    assert rows["model"] > -3.5
    assert found["a"].candidate.bits == pytest.approx(sum(rows.values()))


@pytest.mark.parametrize(
    ("earlier", "read"),
    [
        ("T110217E00113", "T110217E*"),
        ("T110217E00113", "T110217E?????"),
        ("T110217E001??", "T110217E00113"),
        ("??0217E01???", "?10217E*"),
        ("T110217E", "T110217E"),
        ("T110217E00113", "T110217E"),
    ],
)
def test_a_beginning_that_a_series_shares_does_not_name_the_arm(earlier, read):
    series = [pistol(f"s{n}", f"T110217E0{1000 + 97 * n}") for n in range(9)]

    found, _ = told([pistol("a", earlier), *series], read)

    assert max(each.probability for each in found.values()) < 0.5


def test_sightings_of_one_arm_do_not_take_from_each_other():
    found, _ = told([pistol("a", "KTG70411"), pistol("b", "KTG70411")], "KTG70411")

    assert found["a"].probability > 0.9
    assert found["b"].probability > 0.9


digits = st.text("0123456789", min_size=3, max_size=6)
letters = st.sampled_from(["K", "KT", "T", "TK"])


@given(
    st.lists(
        st.builds(str.__add__, letters, digits), min_size=1, max_size=6, unique=True
    ),
    st.builds(str.__add__, letters, st.text("012345?", min_size=3, max_size=6)),
)
def test_probabilities_of_same_sibling_others_and_none_sum_to_one(serials, read):
    cards = [pistol(str(n), serial) for n, serial in enumerate(serials)]

    found, whole = told(cards, read, {str(n): "here" for n in range(0, 6, 2)})

    arms = {
        (each.candidate.card.serial, round(each.probability, 12))
        for each in found.values()
    }
    total = sum(probability for _, probability in arms) + whole.probability_none
    assert total == pytest.approx(1, abs=1e-6)
    assert all(0 <= each.probability <= 1 for each in found.values())


def test_shares_of_siblings_are_a_distribution():
    own = split_number("KTG70411")
    every = sum(
        sibling_share(own, numbers_read(own, f"KTG{number:05d}"), reach=15.0)
        for number in range(100_000)
    )

    assert 0.9 < every < 1.0


def test_an_unread_digit_stands_for_all_numbers_that_fit():
    own = split_number("KTG70411")
    single = sum(
        sibling_share(own, numbers_read(own, f"KTG7041{digit}"), reach=15.0)
        for digit in range(10)
    )

    whole = sibling_share(own, numbers_read(own, "KTG7041?"), reach=15.0)
    assert whole == pytest.approx(single)


@pytest.mark.parametrize("serial", ["", "ABC", "?", "12*", "A?"])
def test_what_is_no_number_of_a_series_is_no_sibling(serial):
    own = split_number("KTG70411")

    assert numbers_read(own, serial) is None
    assert told([pistol("a", "KTG70411")], serial)[1] is not None
