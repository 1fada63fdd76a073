from dataclasses import replace

import pytest

from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching import canonical
from armstrace.analysis.matching.canonical import serial_of
from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.keys import query_keys
from armstrace.analysis.matching.memory import MemoryRegistry
from tests.analysis.matching.arms import card, colts_and_a_smith, found

pytestmark = pytest.mark.pure


def crowd():
    """Give arms that none of the readings is of."""
    return [card(f"N{n}", make="ROSSI", serial=f"ZR{n:06}") for n in range(200)]


@pytest.mark.parametrize(
    "read",
    [
        "TAB12345",
        "TA812345",
        "TAB1234",
        "TBA12345",
        "TAB12?45",
        "TA??2345",
        "TAB12*",
        "*12345",
        "12345",
        "TXB1Z345",
        "TAB123",
        "XTAB12345",
    ],
)
def test_a_badly_read_serial_finds_its_arm_first(read):
    ranking = found(Query(serial=read, make="TAURUS"), [card("A"), *crowd()])

    assert ranking.candidates[0].registry_id == "A"


def test_cyrillic_look_alikes_are_read_as_latin():
    read = serial_of("ТАВ12З45")
    ranking = found(Query(serial=read), [card("A"), *crowd()])

    assert ranking.candidates[0].registry_id == "A"
    assert ranking.candidates[0].probability > 0.9


def test_model_and_serial_in_each_other_s_place_are_understood():
    query = Query(make="TAURUS", model="TAB12345", serial="PT92")
    best = found(query, [card("A"), *crowd()]).candidates[0]

    assert best.registry_id == "A"
    assert str(best.explanation).startswith("model and serial taken for each other")


def test_a_model_written_before_the_serial_is_understood():
    query = Query(make="TAURUS", serial="PT92TAB12345")
    best = found(query, [card("A"), *crowd()]).candidates[0]

    assert best.registry_id == "A"
    assert str(best.taken_as) == "model written before the serial"


@pytest.mark.parametrize("own", ["", "ZR99Q999"])
def test_the_number_of_an_import_mark_is_looked_up_and_its_rule_named(own):
    query = Query(make="TAURUS", serial=own, import_number="TAB12345")
    best = found(query, [card("A"), *crowd()]).candidates[0]

    assert best.registry_id == "A"
    assert str(best.explanation).startswith("number of the import mark")


def test_the_serial_comes_before_the_number_of_an_import_mark():
    query = Query(serial="TAB12345", import_number="ZR000007")
    ranking = found(query, [card("A"), *crowd()])

    assert [one.registry_id for one in ranking.candidates[:2]] == ["A", "N7"]
    assert ranking.best > 0.6


def test_an_import_mark_without_a_number_changes_nothing():
    read = Query(make="TAURUS", serial="TAB12345")
    arms = [card("A"), *crowd()]

    same = found(replace(read, import_number="TAB12345"), arms)

    assert same.best == found(read, arms).best


def test_an_arm_of_another_make_is_found_by_its_serial():
    query = Query(make="ROSSI", serial="TAB12345")
    best = found(query, [card("A"), *crowd()]).candidates[0]

    assert best.registry_id == "A"


def test_an_arm_that_is_not_registered_is_likely_absent():
    ranking = found(Query(make="GLOCK", serial="QPX777"), crowd())

    assert ranking.probability_absent > 0.9


@pytest.mark.parametrize("serial", ["", "?", "???", "*"])
def test_few_arms_alike_are_listed_without_a_serial(serial):
    query = Query(make="COLT", model="1908", serial=serial)
    ranking = found(query, [*colts_and_a_smith(), *crowd()])

    assert [c.registry_id for c in ranking.candidates] == ["COLT-1908"]


def test_many_arms_alike_ask_for_the_serial():
    ranking = found(Query(make="ROSSI"), crowd())

    assert ranking.candidates == ()
    assert "the serial is what is needed" in str(ranking.note)


def test_a_model_for_the_serial_says_that_the_serial_is_needed():
    query = Query(make="ROSSI", model="PT92", serial="PT92")
    ranking = found(query, crowd())

    assert "the serial is what is needed" in str(ranking.note)
    assert ranking.probability_others > 0.5


def test_nothing_read_asks_for_the_serial():
    ranking = found(Query(), crowd())

    assert ranking.candidates == ()
    assert "read at least two characters" in str(ranking.note)


def test_siblings_in_a_dense_series_are_never_certain():
    series = [card(f"S{n}", serial=f"{n:05}") for n in range(40000, 40400)]
    del series[200]
    ranking = found(Query(make="TAURUS", serial="40200"), series)

    assert ranking.best < 0.5


@pytest.mark.parametrize("serial", ["1" * 200, "😀", "000000", "\u202e12345", "ПЖ?*"])
def test_odd_serials_are_answered(serial):
    ranking = found(Query(serial=serial_of(serial)), [card("A"), *crowd()])

    assert 0 <= ranking.probability_absent <= 1


def test_a_crowd_of_equal_serials_is_answered_within_bounds():
    arms = [card(f"E{n}", serial="12345") for n in range(5000)]
    ranking = found(Query(serial="12345"), arms)

    assert len(ranking.candidates) == 10
    assert ranking.best == pytest.approx(1 / 5000, rel=0.01)
    assert ranking.probability_others > 0.99


def test_a_make_narrows_what_is_fetched_and_unmade_arms_stay():
    registry = MemoryRegistry([card("A"), card("B", make="ROSSI"), card("C", make="")])
    keys = query_keys("TAB12345", 1)

    fetched = registry.cards_for(keys, makes={"TAURUS"}, limit=10)
    assert [one.registry_id for one in fetched] == ["A", "C"]


def test_arms_of_one_number_in_the_file_stay_two_arms():
    arms = [card("X", serial="TAB12345"), card("X", make="ROSSI", serial="TAB12345")]
    ranking = found(Query(serial="TAB12345"), arms)

    assert {one.card.make for one in ranking.candidates} == {"TAURUS", "ROSSI"}


def test_a_crowd_that_fits_asks_for_more_marks():
    arms = [card(f"E{n}", serial="12345") for n in range(100)]

    assert "read more of the marks" in str(found(Query(serial="12345"), arms).note)


def test_four_unread_characters_still_find_the_arm():
    ranking = found(Query(serial="TAB????5", make="TAURUS"), [card("A"), *crowd()])

    assert ranking.candidates[0].registry_id == "A"


def parted(name, serial):
    return canonical.card(name, Description(make="RUGER", serial=serial))


@pytest.mark.parametrize("read", ["382", "78832", "78-832", "382-78"])
def test_a_number_cut_where_its_parts_join_finds_its_arm(read):
    arms = [parted("A", "382-78-832"), *crowd(), *colts_and_a_smith()]
    query = canonical.query("q", Description(make="RUGER", serial=read))

    ranking = found(query, arms)
    assert ranking.candidates[0].registry_id == "A"


@pytest.mark.parametrize("read", ["T6472", "T64721", "7A012345", "12345", "T6472*"])
def test_a_number_cut_anywhere_finds_its_arm(read):
    arms = [parted("A", "T647217A012345"), *crowd(), *colts_and_a_smith()]
    query = canonical.query("q", Description(make="RUGER", serial=read))

    ranking = found(query, arms)
    assert ranking.candidates[0].registry_id == "A"


def test_arms_whose_number_goes_on_from_a_cut_one_share_the_probability():
    serials = [f"T647217A{n}" for n in range(12345, 12365)]
    arms = [parted(serial, serial) for serial in serials]
    query = canonical.query("q", Description(make="RUGER", serial="T647217A"))

    assert found(query, arms).best < 1 / len(arms) + 0.001


def test_arms_that_begin_alike_share_what_a_beginning_says():
    arms = [parted("A", "382-78832"), parted("B", "382-11407"), *crowd()]
    query = canonical.query("q", Description(make="RUGER", serial="382"))

    shares = [each.probability for each in found(query, arms).candidates[:2]]
    assert shares == pytest.approx([shares[0]] * 2)


@pytest.mark.parametrize("registered", ["382", "78832", "78 832"])
def test_a_whole_number_finds_the_part_that_the_register_holds(registered):
    arms = [parted("A", registered), *crowd()]
    query = canonical.query("q", Description(make="RUGER", serial="382/78-832"))

    ranking = found(query, arms)
    assert ranking.candidates[0].registry_id == "A"
    assert "added at the" in str(ranking.candidates[0].explanation)


def test_the_whole_number_stands_before_its_beginning():
    arms = [parted("A", "382-78832"), parted("B", "382"), *crowd()]

    for read, first in (("382", "B"), ("38278832", "A")):
        query = canonical.query("q", Description(make="RUGER", serial=read))
        assert found(query, arms).candidates[0].registry_id == first


def test_a_wrong_model_is_one_of_the_same_maker():
    arms = [
        card("A", model="PT 100", serial="STQ93051"),
        *(card(f"n{n}", model=("PT 100", "PT 940")[n % 2], serial=f"STK930{n:02}")
          for n in range(60, 99)),
        *(card(f"r{n}", make="ROSSI", model="68", serial=f"D{n:06}")
          for n in range(900)),
    ]  # fmt: skip
    query = Query(make="TAURUS", model="PT 940", serial="STQ93051")
    candidate = found(query, arms).candidates[0]

    assert candidate.registry_id == "A"
    assert candidate.evidence[1].bits > -4.5


@pytest.mark.parametrize(
    "text",
    ["THP33110 (cano) e KLD22999 na armação", "KLD22999 na armação e THP33110 (cano)"],
)
def test_another_number_on_the_arm_is_searched_too(text):
    arms = [parted("A", "THP33110"), *crowd()]
    query = canonical.query("q", Description(make="RUGER", serial=text))

    best = found(query, arms).candidates[0]
    assert best.registry_id == "A"
    assert "another number on the arm" in str(best.explanation)


@pytest.mark.parametrize("text", ["KLD22999 (armação) e THP33110 (cano)"])
def test_another_number_of_the_arm_on_record_is_compared_too(text):
    arms = [parted("A", text), *crowd()]
    query = canonical.query("q", Description(make="RUGER", serial="THP33110"))

    ranking = found(query, arms)
    best = ranking.candidates[0]
    assert best.registry_id == "A"
    assert best.probability > 0.5
    assert "another number on the arm on record" in str(best.explanation)
    assert [one.registry_id for one in ranking.candidates].count("A") == 1


def test_an_arm_is_found_by_its_own_number_before_another_arms_other_number():
    arms = [
        parted("A", "KLD22999 (armação) e THP33110 (cano)"),
        parted("B", "THP33110"),
    ]
    query = canonical.query("q", Description(make="RUGER", serial="THP33110"))

    assert found(query, [*arms, *crowd()]).candidates[0].registry_id == "B"
