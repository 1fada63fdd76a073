"""What people say of a step."""

from dataclasses import dataclass

from armstrace.vocabulary.procedures import WaiverGround


@dataclass(frozen=True, slots=True)
class StepDone:
    """That a step is done.

    Args:
        evidence: Number or place of what shows it.
        note: What was done or found; one of the two is given.
        seen: The step_id that was read; None compares nothing.
    """

    evidence: str = ""
    note: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class WaiverAsked:
    """That a step should go undone.

    Args:
        ground: On which ground, a code of WaiverGround.
        reason: Why, in words.
        seen: The step_id that was read; None compares nothing.
    """

    ground: WaiverGround
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class WaiverDecided:
    """Whether a step may go undone.

    Args:
        is_granted: Whether it may.
        reason: Why, in words.
        seen: The step_id that was read; None compares nothing.
    """

    is_granted: bool
    reason: str
    seen: int | None = None
