"""Recoveries of an arm that somebody looks up, by its marks or by a decision."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from armstrace.analysis.marks.identify import Identification
from armstrace.audit import consultations
from armstrace.records.lookups import among, starts_with
from armstrace.recoveries.models import CandidateJudgement, Recovery, RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.registry.arms_by_marks import READ_WHOLE, SHORTEST, makes_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.recoveries import RecoveryKind

MOST = 20
_SIGNS = {"?": ".", "*": ".*"}
type ReadMarks = Identification | RecoveryRecord


@dataclass(frozen=True, slots=True)
class Sighting:
    """A recovery of an arm; of another agency's no more than agency and day."""

    recovery_id: int
    # The registered arm that people decided it is, None where only the marks are the
    # same.
    arm_id: int | None
    # Its number, empty where it is not for these eyes.
    reference: str
    kind: RecoveryKind
    recovered: DateSpan
    agency: str
    # Whether the viewer may open it.
    is_in_reach: bool


def sightings_of_arms(
    arm_ids: Collection[int], *, viewer: Actor
) -> tuple[Sighting, ...]:
    """Give the recoveries that people decided to be of some arms, latest first.

    Args:
        viewer: Who asks; learns of other agencies' recoveries the agency and the day.
    """
    if not arm_ids or not viewer.may("recovery.view"):
        return ()
    own = {arm: arm for arm in arm_ids}
    own |= registry.reports_joined_with(arm_ids, viewer=viewer)
    same = CandidateJudgement.objects.same().filter(among("arm_id", own))
    arms = {r: own[arm] for r, arm in same.values_list("recovery_id", "arm_id")}
    rows = RecoveryRecord.objects.current().filter(among("recovery_id", arms))
    return _sightings(list(rows.order_by("-recovered_on")), arms, viewer)


def sightings_of_marks(found: ReadMarks, *, viewer: Actor) -> tuple[Sighting, ...]:
    """Give the recoveries that bear a whole serial number, latest first.

    Where makes were read on both sides they must be the same: no number is unique.

    Args:
        viewer: Who asks; learns of other agencies' recoveries the agency and the day.
    """
    serial = found.serial_search
    is_whole = found.serial_status in READ_WHOLE and len(serial) >= SHORTEST
    if not is_whole or not viewer.may("recovery.view"):
        return ()
    rows = RecoveryRecord.objects.current().filter(
        serial_search=serial, serial_status__in=READ_WHOLE
    )
    return _latest(rows, found, viewer)


def sightings_that_fit(found: ReadMarks, *, viewer: Actor) -> tuple[Sighting, ...]:
    """Give the recoveries whose number a partly read one may be, latest first.

    Args:
        viewer: Who asks; learns of other agencies' recoveries the agency and the day.
    """
    beginning = re.split(r"[?*]", found.serial_search, maxsplit=1)[0]
    if not viewer.may("recovery.view"):
        return ()
    fits = "".join(_SIGNS.get(one, re.escape(one)) for one in found.serial_search)
    rows = RecoveryRecord.objects.current().filter(
        starts_with("serial_search", beginning),
        serial_search__regex=f"^{fits}$",
        serial_status__in=READ_WHOLE,
    )
    return _latest(rows, found, viewer)


def _latest(
    rows: QuerySet[RecoveryRecord], found: ReadMarks, viewer: Actor
) -> tuple[Sighting, ...]:
    if found.make:
        rows = rows.filter(make__in=("", found.make))
    return _sightings(list(rows.order_by("-recovered_on")[:MOST]), {}, viewer)


def makes_of_serials(
    serials: Collection[str], *, viewer: Actor
) -> dict[str, frozenset[str]]:
    """Give the makes of the recoveries that bear some whole serial numbers.

    Args:
        viewer: Who asks; whoever may see no recovery is told of none.
    """
    if not viewer.may("recovery.view"):
        return {}
    return makes_of(RecoveryRecord.objects.current(), serials)


def _sightings(
    rows: Collection[RecoveryRecord], arms: dict[int, int], viewer: Actor
) -> tuple[Sighting, ...]:
    seen = viewer.agencies("recovery.view")
    consultations.show_all(Recovery, (row.recovery_id for row in rows))
    return tuple(
        Sighting(
            recovery_id=row.recovery_id,
            arm_id=arms.get(row.recovery_id),
            reference=f"R{row.recovery_id}" if row.agency in seen else "",
            kind=RecoveryKind(row.recovery_kind),
            recovered=row.recovered,
            agency=row.agency,
            is_in_reach=row.agency in seen,
        )
        for row in rows
    )
