"""What a person states of a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from armstrace.licensing.inputs import FileInput
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import (
    Aim,
    AimResult,
    EntryKind,
    LessonKind,
    PersonRole,
)
from armstrace.vocabulary.networks import HandlingCode, NodeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInput:
    """What a case is called and for.

    Args:
        title: What it is called.
        aims: What it is for: one or several of the four.
        main_case: Number of the case that it runs beside, as its unit writes it.
        lead: Sign-in name of who leads it; empty for whoever opens it.
    """

    title: str
    aims: tuple[Aim, ...]
    main_case: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase(CaseInput):
    """A case that is opened.

    Args:
        why: Why it is opened.
        recovery_ids: What was recovered and begins it.
        agency: Code of the agency whose case it is; empty for that of who opens it.
        is_sealed: Whether only its members see it.
    """

    why: str
    recovery_ids: tuple[int, ...] = ()
    agency: str = ""
    is_sealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectInput:
    """Somebody or something that is written into the case with an entry.

    Args:
        subject_kind: What it is.
        text: As written.
        role: In what part a person stands; None for everything else.
    """

    subject_kind: NodeKind
    text: str
    role: PersonRole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryInput:
    """One entry of a case; what its kind does not ask stays empty.

    Args:
        kind: What the entry is.
        text: What happened, who or what it is, what is to be done, what was decided.
        why: Reason of a decision, contact of a counsel.
        person: Who decided, who is to do it, for whom a counsel acts.
        when: When it happened, as precisely as that is known.
        due_on: Day by which a task or deadline is due.
        place: Where.
        origin: The source: a record, a statement, a document.
        basis: Whether it is a fact or an assessment.
        handling: What its provider lets be done with it.
        permission: Who permitted its use in court, and when.
        subject_kind: What a subject is.
        role: In what part a person stands.
        subject_id: The subject of the linked picture that it is, where it is one.
        mentions: Numbers of the entries of the case that it is about.
        recovery_ids: The recovered items of the case that it is about.
        offence: Code of the offence of a charge.
        elements: Of a charge: each element to what bears it, entries by number and
            items as in R12.
        file: The file of a document.
        subjects: Written into the case with it, and named by it.
        seen: What a correction saw (``CaseEntry.seen``); None asks for no check.
    """

    kind: EntryKind
    text: str
    why: str = ""
    person: str = ""
    when: DateSpan | None = None
    due_on: date | None = None
    place: str = ""
    origin: str = ""
    basis: Basis = Basis.FACT
    handling: HandlingCode = HandlingCode.H0
    permission: str = ""
    subject_kind: NodeKind | None = None
    role: PersonRole | None = None
    subject_id: int | None = None
    mentions: tuple[int, ...] = ()
    recovery_ids: tuple[int, ...] = ()
    offence: str = ""
    elements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: FileInput | None = None
    subjects: tuple[SubjectInput, ...] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonInput:
    """One thing that a case taught."""

    kind: LessonKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeInput:
    """How a case ended.

    Args:
        results: How far each of its aims was reached.
        preventive_action: What follows from it.
        lessons: What it taught.
    """

    results: Mapping[Aim, AimResult]
    preventive_action: str
    lessons: tuple[LessonInput, ...]
