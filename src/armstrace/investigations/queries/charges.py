"""Charges to consider: each element with what bears it, and what the facts suggest."""

from dataclasses import dataclass

from django.conf import settings

from armstrace.investigations import crossings
from armstrace.investigations.models import CaseEntry
from armstrace.investigations.queries.entries import entries_of
from armstrace.investigations.queries.facts import border_facts
from armstrace.records import jurisdiction
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.investigations import EntryKind
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.profiles import Element, Offence


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element of an offence."""

    element: Element
    # Entries by number and items as R12; empty where it is missing.
    borne_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A charge to consider: a proposal, never a finding."""

    entry: CaseEntry
    # As the law of its day has it; None where the profile lost it.
    offence: Offence | None
    elements: tuple[ElementRow, ...]

    @property
    def missing(self) -> int:
        """Count the elements that nothing bears yet."""
        return sum(not row.borne_by for row in self.elements)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offence that the facts give reason to consider too."""

    offence: Offence
    because: tuple[Message, ...]


def charges_of(case_id: int, *, viewer: Actor) -> list[ChargeRow]:
    """Give the charges to consider of a case.

    Source:
        Firearms Protocol, art. 5; the offences and elements of the profile.
    """
    found = entries_of(case_id, viewer=viewer, kinds=(EntryKind.CHARGE,))
    return [_row(entry) for entry in found]


def suggestions(case_id: int, *, viewer: Actor) -> list[Suggestion]:
    """Give the offences to consider beside those of a case that crosses a border.

    Source:
        Firearms Protocol, art. 3 (e); UNODC guidelines on overshadowing offences.
    """
    found = charges_of(case_id, viewer=viewer)
    charged = {row.entry.offence for row in found}
    wanted = {
        row.offence.at_border: row.entry.happened_on
        for row in found
        if row.offence is not None and row.offence.at_border
    }
    missing = {code: on for code, on in wanted.items() if code not in charged and on}
    if not missing:
        return []
    because = crossings.crossings(
        border_facts(case_id, viewer=viewer), settings.HOME_COUNTRY
    )
    law = jurisdiction.profile()
    return [
        Suggestion(offence, because)
        for code, on in missing.items()
        for offence in law.offences_on(on)
        if offence.code == code and because
    ]


def _row(entry: CaseEntry) -> ChargeRow:
    law, on = jurisdiction.profile(), entry.happened_on
    if on is None:
        return ChargeRow(entry, None, ())
    named = (each for each in law.offences_on(on) if each.code == entry.offence)
    elements = law.elements_of(entry.offence, on)
    return ChargeRow(
        entry,
        next(named, None),
        tuple(
            ElementRow(each, tuple(entry.elements.get(each.code, ())))
            for each in elements
        ),
    )
