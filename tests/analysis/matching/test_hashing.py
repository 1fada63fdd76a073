import pytest

from armstrace.analysis.matching import hashing

pytestmark = pytest.mark.pure

# Stored keys depend on these values: they never change.
VECTORS = {
    "": 0,
    "1": 7072182788822321375,
    "40000": -8913499762482974595,
    "TAB12345": -5982674654228782219,
    "ПР123": 7652892689635290115,
}


@pytest.mark.parametrize(("text", "key"), VECTORS.items())
def test_the_hash_of_a_text_never_changes(text, key):
    assert hashing.hash_text(text) == key


@pytest.mark.parametrize("text", [text for text in VECTORS if text])
def test_a_table_hashes_as_its_rows_do(text):
    assert hashing.hash_codes(hashing.codes_of([text])).tolist() == [
        hashing.hash_text(text)
    ]
