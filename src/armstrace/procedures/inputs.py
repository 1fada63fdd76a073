"""What people say of a step."""

from dataclasses import dataclass

from armstrace.vocabulary.procedures import WaiverGround


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSeen:
    """What is said of a step as it was read.

    Args:
        seen: The step_id that was read; None compares nothing.
    """

    seen: int | None = None


@dataclass(frozen=True, slots=True)
class StepDone(StepSeen):
    """That a step is done.

    Args:
        evidence: Number or place of what shows it.
        note: What was done or found; one of the two is given.
    """

    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaiverAsked(StepSeen):
    """That a step should go undone.

    Args:
        ground: On which ground, a code of WaiverGround.
        reason: Why, in words.
    """

    ground: WaiverGround
    reason: str


@dataclass(frozen=True, slots=True)
class WaiverDecided(StepSeen):
    """Whether a step may go undone.

    Args:
        is_granted: Whether it may.
        reason: Why, in words.
    """

    is_granted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class StepBack(StepSeen):
    """That a step is opened again.

    Args:
        reason: Why, in words.
    """

    reason: str
