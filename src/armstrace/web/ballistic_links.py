"""Ballistic marks and links of a recovery, an arm and a trace, as pages show them."""

from dataclasses import dataclass

from django.utils.translation import gettext

from armstrace.analysis.ballistics.erased import Standing
from armstrace.ballistics import queries
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import StepState

MEANINGS = {
    StepState.DONE: "confirmed",
    StepState.OPEN: "waiting",
    StepState.WAITS: "",
}
SHOWN_ARMS = 10


@dataclass(frozen=True, slots=True)
class LinksShown:
    """The marks and links of one recovery or arm.

    Args:
        owner: Its reference.
        may_enrol: Whether the viewer may add a scan.
    """

    owner: str
    marks: tuple[queries.MarkRow, ...]
    links: tuple[queries.LinkShown, ...]
    may_enrol: bool


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step with the meaning of its state's colour."""

    words: str
    meaning: str
    state: str
    told: str


@dataclass(frozen=True, slots=True)
class ArmShown:
    """One registered arm of the joined list."""

    arm_id: int
    reference: str
    words: str
    chance: float
    by_marks: float
    why: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class PathShown:
    """The way from an erased serial number."""

    steps: tuple[StepShown, ...]
    arms: tuple[ArmShown, ...]
    absent: float
    others: float
    unknown: tuple[str, ...]


def of_recovery(recovery_id: int, *, viewer: Actor) -> LinksShown | None:
    """Give the marks and links of a recovery; None for eyes that see none."""
    if not viewer.may("ballistics.view"):
        return None
    marks = queries.marks_of_recoveries([recovery_id], viewer=viewer)
    links = queries.links_of_recoveries([recovery_id], viewer=viewer)
    return LinksShown(
        f"R{recovery_id}",
        marks.get(recovery_id, ()),
        links.get(recovery_id, ()),
        viewer.may("ballistics.enrol"),
    )


def of_arm(arm_id: int, *, viewer: Actor) -> LinksShown | None:
    """Give the test fires and links of an arm; None for eyes that see none."""
    if not viewer.may("ballistics.view"):
        return None
    marks = queries.marks_of_arms([arm_id], viewer=viewer)
    links = queries.links_of_arms([arm_id], viewer=viewer)
    return LinksShown(
        f"A{arm_id}",
        marks.get(arm_id, ()),
        links.get(arm_id, ()),
        viewer.may("ballistics.enrol"),
    )


def path_of(recovery_id: int, *, viewer: Actor) -> PathShown | None:
    """Give the way of an arm whose serial was not read in full; None otherwise."""
    if not viewer.may("ballistics.view"):
        return None
    path = queries.erased_path(recovery_id, viewer=viewer)
    if not path.is_needed:
        return None
    listed = path.joined.arms[:SHOWN_ARMS]
    rows = registry.arms_by_id([one.arm for one in listed], viewer=viewer)
    said = {
        Standing.IDENTIFIED: gettext("identified by two examiners"),
        Standing.ELIMINATED: gettext("part eliminated by two examiners"),
        Standing.OPEN: "",
    }
    return PathShown(
        steps=tuple(_step(step) for step in path.steps),
        arms=tuple(
            ArmShown(
                one.arm,
                f"A{one.arm}",
                _words(rows.get(one.arm)),
                one.probability,
                one.by_marks,
                one.why,
                said[one.standing],
            )
            for one in listed
        ),
        absent=path.joined.absent,
        others=path.joined.others,
        unknown=path.joined.unknown,
    )


def _step(step: queries.Step) -> StepShown:
    return StepShown(
        gettext(step.kind.label),
        MEANINGS[step.state],
        gettext(step.state.label),
        step.told,
    )


def _words(row: registry.ArmRow | None) -> str:
    if row is None:
        return ""
    return " ".join(filter(None, (row.make, row.model, row.calibre)))
