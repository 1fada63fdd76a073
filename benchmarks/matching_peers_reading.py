"""What every peer is given: both sides in plain words, and one weighted likeness.

``plain`` is what a careful user of a general tool does first: upper case, look-alike
letters of other scripts as Latin ones, no punctuation. ``canonical`` hands the peer
Armstrace's own reading of makes, models, calibres and leading "SN" as well.
"""

from rapidfuzz.distance import JaroWinkler

from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.search_keys import latin_letters
from armstrace.analysis.matching import canonical
from armstrace.analysis.matching.cards import Card, Query
from benchmarks.matching_blind import query_of

FETCHED = 50
WEIGHTS = {"serial": 0.55, "make": 0.2, "model": 0.15, "calibre": 0.1}


def words(text: str) -> str:
    """Write a text in upper-case Latin words without punctuation."""
    spaced = "".join(c if c.isalnum() else " " for c in latin_letters(text))
    return " ".join(spaced.split())


def number(text: str) -> str:
    """Write a serial number in upper-case Latin letters and digits alone."""
    return words(text).replace(" ", "")


def card(registry_id: str, written: Description) -> Card:
    """Take a registered arm in plain words."""
    return Card(
        registry_id,
        make=words(written.make),
        model=words(written.model),
        calibre=words(written.calibre),
        serial=number(written.serial),
    )


def query(query_id: str, written: Description) -> Query:
    """Take a reading in plain words."""
    return query_of(card(query_id, written))


READINGS = {"plain": (card, query), "canonical": (canonical.card, canonical.query)}


def likeness(query: Query, card: Card) -> float:
    """Weigh the Jaro-Winkler similarities of the fields that both sides fill."""
    total = weights = 0.0
    for name, weight in WEIGHTS.items():
        one, other = getattr(query, name), getattr(card, name)
        if one and other:
            total += weight * JaroWinkler.normalized_similarity(one, other)
            weights += weight
    return total / weights if weights else 0.0


def ranked(query: Query, cards: list[Card]) -> list[tuple[str, float]]:
    """Give registry ids with their likeness, the likest first."""
    scored = [(card.registry_id, likeness(query, card)) for card in cards]
    return sorted(scored, key=lambda row: -row[1])
