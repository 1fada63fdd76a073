"""What in the facts of recovered arms tells of a border, and what does not."""

from datetime import date

import pytest

from armstrace.investigations.crossings import Happening, Item, crossings
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.recoveries import PlaceKind

pytestmark = pytest.mark.pure
SOLD = Happening(LifeEventKind.TRANSFERRED, date(2020, 1, 1), "XV")


@pytest.mark.parametrize(
    ("known", "tells"),
    [({}, True), ({"import_mark": "XV"}, False), ({"life": (SOLD,)}, False)],
)
def test_an_arm_made_abroad_tells_of_a_border_where_no_import_is_known(known, tells):
    item = Item("R46", PlaceKind.UNKNOWN, made_in="AT", **known)

    said = [str(each) for each in crossings([item], "XV")]

    sentence = "R46 was made in AT, and no import of it is on record."
    assert said == [sentence] * tells
