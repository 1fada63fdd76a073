"""Of several numbers, the words on its side of a comma tell where each stands."""

import pytest

from armstrace.analysis.marks import serials

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "own", "other", "place"),
    [
        ("frame AB123 slide CD456", "AB123", "CD456", "slide"),
        ("AB123 frame, CD456 slide", "AB123", "CD456", "slide"),
        ("TKN29736, ferrolho 44512", "TKN29736", "44512", "slide"),
        ("TKN29736 / 44512 (nº do ferrolho), raspado", "TKN29736", "44512", "slide"),
        ("cano 1234 armação 5678", "5678", "1234", "barrel"),
        ("Cano 368128, ferrolho 368276 e armação T63518", "T63518", "368128", "barrel"),
        ("KT 12345 e 67890 no cano", "KT12345", "67890", "barrel"),
        ("PVC608 (cano e ferrolho) e AYP669 (armação)", "AYP669", "PVC608", "barrel"),
    ],
)
def test_each_number_has_its_own_place(text, own, other, place):
    found = serials.read_serial(text)

    assert found.search == own
    assert found.others[0].code == other
    assert place in str(found.others[0].place)
