"""A row becomes canonical fields by a profile; nothing is guessed."""

import pytest

from armstrace.intake.mapping import Mapped, mapping_of
from armstrace.intake.offences import classify
from armstrace.intake.profiles import library
from armstrace.intake.profiles.schema import Profile, read_profile
from armstrace.intake.tables.rows import Row
from armstrace.vocabulary.errors import InvalidInput

pytestmark = pytest.mark.pure

TEXT = """
name = "north"
kind = "recoveries"
source = "NORTH"
agency = "NP"
list_separator = "///"
notes_from = ["Extra"]

[columns]
"Nr" = "source_number"
"Serie" = "serial"
"Art" = ["arm_type", "ammunition_kind"]
"Kal" = "calibre"
"Datum" = "recovered_on"
"Delikt" = "offences"

[joined]
place = ["Ort", "Strasse"]

[ignored]
"Farbe" = "says nothing about the arm"

[constants.recovery_kind]
value = "SEIZED"
reason = "the file holds seizures"

[values.ammunition_kind]
"Patrone" = "COMPLETE_ROUND"
"*" = "UNKNOWN"

[[flags]]
field = "offences"
words = ["Abgabe"]
note = "Handed in: decide."

[[offence_rules]]
words = ["Waffenhandel"]
justification = "TRAFFICKING"
contexts = ["FIREARMS_TRAFFICKING"]

[[offence_rules]]
words = ["Besitz"]
justification = "POSSESSION"
contexts = ["OTHER_ARMS_OFFENCES"]

[[offence_rules]]
words = ["Raub"]
contexts = ["ROBBERY"]
"""
HEADINGS = ("Nr", "SERIE", "Art", "Kal", "Datum", "Delikt", "Ort", "Strasse",
            "Extra", "Farbe")  # fmt: skip


def profile(text: str = TEXT) -> Profile:
    return read_profile(text, origin="north.toml")


def mapped(*cells: str, dated: tuple[int, ...] = ()) -> Mapped:
    mapping = mapping_of(profile(), HEADINGS, name="a.xlsx")
    return mapping.map(Row(2, cells, dated))


def test_columns_are_found_by_headings_whatever_their_case_and_accents():
    values = mapped("1", "AB1", "Pistole").values

    assert (values["source_number"], values["serial"]) == ("1", "AB1")


def test_one_column_may_give_two_fields_each_with_its_own_values():
    assert mapped("1", "", "Patrone").values["ammunition_kind"] == "COMPLETE_ROUND"
    values = mapped("1", "", "Pistole").values
    assert (values["arm_type"], values["ammunition_kind"]) == ("Pistole", "UNKNOWN")


def test_two_columns_may_be_joined():
    values = mapped("1", "", "", "", "", "", "Bonn", "Markt 1").values

    assert values["place"] == "Bonn, Markt 1"


def test_a_constant_fills_what_the_file_does_not_say():
    values = mapped("1").values

    assert (values["recovery_kind"], values["agency"]) == ("SEIZED", "NP")


def test_a_named_column_is_kept_in_the_notes_and_a_flag_adds_its_sentence():
    row = ("1", "", "", "", "", "Freiwillige Abgabe", "", "", "seen twice", "red")

    assert mapped(*row).values["notes"] == "Extra: seen twice. Handed in: decide."


@pytest.mark.parametrize(
    ("cell", "typed"),
    [("1970-12-01", "12/70"), ("2021-07-24", "24/7"), ("12/70", "12/70")],
)
def test_a_date_that_a_spreadsheet_program_made_of_a_calibre_is_undone(cell, typed):
    assert mapped("1", "", "", cell, dated=(3,)).values["calibre"] == typed


def test_what_was_undone_is_said_once_for_the_file():
    mapping = mapping_of(profile(), HEADINGS, name="a.xlsx")
    for number in (2, 3):
        mapping.map(Row(number, ("1", "", "", "1970-12-01"), (3,)))

    (sentence,) = mapping.remarks()

    assert "2 cells of calibre" in str(sentence)
    assert "row 2 is read as 12/70" in str(sentence)


def test_a_date_column_that_holds_dates_is_not_undone():
    values = mapped("1", "", "", "", "2019-03-01 10:00:00", dated=(4,)).values

    assert values["recovered_on"] == "2019-03-01 10:00:00"


def test_offences_are_classed_one_by_one_and_kept_verbatim():
    values = mapped("1", "", "", "", "", "Raub /// Besitz").values

    assert values["offences"] == "Raub /// Besitz"
    assert values["legal_justification"] == "POSSESSION"
    assert values["criminal_contexts"] == "ROBBERY;OTHER_ARMS_OFFENCES" or (
        values["criminal_contexts"] == "OTHER_ARMS_OFFENCES;ROBBERY"
    )


def test_the_earliest_rule_gives_the_justification():
    rules = profile().offence_rules

    classed = classify("Besitz///Waffenhandel///Schach", rules, "///")

    assert classed.justification == "TRAFFICKING"


def test_an_offence_that_no_rule_fits_is_not_known():
    classed = classify("Schach", profile().offence_rules, "///")

    assert (classed.justification, classed.contexts) == ("UNKNOWN", ("UNKNOWN",))


def test_a_file_without_a_column_that_every_row_needs_is_refused():
    with pytest.raises(InvalidInput, match=r"day of recovery \(“Datum”\)"):
        mapping_of(profile(), ("Nr", "Serie"), name="a.xlsx")


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(InvalidInput, match="none of the columns"):
        mapping_of(profile(), ("Name", "Colour"), name="a.xlsx")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "north"', "", "name is missing"),
        ('kind = "recoveries"', 'kind = "cakes"', "cakes"),
        ('"source_number"', '"sourcenumber"', "not a field of recovered items"),
        ('value = "SEIZED"', 'value = "TAKEN"', "not a code of recovery_kind"),
        ('reason = "the file holds seizures"', 'reason = ""', "has no reason"),
        ('contexts = ["ROBBERY"]', 'contexts = ["X"]', "not a criminal context"),
        ('justification = "POSSESSION"', 'justification = "X"', "legal justification"),
        ("list_separator", "separator", "separator is not known"),
        ("[joined]", "[joined", "not valid TOML"),
        ('"Kal" = "calibre"', '"Kal" = "serial"', "two columns give serial"),
    ],
)  # fmt: skip
def test_a_profile_with_a_fault_says_which(old, new, words):
    with pytest.raises(InvalidInput, match=words) as caught:
        profile(TEXT.replace(old, new, 1))

    assert "north.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "template"),
    [
        ('name = "north"', "", "%(key)s is missing"),
        ("list_separator", "separator", "the key %(key)s is not known"),
        ('value = "SEIZED"', "", "%(key)s is missing"),
        ('kind = "recoveries"', 'kind = "cakes"', "a value is of the wrong kind (%(told)s)"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_fault_of_form_is_said_in_words_that_are_translated(old, new, template):
    with pytest.raises(InvalidInput) as caught:
        profile(TEXT.replace(old, new, 1))

    assert caught.value.message.params["why"].template == template


def test_shipped_profiles_validate_and_bear_the_names_of_their_files():
    assert library.problems() == []
    assert "rio-seizures" in library.built_in_profiles()


def test_a_digest_tells_one_profile_from_another():
    other = TEXT.replace('agency = "NP"', 'agency = "SP"')

    assert profile().digest == profile().digest
    assert profile().digest != profile(other).digest
