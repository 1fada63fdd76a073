"""Read an X3P file and say what was found, checked and changed on the way."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from armstrace.analysis.ballistics.surfaces import Heights, Surface
from armstrace.analysis.ballistics.x3p import container as containers
from armstrace.analysis.ballistics.x3p import description as descriptions
from armstrace.analysis.ballistics.x3p import points as point_data
from armstrace.analysis.ballistics.x3p.container import Container
from armstrace.analysis.ballistics.x3p.description import Description
from armstrace.vocabulary.ballistics import ChecksumState
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import is_reason

SAID = Sentences(__package__)
LARGEST_STEP_M = 1e-3
SMALLEST_STEP_M = 1e-10
MICROMETRES_A_METRE = 1e6

_SUM_FILE = "md5checksum.hex"
_OTHER_KINDS = {
    "PRF": message("a profile (PRF)"),
    "PCL": message("a list of unordered points (PCL)"),
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who measured what with which instrument, as written in the file."""

    revision: str = ""
    measured_at: str = ""
    creator: str = ""
    manufacturer: str = ""
    model: str = ""
    serial: str = ""
    version: str = ""
    calibrated_at: str = ""
    probing_type: str = ""
    probing_identification: str = ""
    comment: str = ""


_PLACES = {
    "revision": "Record1/Revision",
    "measured_at": "Record2/Date",
    "creator": "Record2/Creator",
    "manufacturer": "Record2/Instrument/Manufacturer",
    "model": "Record2/Instrument/Model",
    "serial": "Record2/Instrument/Serial",
    "version": "Record2/Instrument/Version",
    "calibrated_at": "Record2/CalibrationDate",
    "probing_type": "Record2/ProbingSystem/Type",
    "probing_identification": "Record2/ProbingSystem/Identification",
    "comment": "Record2/Comment",
}


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checksums of a file say."""

    # Of the file as received.
    sha256: str
    # Checksum of the point data; a difference is refused.
    points: ChecksumState
    # Checksum of the list of valid points; likewise.
    valid_points: ChecksumState
    # Checksum of main.xml; a difference is a remark.
    description: ChecksumState

    @property
    def are_points_altered(self) -> bool:
        """Tell whether the points are not those that were written."""
        return ChecksumState.DIFFERS in (self.points, self.valid_points)


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """A surface with where it comes from and what was checked."""

    # Heights in metres.
    surface: Surface
    # As written in the file.
    provenance: Provenance
    # Sums of the file and of its parts.
    checks: Checks
    # What a person must know about how the file was understood.
    remarks: tuple[Message, ...]


def read(path: Path, *, override_reason: str = "") -> Scan:
    """Read a surface from an X3P file.

    Args:
        override_reason: Why an examiner accepts points whose checksum differs;
            "" refuses them.

    Raises:
        InvalidInput: It is no surface in X3P, or its points were altered.

    Source:
        ISO 25178-72; ISO 5436-2.
    """
    scan = inspect(path)
    if scan.checks.are_points_altered and not is_reason(override_reason):
        raise SAID.refuse("POINTS_ALTERED", name=path.name)
    return scan


def inspect(path: Path) -> Scan:
    """Read a surface whose points may have been altered; the checks tell.

    Raises:
        InvalidInput: It is no surface in X3P.

    Source:
        ISO 25178-72; ISO 5436-2.
    """
    with containers.open_container(path) as opened:
        content = opened.read("main.xml", at_most_bytes=containers.LARGEST_XML_BYTES)
        described = descriptions.parse(path.name, content)
        _require_surface(described)
        layout = point_data.layout_of(described)
        points = point_data.read_points(opened, described, layout)
        checks = Checks(
            containers.sha256_of(path),
            points.points_sum,
            points.valid_sum,
            _description_sum(opened, content),
        )
    remarks: list[Message] = []
    surface = _surface(described, points.heights, remarks)
    remarks += _remarks(described, layout, checks)
    words = {name: described.text(place) for name, place in _PLACES.items()}
    return Scan(surface, Provenance(**words), checks, tuple(remarks))


def _require_surface(described: Description) -> None:
    kind = described.text("Record1/FeatureType").upper()
    if kind in _OTHER_KINDS:
        raise SAID.refuse("ANOTHER_KIND", name=described.name, kind=_OTHER_KINDS[kind])
    if kind != "SUR":
        raise SAID.refuse("NO_KIND", name=described.name)
    for axis in ("CX", "CY"):
        if described.text(f"Record1/Axes/{axis}/AxisType").upper() != "I":
            raise SAID.refuse("NO_REGULAR_STEP", axis=axis, name=described.name)


def _surface(
    described: Description, heights: Heights, remarks: list[Message]
) -> Surface:
    steps = [_step(described, axis) for axis in ("CX", "CY")]
    if max(steps) > LARGEST_STEP_M:
        heights = heights / MICROMETRES_A_METRE
        steps = [step / MICROMETRES_A_METRE for step in steps]
        remarks.append(SAID.say("IN_MICROMETRES"))
    for axis, step in zip(("CX", "CY"), steps, strict=True):
        if not SMALLEST_STEP_M <= step <= LARGEST_STEP_M:
            raise SAID.refuse(
                "IMPOSSIBLE_STEP",
                name=described.name,
                step=f"{_step(described, axis):g}",
                axis=axis,
            )
    if min(heights.shape) < 2:
        raise SAID.refuse("ONE_LINE", name=described.name)
    return Surface(heights, *steps)


def _step(described: Description, axis: str) -> float:
    step = described.number(f"Record1/Axes/{axis}/Increment", otherwise=0.0)
    if step <= 0:
        raise SAID.refuse("NO_STEP", name=described.name, axis=axis)
    return step


def _remarks(
    described: Description, layout: point_data.Layout, checks: Checks
) -> list[Message]:
    remarks = []
    if checks.description is ChecksumState.DIFFERS:
        remarks.append(SAID.say("DESCRIPTION_EDITED"))
    if checks.points is ChecksumState.ABSENT:
        remarks.append(
            message("The points have no checksum, so a change would not show.")
        )
    if not layout.is_integer and (layout.increment, layout.offset) != (1.0, 0.0):
        remarks.append(
            SAID.say(
                "HEIGHTS_AS_THEY_ARE",
                increment=f"{layout.increment:g}",
                offset=f"{layout.offset:g}",
            )
        )
    if any(path.startswith("Record3/Mask") for path in described.texts):
        remarks.append(message("The file carries a drawn mask, which is not applied."))
    return remarks


def _description_sum(opened: Container, content: bytearray) -> ChecksumState:
    if not opened.has(_SUM_FILE):
        return ChecksumState.ABSENT
    text = opened.read(_SUM_FILE, at_most_bytes=4096).decode("ascii", "replace")
    stated = re.match(r"\s*([0-9a-fA-F]{32})", text)
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return ChecksumState.of(stated is not None and stated[1].lower() == found)
