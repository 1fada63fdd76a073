"""What a person states of a case."""

from dataclasses import dataclass

from armstrace.vocabulary.investigations import Aim


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
