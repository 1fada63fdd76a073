"""Say in words why a registered arm is proposed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armstrace.analysis.matching.alignment import Alignment
from armstrace.analysis.matching.editing import Place
from armstrace.vocabulary.matching import Agreement, Difference, MatchClass

FIELD_WORDS = {
    "make": "make",
    "model": "model",
    "calibre": "calibre",
    "type": "type",
    "country": "country of manufacture",
    "import_country": "import country",
    "serial": "serial",
}
_D = Difference
_RUNS = frozenset({_D.LOST_START, _D.LOST_END, _D.ADDED_START, _D.UNREAD})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one field says for or against an arm.

    Args:
        field: Name of the field.
        agreement: How the reading stands to the record.
        bits: Binary logarithm of how much likelier the reading is on this arm
            than on one that is not in the registry; negative speaks against.
        read: The value as read.
        registered: The value in the registry.
        words: The same for people, such as "make agrees, 3.5 bits".
    """

    field: str
    agreement: Agreement
    bits: float
    read: str
    registered: str
    words: str


def field_evidence(
    field: str, agreement: Agreement, values: tuple[str, str], *, bits: float
) -> Evidence:
    """Word the evidence of a described field; values are (registered, read)."""
    registered, read = values
    words = f"{FIELD_WORDS[field]} {agreement.label}"
    if agreement in {Agreement.CLOSE, Agreement.DIFFERS}:
        words += f" ({read} read, {registered} registered)"
    return Evidence(field, agreement, bits, read, registered, _with_bits(words, bits))


def serial_evidence(
    alignment: Alignment, values: tuple[str, str], *, bits: float
) -> Evidence:
    """Word the evidence of a serial; values are (registered, read)."""
    registered, read = values
    exact = alignment.match_class is MatchClass.EXACT
    if exact:
        agreement, words = Agreement.AGREES, "serial agrees"
    else:
        agreement = Agreement.CLOSE
        words = f"serial: {differences_in_words(alignment)}"
    return Evidence(
        "serial", agreement, bits, read, registered, _with_bits(words, bits)
    )


def absent_serial_evidence(read: str) -> Evidence:
    """Word that the registry records no serial to compare with."""
    words = "serial is not in the registry record, 0.0 bits"
    return Evidence("serial", Agreement.NOT_RECORDED, 0.0, read, "", words)


def differences_in_words(alignment: Alignment) -> str:
    """Name each difference of two aligned serials, as in "0 read for O"."""
    phrases = [_phrase(place) for place in differences(alignment.places)]
    return ", ".join(phrases) or "agrees in all that was read"


def differences(places: Sequence[Place]) -> Iterator[Place]:
    """Give the differences of two aligned serials, a run of one kind as one."""
    left = list(places)
    while left:
        run = _run(left)
        left = left[len(run) :]
        if run[0].kind is not _D.SAME:
            registered = "".join(place.registered for place in run)
            read = "".join(place.read for place in run)
            yield Place(registered, read, run[0].kind)


def _run(places: list[Place]) -> list[Place]:
    """Take the first places that are told as one difference."""
    kind = places[0].kind
    if kind is _D.TRANSPOSED:
        return places[:2]
    if kind not in _RUNS:
        return places[:1]
    size = next((n for n, p in enumerate(places) if p.kind is not kind), len(places))
    return places[:size]


def _phrase(place: Place) -> str:
    registered, read = place.registered, place.read
    phrases = {
        _D.LOOK_ALIKE: f"{read} read for {registered}, a look-alike",
        _D.SUBSTITUTED: f"{read} read for {registered}",
        _D.TRANSPOSED: f"{read} read for {registered}, exchanged",
        _D.MISSED: f"{registered} left out",
        _D.ADDED: f"{read} added",
        _D.UNREAD: f"{registered} not read",
        _D.LOST_START: f"{registered} lost at the start",
        _D.LOST_END: f"{registered} lost at the end",
        _D.ADDED_START: f"{read} added at the start",
    }
    return phrases[place.kind]


def _with_bits(words: str, bits: float) -> str:
    return f"{words}, {bits:.1f} bits"
