"""What an examiner should see before relying on a mark or a comparison."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q

from armstrace.ballistics import calibres, likelihood_ratio
from armstrace.ballistics.models import Comparison, Scan
from armstrace.ballistics.queries.rows import MarkRow
from armstrace.recoveries.models import AmmunitionRecord, RecoveryRecord
from armstrace.registry.models import ArmRecord
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.ballistics import MarkedPart, MarkType, RegionOrigin
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
MOST_OTHERS = 5
# No primer is narrower; a land of a bullet is.
LEAST_BREECH_FACE_MM = 1.5
SETTINGS = {
    "band": message("band"),
    "method": message("method"),
    "offset": message("offset"),
    "orientation": message("orientation"),
    "region": message("region"),
    "tolerance": message("tolerance"),
}


def of_marks(rows: Iterable[MarkRow]) -> dict[int, tuple[Message, ...]]:
    """Say where marks and the arms that they belong to do not agree."""
    wanted = list(rows)
    told = _owners(wanted)
    found: dict[int, list[Message]] = defaultdict(list)
    for row in wanted:
        for calibre, arm_type in told.get(row.owner, ()):
            found[row.mark_id] += _conflicts(row, calibre, arm_type)
    faces = {r.mark_id: r for r in wanted if r.mark_type is MarkType.BREECH_FACE}
    for scan in Scan.objects.current().filter(mark_id__in=faces):
        found[scan.mark_id] += _too_narrow(faces[scan.mark_id], scan)
    return {row.mark_id: tuple(found[row.mark_id]) for row in wanted}


def of_comparison(
    kept: Comparison, rows: tuple[MarkRow, MarkRow]
) -> tuple[Message, ...]:
    """Say what speaks against relying on a comparison."""
    regions = (kept.first_region, kept.second_region)
    said = (
        []
        if not likelihood_ratio.is_one_scan(*regions)
        else [likelihood_ratio.ONE_SCAN]
    )
    said += [
        SAID.say("REGION_UNCHECKED", mark=row.reference)
        for row, region in zip(rows, regions, strict=True)
        if region.origin == RegionOrigin.PROPOSED
    ]
    if not rows[0].is_of_calibre_of(rows[1]):
        one, two = (row.described.calibre for row in rows)
        said.append(SAID.say("TWO_CALIBRES", one=one, two=two))
    of_each = of_marks(rows)
    said += [each for row in rows for each in of_each[row.mark_id]]
    return (*said, *_otherwise(kept))


def _owners(rows: list[MarkRow]) -> dict[str, list[tuple[str, str]]]:
    """Give calibre and type of the arms or cartridges of marks, in three queries."""
    recoveries = {row.recovery_id for row in rows if row.recovery_id is not None}
    arms = {row.arm_id for row in rows if row.arm_id is not None}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    seized = RecoveryRecord.objects.current().filter(recovery_id__in=recoveries)
    for key, calibre, kind in seized.values_list("recovery_id", "calibre", "arm_type"):
        found[f"R{key}"].append((calibre, kind))
    rounds = AmmunitionRecord.objects.current().filter(recovery_id__in=recoveries)
    for key, calibre in rounds.values_list("recovery_id", "calibre"):
        found[f"R{key}"].append((calibre, ""))
    listed = ArmRecord.objects.current().filter(arm_id__in=arms)
    for key, calibre, kind in listed.values_list("arm_id", "calibre", "arm_type"):
        found[f"A{key}"].append((calibre, kind))
    return found


def _conflicts(row: MarkRow, calibre: str, arm_type: str) -> Iterator[Message]:
    said = row.described.calibre
    if said and calibre and calibres.read(said) != calibres.read(calibre):
        yield SAID.say(
            "ANOTHER_CALIBRE",
            mark=row.reference,
            said=said,
            owner=row.owner,
            calibre=calibre,
        )
    if arm_type == ArmType.REVOLVER and row.part is MarkedPart.SLIDE_OR_BREECH:
        yield SAID.say("REVOLVER", owner=row.owner)


def _too_narrow(row: MarkRow, scan: Scan) -> Iterator[Message]:
    sides = (scan.columns * scan.spacing_x_m, scan.rows * scan.spacing_y_m)
    width, height = (Decimal(f"{side * 1000:.1f}") for side in sides)
    if min(width, height) < LEAST_BREECH_FACE_MM:
        yield SAID.say("TOO_NARROW", mark=row.reference, width=width, height=height)


def _otherwise(kept: Comparison) -> Iterator[Message]:
    """Say which settings gave other numbers about the same marks."""
    pair = (kept.first_id, kept.second_id)
    rows = Comparison.objects.filter(Q(first_id__in=pair) & Q(second_id__in=pair))
    others = rows.exclude(pk=kept.pk).defer("result").order_by("-pk")
    for other in others[:MOST_OTHERS]:
        if (other.congruent_cells, other.cells) == (kept.congruent_cells, kept.cells):
            continue
        settings = sorted(_differing_settings(kept.parameters, other.parameters))
        if {other.first_region_id, other.second_region_id} != {
            kept.first_region_id,
            kept.second_region_id,
        }:
            settings.append("region")
        if settings:
            yield SAID.say(
                "FOUND_OTHERWISE",
                comparison=other.reference,
                congruent=other.congruent_cells,
                cells=other.cells,
                settings=[SETTINGS[name] for name in settings],
            )


def _differing_settings(one: Mapping[str, Any], two: Mapping[str, Any]) -> set[str]:
    mine, theirs = _settings(one), _settings(two)
    return {name for name in mine if mine[name] != theirs[name]}


def _settings(written: Mapping[str, Any]) -> dict[str, object]:
    compare = written["compare"]
    return {
        "method": written["method"],
        "band": written["band"],
        "orientation": compare["sweep"],
        "tolerance": compare["tolerance"],
        "offset": list(compare.get("offset_m", (0.0, 0.0))),
    }
