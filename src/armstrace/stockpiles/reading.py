"""Read the lines of a scanner, and which arms they name."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from armstrace.records.lookups import among
from armstrace.registry import doubles
from armstrace.registry.models import Arm, ArmRecord
from armstrace.stockpiles.standing import missing_among
from armstrace.vocabulary.messages import Message, message

NUMBER = re.compile(r"[Aa]([1-9][0-9]{0,17})")
HEADS = {"number", "arm", "serial", "code"}
# Of a line that is read as columns.
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list, and the arm that it names; None where it names none."""

    place: int
    text: str
    arm_id: int | None = None

    @property
    def name(self) -> str:
        """Give what the comparison calls it."""
        return f"A{self.arm_id}" if self.arm_id else self.text


def lines_of(text: str) -> list[Line]:
    """Give what stands first on each line; the head of a table is passed over."""
    rows = text.replace("\x00", "").splitlines()
    found = [Line(place, _first(row)) for place, row in enumerate(rows, 1)]
    return found[1:] if found and found[0].text.casefold() in HEADS else found


def _first(row: str) -> str:
    if len(row) > LONGEST:
        return row
    delimiter = next((sign for sign in ";\t" if sign in row), ",")
    cells = next(csv.reader([row], delimiter=delimiter), [])
    return next(filter(None, map(str.strip, cells)), "")


def resolve(lines: Sequence[Line]) -> list[Line]:
    """Say which arm each line names, in few queries for any many.

    A number that several arms bear names none of them.
    """
    texts = {each.text for each in lines if each.text}
    keys = {text: int(got[1]) for text in texts if (got := NUMBER.fullmatch(text))}
    on_record = Arm.objects.filter(among("pk", keys.values()))
    known = set(on_record.values_list("pk", flat=True))
    found = {text: key for text, key in keys.items() if key in known}
    found |= _by_marks(texts - keys.keys())
    found = doubles.standing(found)
    return [Line(each.place, each.text, found.get(each.text)) for each in lines]


def _by_marks(texts: Iterable[str]) -> dict[str, int]:
    given, found = set(texts), defaultdict(set)
    records = ArmRecord.objects.current().filter(among("serial_as_marked", given))
    numbered = Arm.objects.filter(among("source_number", given))
    for rows in (
        records.values_list("serial_as_marked", "arm_id"),
        numbered.values_list("source_number", "pk"),
    ):
        for text, key in rows:
            found[text].add(key)
    return {text: next(iter(keys)) for text, keys in found.items() if len(keys) == 1}


def remarks(lines: Sequence[Line]) -> list[Message]:
    """Say in a sentence each what is odd: empty, twice, foreign, or on record lost."""
    said = [
        message("Line %(line)s is empty and is passed over.", line=each.place)
        for each in lines
        if not each.text
    ]
    places: Mapping[str, list[int]] = defaultdict(list)
    for each in lines:
        if each.text:
            places[each.name].append(each.place)
    said += [
        message(
            "%(number)s is on lines %(lines)s and counts once.",
            number=name,
            lines=tuple(map(str, at)),
        )
        for name, at in places.items()
        if len(at) > 1
    ]
    missing = missing_among({each.arm_id for each in lines if each.arm_id})
    said += [
        message(
            "%(arm)s was seen, and the register has it as lost or stolen; look at it, "
            "and have it recorded there that it was found.",
            arm=f"A{key}",
        )
        for key in sorted(missing)
    ]
    foreign = {each.text: each.place for each in lines if each.text and not each.arm_id}
    return said + [
        message(
            "%(number)s on line %(line)s is not an arm on the register; check its "
            "label.",
            number=text,
            line=place,
        )
        for text, place in foreign.items()
    ]
