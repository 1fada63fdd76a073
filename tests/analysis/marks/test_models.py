"""A model is a designation, not a way of working, a look, a maker or a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.marks import models, tables
from armstrace.vocabulary.arms import ArmType

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "make", "rule"),
    [
        ("HAND EJECTOR", "TAURUS", "ACTION"),
        ("Pump-Action", "CBC", "ACTION"),
        ("semiautomática", "BERSA", "ACTION"),
        ("AÇÃO DUPLA 5 TIROS", "ROSSI", "ACTION"),
        ("double action revolver", "COLT", "ACTION"),
        ("Halbautomatik", "WALTHER", "ACTION"),
        ("à pompe", "BENELLI", "ACTION"),
        ("ПОМПОВЕ", "HATSAN", "ACTION"),
        ("yarı otomatik", "CANIK", "ACTION"),
        ("半自动", "NORINCO", "ACTION"),
        ("REVÓLVER", "TAURUS", "DESCRIPTION"),
        ("INOX", "TAURUS", "DESCRIPTION"),
        ("cano longo", "ROSSI", "DESCRIPTION"),
        ("AMADEO ROSSI", "ROSSI", "MAKE"),
        ("GARDONE VT", "BERETTA", "PLACE"),
    ],
)
def test_what_is_no_designation_gives_no_model(text: str, make: str, rule: str) -> None:
    read = models.read_model(text, make)

    assert (read.value, read.rule) == ("", rule)
    assert read.as_written == text


@pytest.mark.parametrize(
    ("text", "make", "model"),
    [
        ("HAND EJECTOR", "SMITH & WESSON", "HAND EJECTOR"),
        ("SINGLE ACTION ARMY", "COLT", "SINGLE ACTION ARMY"),
        ("586 PUMP ACTION", "CBC", "586"),
        ("BSA 5T-84 PUMP", "BOITO", "BSA 5T-84"),
        ("S&W 36", "SMITH & WESSON", "36"),
        ("FORJAS TAURUS PT 92", "TAURUS", "PT 92"),
        ("ТОЗ-34", "TULA ARMS PLANT", "TOZ-34"),
        ("PUMPMASTER 77", "", "PUMPMASTER 77"),
        ("M70", "ZASTAVA", "M70"),
        ("PAP M 70", "ZASTAVA", "PAP M70"),
    ],
)
def test_a_designation_stays_what_its_maker_calls_it(
    text: str, make: str, model: str
) -> None:
    kind = ArmType.REVOLVER if "S&W" in text else ArmType.PISTOL
    assert models.read_model(text, make, kind).value == model


@given(
    st.sampled_from(
        [
            words.replace("#", "7")
            for row in tables.rows("model_words.tsv")
            for words in tables.several(row["words"])
        ]
    )
)
def test_no_word_of_the_table_is_a_model_of_no_maker(words: str) -> None:
    assert models.read_model(words).value == ""
    assert models.read_model(words.lower().replace(" ", "-")).value == ""
