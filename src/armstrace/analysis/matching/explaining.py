"""Say in words why a registered arm is proposed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from armstrace.analysis.matching.alignment import Alignment
from armstrace.analysis.matching.editing import Place
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.matching import Agreement, Difference, MatchClass
from armstrace.vocabulary.messages import Message, join, message

FIELD_WORDS = {
    "make": message("make"),
    "model": message("model"),
    "calibre": message("calibre"),
    "type": message("type"),
    "country": message("country of manufacture"),
    "import_country": message("import country"),
    "serial": message("serial"),
}
_D = Difference
_RUNS = frozenset({_D.LOST_START, _D.LOST_END, _D.ADDED_START, _D.ADDED_END, _D.UNREAD})

# From which bits on evidence is told so; ten bits are odds of a thousand to one.
_WEIGHTS = (
    (10.0, message("which speaks very strongly for it")),
    (5.0, message("which speaks strongly for it")),
    (1.0, message("which speaks for it")),
    (-1.0, message("which says little")),
    (-5.0, message("which speaks against it")),
    (float("-inf"), message("which speaks strongly against it")),
)

type Kept = list[Any]
"""Evidence as JSON keeps it, in the order of ``Evidence``."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one field says for or against an arm."""

    field: str
    # How the reading stands to the record.
    agreement: Agreement
    # Binary logarithm of how much likelier the reading is on this arm than on one that
    # is not in the registry; negative speaks against.
    bits: float
    read: str
    registered: str
    # Where two serials differ, a run of one kind as one.
    differences: tuple[Place, ...] = ()

    @property
    def values(self) -> tuple[str | ArmType, str | ArmType]:
        """What was read and what is registered; a type as a code that has words."""
        read, registered = (_value(self.field, v) for v in (self.read, self.registered))
        return read, registered

    @property
    def said(self) -> Message:
        """The same for people, such as "make agrees"."""
        if self.field == "serial":
            return _of_serial(self)
        name, values = FIELD_WORDS[self.field], self.values
        if self.agreement not in {Agreement.CLOSE, Agreement.DIFFERS}:
            return message("%(field)s %(how)s", field=name, how=self.agreement)
        return message(
            "%(field)s %(how)s (%(read)s read, %(registered)s registered)",
            field=name,
            how=self.agreement,
            read=values[0],
            registered=values[1],
        )

    @property
    def words(self) -> Message:
        """The same with what it is worth, in words and in bits."""
        return message(
            "%(words)s, %(weight)s (%(bits)s bits)",
            words=self.said,
            weight=_weigh(self.bits),
            bits=f"{self.bits:.1f}",
        )

    def kept(self) -> Kept:
        """Give the evidence as JSON keeps it, which is short: runs keep many."""
        places = [[p.registered, p.read, p.kind.value] for p in self.differences]
        bits = round(self.bits, 1)
        return [
            self.field,
            self.agreement.value,
            bits,
            self.read,
            self.registered,
            places,
        ]


def _value(field: str, value: str) -> str | ArmType:
    is_type = field == "type" and value in ArmType.__members__
    return ArmType(value) if is_type else value


def read_evidence(kept: Kept) -> Evidence:
    """Give the evidence that JSON keeps."""
    field, agreement, bits, read, registered, places = kept
    differences = tuple(Place(one, two, Difference(kind)) for one, two, kind in places)
    return Evidence(field, Agreement(agreement), bits, read, registered, differences)


def explanation(taken_as: Message, evidence: Iterable[Evidence]) -> Message:
    """Say all evidence in one line, what weighs most first.

    Args:
        taken_as: What was taken for what; empty for a reading as written.
    """
    rows = sorted(evidence, key=lambda row: -abs(row.bits))
    return join([taken_as, *(row.words for row in rows)], "; ")


def _weigh(bits: float) -> Message:
    return next(words for least, words in _WEIGHTS if bits >= least)


def serial_evidence(
    alignment: Alignment, values: tuple[str, str], *, bits: float
) -> Evidence:
    """Give the evidence of a serial; values are (registered, read)."""
    registered, read = values
    is_exact = alignment.match_class is MatchClass.EXACT
    agreement = Agreement.AGREES if is_exact else Agreement.CLOSE
    places = () if is_exact else tuple(differences(alignment.places))
    return Evidence("serial", agreement, bits, read, registered, places)


def serial_words(places: Iterable[Place]) -> Message:
    """Name each difference of two serials, as in "0 read for O"."""
    phrases = [_phrase(place) for place in places]
    return join(phrases, ", ") or message("agrees in all that was read")


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


def _of_serial(one: Evidence) -> Message:
    if one.agreement is Agreement.AGREES:
        return message("serial agrees")
    if one.agreement is Agreement.NOT_RECORDED:
        return message("serial is not in the registry record")
    return message("serial: %(differences)s", differences=serial_words(one.differences))


_PHRASES = {
    _D.LOOK_ALIKE: message("%(read)s read for %(registered)s, a look-alike"),
    _D.SUBSTITUTED: message("%(read)s read for %(registered)s"),
    _D.TRANSPOSED: message("%(read)s read for %(registered)s, exchanged"),
    _D.MISSED: message("%(registered)s left out"),
    _D.ADDED: message("%(read)s added"),
    _D.UNREAD: message("%(registered)s not read"),
    _D.LOST_START: message("%(registered)s lost at the start"),
    _D.LOST_END: message("%(registered)s lost at the end"),
    _D.ADDED_START: message("%(read)s added at the start"),
    _D.ADDED_END: message("%(read)s added at the end"),
}


def _phrase(place: Place) -> Message:
    template = _PHRASES[place.kind].template
    signs = {"read": place.read, "registered": place.registered}
    said = {name: sign for name, sign in signs.items() if f"%({name})s" in template}
    return Message(template, said)
