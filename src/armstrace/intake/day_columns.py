"""Columns of days: what stands beside a day is kept."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from armstrace.intake.dates import beside_day
from armstrace.intake.fields import IntakeKind, Shape, by_name
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.vocabulary.messages import message

_WORD = re.compile(r"[^\W\d_]{4}")


@dataclass(frozen=True, slots=True)
class DayColumns:
    """Which columns hold days, and what else they may hold."""

    # Field of days to its columns.
    columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    # Columns that state a place with the day.
    with_place: frozenset[int] = frozenset()
    headings: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        kind: IntakeKind,
        places: Mapping[str, tuple[int, ...]],
        headings: tuple[str, ...],
    ) -> Self:
        """Give those of a file, by the columns of each field."""
        fields = by_name(kind)
        days = {
            name: columns
            for name, columns in places.items()
            if columns and fields[name].shape is Shape.DATE
        }
        return cls(days, frozenset(places.get("place", ())), headings)

    def part(self, values: dict[str, str], cells: Sequence[str]) -> Iterator[Trouble]:
        """Keep what stands beside a day as the place or in the notes.

        Where a kind has neither, a person moves it.
        """
        for name, columns in self.columns.items():
            text = values[name]
            if not _WORD.search(text):  # nearly every day, at the least cost
                continue
            day, rest = beside_day(text)
            if rest and not self.with_place.isdisjoint(columns):
                values[name], values["place"] = day, rest
            elif rest and text.startswith(day) and "notes" in values:
                values[name] = day
                kept = (f"{self.headings[at]}: {cells[at].strip()}." for at in columns)
                values["notes"] = " ".join(filter(None, (values["notes"], *kept)))
            elif rest and text.startswith(day):
                said = message(
                    "“%(rest)s” is in the same cell as the date; move it to a column "
                    "of its own.",
                    rest=rest[:40],
                )
                yield Trouble(Reason.NOT_A_DATE, name, said)
