"""The words of headings have one meaning each, and every language says the same."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.intake import tables
from armstrace.intake.fields import IntakeKind, by_name
from armstrace.intake.profiles.pairing import best_pairs
from armstrace.intake.tables import heading_words
from armstrace.intake.tables.heading_words import meanings, name_score

pytestmark = pytest.mark.pure
RECOVERIES = IntakeKind.RECOVERIES


def told(name):
    return tomllib.loads((resources.files(tables) / "words" / name).read_text("utf-8"))


def test_no_word_has_two_meanings():
    seen: dict[str, str] = {}
    doubled = []
    for meaning, languages in told("words.toml").items():
        for word in {each for text in languages.values() for each in text.split()}:
            plain = heading_words._plain(word) + "*" * word.endswith("*")
            if seen.setdefault(plain, meaning) != meaning:
                doubled.append((word, meaning, seen[plain]))

    assert doubled == []


def test_patterns_name_fields_and_meanings_that_are_there():
    known = set(told("words.toml"))
    for part, fields in told("patterns.toml").items():
        kinds = [RECOVERIES] if part == "marks" else [IntakeKind(part)]
        for name, lines in fields.items():
            assert all(name in by_name(kind) for kind in kinds), name
            for line in lines:
                weight, *wanted = line.split()
                assert 0 < float(weight) <= 1
                assert set(wanted) <= known


@pytest.mark.parametrize(
    "heading",
    ["Fecha de incautación", "Дата вилучення", "Дата изъятия", "Beschlagnahmedatum",
     "Sicherstellungsdatum", "تاريخ الضبط", "收缴日期", "Data da apreensão",
     "Date de saisie", "date_recovered", "DateSeized", "SEIZURE DATE"],
)  # fmt: skip
def test_the_day_of_seizure_is_named_in_every_language(heading):
    assert name_score(heading, "recovered_on", RECOVERIES) == 1


def test_words_that_are_written_as_one_are_taken_apart():
    assert meanings("WEAPONKIND").found == {"WEAPON", "KIND"}
    assert meanings("Herstellungsnummer").found == {"MANUFACTURE", "NUMBER"}
    assert meanings("枪支编号").found == {"WEAPON", "NUMBER"}


def test_a_word_that_is_not_known_makes_a_reading_less_sure():
    sure = name_score("Serial", "serial", RECOVERIES)
    less = name_score("Serial zzqx", "serial", RECOVERIES)

    assert 0.5 < less < sure


@pytest.mark.parametrize("heading", ["No. corredera", "Barrel no", "رقم السبطانة"])
def test_the_number_of_a_part_is_neither_the_arms_nor_the_records(heading):
    for name in ("serial", "source_number"):
        assert name_score(heading, name, RECOVERIES) < 0.5
    assert name_score("Receiver no.", "serial", RECOVERIES) == 1


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_and_scores_between_0_and_1(text):
    assert 0 <= name_score(text, "serial", RECOVERIES) <= 1


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.9]), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_no_other_pairing_scores_more(scores):
    def most(rows, taken):
        if not rows:
            return 0.0
        alone = most(rows[1:], taken)
        paired = (
            rows[0][at] + most(rows[1:], taken | {at})
            for at in range(3)
            if at not in taken
        )
        return max([alone, *paired])

    pairs = best_pairs(scores)

    assert len(set(pairs.values())) == len(pairs)
    total = sum(scores[row][column] for row, column in pairs.items())
    assert total == pytest.approx(most(scores, frozenset()))


def test_a_file_of_thousands_of_columns_is_paired_at_once():
    scores = [[0.0, 0.0]] * 3000 + [[0.9, 0.2]]

    assert best_pairs(scores) == {3000: 0}


@pytest.mark.parametrize("text", ["x" * 20_000, "word " * 40_000, "serialmake" * 200])
def test_a_text_as_long_as_a_page_is_not_taken_apart(text):
    """Taking a word apart costs the square of its length; a file may be all one."""
    found = heading_words.meanings(text)

    assert (found.found, found.strangers) == (frozenset(), 1)
