"""Subjects and links as somebody states them."""

from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.intelligence import Basis, PersonCategory
from armstrace.vocabulary.networks import (
    HandlingCode,
    InformationGrade,
    LinkKind,
    NodeKind,
    SourceGrade,
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where information comes from, how good it is, and what may be done with it.

    Args:
        source: Who or what said it, as stated.
        source_grade: How reliable the source is.
        information_grade: How accurate the information is.
        handling: What its provider lets be done with it.
        restriction: The restrictions of H3, as written.
        review_on: Day by which it is looked at again, or taken out.
    """

    source: str
    review_on: date
    source_grade: SourceGrade = SourceGrade.X
    information_grade: InformationGrade = InformationGrade.UNCONFIRMED
    handling: HandlingCode = HandlingCode.H0
    restriction: str = ""


@dataclass(frozen=True, slots=True)
class SubjectInput:
    """One subject as a source names it.

    Args:
        name: Name, number or address as written.
        provenance: Where it comes from, how good it is and how it is handled.
        other_names: Further names and spellings, one a line.
        born: Day or year of birth, as written; of persons.
        document: Number of a paper, plate, frame or entry in a register.
        place: Where it is met, as written.
        category: In what part a person stands; UNKNOWN for everything else.
        basis: Whether it is a fact or an assessment.
        notes: What else is known.
    """

    kind: NodeKind
    name: str
    provenance: Provenance
    other_names: str = ""
    born: str = ""
    document: str = ""
    place: str = ""
    category: PersonCategory = PersonCategory.UNKNOWN
    basis: Basis = Basis.FACT
    notes: str = ""


@dataclass(frozen=True, slots=True)
class LinkInput:
    """A link that a person asserts between two records.

    Args:
        start: Number of the record that it goes from, such as P12.
        end: Number of the record that it goes to, such as R5.
        kind: What links them; none that is computed.
        provenance: Where it comes from, how good it is and how it is handled.
        told: What the source says, in words.
        from_on: From when it holds, where that is known.
        until_on: Until when it holds; None where it still does, or nobody knows.
    """

    start: str
    end: str
    kind: LinkKind
    provenance: Provenance
    told: str = ""
    from_on: date | None = None
    until_on: date | None = None
