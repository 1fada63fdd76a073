"""A canonical calibre is one of the vocabulary, which agrees with itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.marks import calibre_spelling, calibres, cartridges, tables
from armstrace.vocabulary.arms import ArmType

pytestmark = pytest.mark.pure


def test_every_canonical_cartridge_and_gauge_reads_to_itself() -> None:
    names = filter(calibres.is_known, cartridges.vocabulary())

    assert [name for name in names if calibres.read_calibre(name).value != name] == []


def test_no_name_of_a_cartridge_is_another_ones() -> None:
    owners: dict[str, set[str]] = {}
    for row in tables.rows("calibres.tsv"):
        for name in (row["name"], row["metric"], *tables.several(row["aliases"])):
            owners.setdefault(calibre_spelling.key(name), set()).add(row["name"])

    shared = {key for key, names in owners.items() if key and len(names) > 1}
    assert shared == set()


@pytest.mark.parametrize(
    ("table", "column"),
    [("models.tsv", "calibre"), ("bare_calibres.tsv", "calibre"),
     ("chambers.tsv", "cartridge"), ("chambers.tsv", "takes")],
)  # fmt: skip
def test_no_table_names_a_calibre_that_is_not_of_the_vocabulary(
    table: str, column: str
) -> None:
    named = {one for row in tables.rows(table) for one in tables.several(row[column])}

    assert named - cartridges.vocabulary() == set()


@given(st.text(alphabet="0123456789.,/xX- MASPLW&()", max_size=16))
def test_a_value_is_one_of_the_vocabulary_or_empty(text: str) -> None:
    value = calibres.read_calibre(text, ArmType.REVOLVER).value

    assert value == "" or value in cartridges.vocabulary()
