"""Ballistic marks and links of a recovery, an arm and a trace, as pages show them."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.ballistics.erased import Joined, JoinedList, Standing
from armstrace.ballistics import queries
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import LinkStanding, MarkOrigin, StepState
from armstrace.vocabulary.messages import Message
from armstrace.web import record_numbers

MEANINGS = {
    StepState.DONE: "confirmed",
    StepState.OPEN: "waiting",
    StepState.WAITS: "",
}
SHOWN_ARMS = 10


@dataclass(frozen=True, slots=True)
class LinksShown:
    """The marks and links of one recovery or arm."""

    owner: str
    marks: tuple[queries.MarkRow, ...]
    links: tuple[queries.LinkShown, ...]
    # Records of links that no longer stand.
    removed: tuple[queries.LinkShown, ...]
    # Whether the viewer may add a scan.
    may_enrol: bool


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step with the meaning of its state's colour, and where it is done."""

    step: queries.Step
    meaning: str
    address: str

    @property
    def told(self) -> list[tuple[str, str]]:
        """Its words; a record's number with its page."""
        return [(one, _page(one)) for one in self.step.told.split(", ") if one]


@dataclass(frozen=True, slots=True)
class ArmShown:
    """One registered arm of the joined list."""

    arm_id: int
    reference: str
    words: str


@dataclass(frozen=True, slots=True)
class AlikeShown:
    """Arms of the joined list about which the same is known."""

    arms: tuple[ArmShown, ...]
    chance: float
    by_marks: float
    why: tuple[Message, ...]
    said: str


@dataclass(frozen=True, slots=True)
class PathShown:
    """The way from an erased serial number."""

    steps: tuple[StepShown, ...]
    joined: JoinedList
    groups: tuple[AlikeShown, ...]
    # Arms of the list without a test fire that was compared.
    silent: tuple[ArmShown, ...]


def of_recovery(recovery_id: int, *, viewer: Actor) -> LinksShown | None:
    """Give the marks and links of a recovery; None for eyes that see none."""
    return _of(queries.marks_of_recoveries, viewer, recovery_id=recovery_id)


def of_arm(arm_id: int, *, viewer: Actor) -> LinksShown | None:
    """Give the test fires and links of an arm; None for eyes that see none."""
    return _of(queries.marks_of_arms, viewer, arm_id=arm_id)


def _of(
    marks_of: Callable[..., Mapping[int, tuple[queries.MarkRow, ...]]],
    viewer: Actor,
    **owner: int,
) -> LinksShown | None:
    if not viewer.may("ballistics.view"):
        return None
    ((name, key),) = owner.items()
    links = queries.links_ever(viewer=viewer, **owner)
    return LinksShown(
        f"{name[0].upper()}{key}",
        marks_of([key], viewer=viewer).get(key, ()),
        tuple(one for one in links if one.standing is LinkStanding.STANDS),
        tuple(one for one in links if one.standing is not LinkStanding.STANDS),
        viewer.may("ballistics.enrol"),
    )


def path_of(item: recoveries.RecoveredArm, *, viewer: Actor) -> PathShown | None:
    """Give the way of an arm whose serial was not read in full; None otherwise."""
    if not viewer.may("ballistics.view"):
        return None
    path = queries.path_of_erased_serial(item.record, viewer=viewer)
    if path is None:
        return None
    listed = path.joined.arms[:SHOWN_ARMS]
    wanted = {one.arm for one in listed} | set(path.joined.silent)
    rows = registry.arms_by_id(sorted(wanted), viewer=viewer)
    return PathShown(
        steps=tuple(
            StepShown(
                step,
                MEANINGS[step.state],
                _address(step, path, item.record.calibre, viewer),
            )
            for step in path.steps
        ),
        joined=path.joined,
        groups=tuple(
            _group(list(arms), rows) for _, arms in itertools.groupby(listed, _alike)
        ),
        silent=tuple(_arm(arm, rows) for arm in path.joined.silent),
    )


def _alike(one: Joined) -> tuple[object, ...]:
    return round(one.probability, 3), round(one.by_marks, 3), one.why, one.standing


def _group(arms: Sequence[Joined], rows: Mapping[int, registry.ArmRow]) -> AlikeShown:
    said = {
        Standing.IDENTIFIED: gettext("identified by two examiners"),
        Standing.ELIMINATED: gettext("part eliminated by two examiners"),
        Standing.OPEN: "",
    }
    first = arms[0]
    return AlikeShown(
        tuple(_arm(one.arm, rows) for one in arms),
        first.probability,
        first.by_marks,
        first.why,
        said[first.standing],
    )


def _arm(arm_id: int, rows: Mapping[int, registry.ArmRow]) -> ArmShown:
    return ArmShown(arm_id, f"A{arm_id}", _words(rows.get(arm_id)))


def _page(words: str) -> str:
    return record_numbers.address_of(words) if words[:1] in {"B", "S"} else ""


def _address(
    step: queries.Step, path: queries.ErasedPath, calibre: str, viewer: Actor
) -> str:
    """Give the page where a step is done; "" where it waits or is another's."""
    kind = queries.StepKind
    if step.state is StepState.WAITS:
        return ""
    if step.kind is kind.TEST_FIRE:
        return _enrolment(path.recovery_id, calibre, viewer)
    if step.kind is kind.SEARCH:
        fired = (row for row in path.marks if row.origin is MarkOrigin.TEST_FIRE)
        return reverse("ballistic-mark", args=[next(fired).mark_id])
    if step.kind is kind.EXAMINE:
        searched = next(one for one in path.steps if one.kind is kind.SEARCH)
        return _page(searched.told.split(", ")[0])
    return reverse("recovery", args=[path.recovery_id])


def _enrolment(recovery_id: int, calibre: str, viewer: Actor) -> str:
    if not viewer.may("ballistics.enrol"):
        return ""
    known = {
        "owner": f"R{recovery_id}",
        "origin": MarkOrigin.TEST_FIRE.value,
        "calibre": calibre,
    }
    return f"{reverse('mark-enrol')}?{urlencode(known)}"


def _words(row: registry.ArmRow | None) -> str:
    if row is None:
        return ""
    return " ".join(filter(None, (row.make, row.model, row.calibre)))
