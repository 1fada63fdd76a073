"""Numbers of one source that differ only in how they are typed."""

import re
from collections.abc import Iterable
from typing import Any

from armstrace.intake.planning import MOST_NAMED, PlannedRow, Remark, Seen
from armstrace.intake.repeats import short
from armstrace.records.lookups import among
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import Recovery
from armstrace.registry.inputs import ArmInput
from armstrace.registry.models import Arm
from armstrace.vocabulary.content import CONTENT_KEY
from armstrace.vocabulary.messages import Parameter, quote
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
_TABLES: dict[type, Any] = {RecoveryInput: Recovery, ArmInput: Arm}
_GAP = re.compile(r"[\s‐‑–-]+")
_BESIDE_A_LETTER = re.compile(r"(?<=\d)-(?=[^\W\d])|(?<=[^\W\d])-(?=\d)")
_BORDER = re.compile(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")


def plain(number: str) -> str:
    """Write a number without what is typed now so, now otherwise.

    A hyphen between two digits parts them and stays: 1-23 is not 12-3.
    """
    return _BESIDE_A_LETTER.sub("", _GAP.sub("-", number.strip().casefold()))


def remark(
    planned: Iterable[PlannedRow],
    source: str,
    seen: Seen,
    told: Remark,
) -> None:
    """Say of the first rows whose number is another one typed otherwise.

    They become records of their own: nothing but the number says that two are one.
    """
    rows = [row for row in planned if type(row.stated) in _TABLES and not row.outcome]
    numbers = {_number(row): row for row in rows if _number(row)}
    if not numbers or seen.likes >= MOST_NAMED:
        return
    known = _find_like(numbers, source, seen)
    for number, row in numbers.items():
        said = short(number).to_bytes(8, signed=True)
        before, is_same = seen.typed.earlier(plain(number), said, row.number)
        where: dict[str, Parameter] = {"row": row.number, "number": quote(number)}
        if (other := known.get(number)) is not None:
            told(SAID.say("LIKE_ON_RECORD", other=quote(other), **where))
        elif before and not is_same:
            told(SAID.say("LIKE_IN_FILE", before=before, **where))
        else:
            continue
        seen.likes += 1
        if seen.likes >= MOST_NAMED:
            return


def _number(row: PlannedRow) -> str:
    number = row.item.number if row.item else row.identity
    return "" if number.startswith(CONTENT_KEY) else number


def _find_like(
    numbers: dict[str, PlannedRow], source: str, seen: Seen
) -> dict[str, str]:
    """Give the number on record that each new one is, typed otherwise."""
    table = _TABLES[type(next(iter(numbers.values())).stated)]
    records = table.objects.filter(source=source)
    if seen.is_first is None:
        seen.is_first = not records.exists()
    if seen.is_first:
        return {}
    forms = {form for number in numbers for form in _forms(number)}
    found = records.filter(among("source_number", forms | numbers.keys()))
    on_record = set(found.values_list("source_number", flat=True))
    known = {plain(number): number for number in on_record}
    return {
        number: known[plain(number)]
        for number in numbers.keys() - on_record
        if plain(number) in known
    }


def _forms(number: str) -> Iterable[str]:
    """Give the usual ways to type a number."""
    for gap in ("", "-", " "):
        form = _BORDER.sub(gap, plain(number))
        for each in (form, form.replace("-", " "), number):
            yield from (each.upper(), each.lower())
