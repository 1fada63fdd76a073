"""What came later takes no place among the records that a search may give."""

from armstrace.analysis.marks import folding
from armstrace.analysis.matching import keys
from armstrace.analysis.matching.cards import Card
from armstrace.analysis.matching.memory import MemoryRegistry


def test_the_limit_is_applied_to_what_came_before():
    cards = [
        Card(str(place), "PISTOL", "GLOCK", "17", "9x19 mm", "BK48010", "AT", "", ())
        for place in range(20)
    ]
    held = MemoryRegistry(reversed(cards))
    wanted = keys.storage_keys("BK48010", folding.standard())

    found = held.cards_for(wanted, limit=3, before=2)

    assert [card.registry_id for card in found] == ["19", "18"]
    assert found.left_out == 0
