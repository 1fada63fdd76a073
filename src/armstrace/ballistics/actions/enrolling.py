"""Enrol marks: scan, region, class characteristics."""

import hashlib
import re
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.models import Q
from django.utils import timezone

from armstrace.analysis.ballistics import kinds, preparation, regions, suggestion
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.x3p import reader
from armstrace.audit import ledger
from armstrace.ballistics import lengths, prepared_marks, rules
from armstrace.ballistics.access import agency_of
from armstrace.ballistics.inputs import ClassInput, MarkInput, ReceivedScan, RescanInput
from armstrace.ballistics.models import (
    BallisticMark,
    ClassCharacteristics,
    MarkRegion,
    Scan,
    no_such_mark,
)
from armstrace.ballistics.rules import ScanFacts
from armstrace.evidence import actions as evidence
from armstrace.evidence.models import StoredFile
from armstrace.records import closing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import MarkType, RegionOrigin
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.rules import require_all

UNSAFE = re.compile(r"[^\w.() -]+")


def enrol_mark(
    *,
    stated: MarkInput,
    scan: ReceivedScan,
    folder: Path,
    by: Actor,
    at: datetime,
) -> BallisticMark:
    """Enrol a mark: keep its scan, read it, prepare its region for searches.

    Raises:
        InvalidInput: The file is no scan that can be compared, or a day is to come.
        RuleBroken: ``BL-01``, ``BL-02`` no one owner; ``BL-03`` altered points;
            ``BL-11`` the scan of another exhibit.

    Source:
        Background paper (2018), paras. 37 and 61; ISO 25178-72.
    """
    by.require("ballistics.enrol")
    require_all((rules.ONE_OWNER, rules.TEST_FIRE_OF_AN_ARM), stated)
    rules.require_days(stated, today=_today(at))
    label = stated.label or scan.name
    lengths.require(
        label=label,
        part_number_as_marked=stated.part_number_as_marked,
        accepted_because=stated.accepted_because,
    )
    _require_class_lengths(stated.described)
    agency = agency_of(stated.recovery_id, stated.arm_id) or by.agency
    read, ring = _read(scan, stated.region, stated.accepted_because)
    why = _reason_to_repeat(
        scan, (stated.recovery_id, stated.arm_id), stated.accepted_because
    )
    mark = _prepare_mark(read.surface, ring, stated.mark_type)
    with ledger.entry("ballistics.mark_enrolled", by=by, at=at) as entry:
        file = evidence.store_scan(
            content=scan.content, name=scan.name, folder=folder, by=by, at=at
        )
        made = BallisticMark.objects.create(
            mark_type=stated.mark_type.value,
            origin=stated.origin.value,
            recovery_id=stated.recovery_id,
            arm_id=stated.arm_id,
            part_id=stated.part_id,
            part_number_as_marked=stated.part_number_as_marked,
            label=label,
            agency=agency,
            enrolled_by=by.name,
            fired_on=stated.fired_on,
            known_at=at,
        )
        entry.about(made, type=made.mark_type, origin=made.origin)
        kept = _keep_scan(made, file, read, stated, (entry, why))
        region = _keep_region(kept, ring, stated.region is not None, (entry, ""))
        _keep_class(made.pk, stated.described, "", entry)
        _prepare(region, mark)
    return made


def replace_scan(*, stated: RescanInput, folder: Path, by: Actor, at: datetime) -> Scan:
    """Put a new scan in the place of a mark's scan; the old one stays on record.

    Raises:
        InvalidInput: No reason, no scan that can be compared, or a day to come.
        RuleBroken: ``BL-03`` altered points; ``BL-11`` the scan of another exhibit.

    Source:
        Rule of this design: corrections are new records with a reason.
    """
    by.require("ballistics.enrol")
    rules.require_reasoned(stated.reason)
    rules.require_past("calibrated_on", stated.calibrated_on, today=_today(at))
    lengths.require(reason=stated.reason, accepted_because=stated.accepted_because)
    made, scan, why = _mark(stated.mark_id), stated.scan, stated.reason
    read, ring = _read(scan, stated.region, stated.accepted_because)
    _reason_to_repeat(scan, (made.recovery_id, made.arm_id), stated.accepted_because)
    mark = _prepare_mark(read.surface, ring, MarkType(made.mark_type))
    with ledger.entry("ballistics.scan_replaced", by=by, at=at) as entry:
        file = evidence.store_scan(
            content=scan.content, name=scan.name, folder=folder, by=by, at=at
        )
        for table in (Scan, MarkRegion):
            _close(table, made.pk, entry)
        kept = _keep_scan(made, file, read, stated, (entry, why))
        region = _keep_region(kept, ring, stated.region is not None, (entry, why))
        _prepare(region, mark)
    return kept


def set_region(
    *,
    mark_id: int,
    ring: Ring,
    reason: str,
    folder: Path,
    by: Actor,
    at: datetime,
) -> MarkRegion:
    """Set the region of a mark; comparisons made before keep the region they had.

    Args:
        ring: The region as a person drew it.
        reason: Why it changes; may be empty where it was only proposed.

    Raises:
        InvalidInput: Nothing to compare lies in the region, or no reason is given.

    Source:
        Song, AFTE Journal 45 (2013) for the ring; rule of this design.
    """
    by.require("ballistics.enrol")
    lengths.require(reason=reason)
    current = prepared_marks.region_of(mark_id)
    if current.origin == RegionOrigin.SET:
        rules.require_reasoned(reason)
    surface = prepared_marks.surface_of(current, folder)
    mark = _prepare_mark(surface, ring, MarkType(current.mark.mark_type))
    with ledger.entry("ballistics.region_set", by=by, at=at) as entry:
        _close(MarkRegion, mark_id, entry)
        region = _keep_region(current.scan, ring, True, (entry, reason))  # noqa: FBT003 - a person drew it
        _prepare(region, mark)
    return region


def describe_class(
    *, mark_id: int, stated: ClassInput, reason: str, by: Actor, at: datetime
) -> ClassCharacteristics:
    """Say anew what a mark tells of the class of arm.

    Raises:
        InvalidInput: No reason is given.

    Source:
        Rule of this design: corrections are new records with a reason.
    """
    by.require("ballistics.enrol")
    rules.require_reasoned(reason)
    lengths.require(reason=reason)
    _require_class_lengths(stated)
    _mark(mark_id)
    with ledger.entry("ballistics.class_described", by=by, at=at) as entry:
        _close(ClassCharacteristics, mark_id, entry)
        return _keep_class(mark_id, stated, reason, entry)


def _require_class_lengths(stated: ClassInput) -> None:
    lengths.require(
        calibre=stated.calibre, maker=stated.maker, ammunition=stated.ammunition
    )


def _read(
    scan: ReceivedScan, drawn: Ring | None, accepted_because: str
) -> tuple[reader.Scan, Ring]:
    """Read a file before anything of it is kept."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / (UNSAFE.sub("_", scan.name)[-120:].strip(". ") or "scan")
        path.write_bytes(scan.content)
        read = reader.inspect(path)
    is_altered = read.checks.are_points_altered
    rules.UNALTERED.require(ScanFacts(scan.name, accepted_because, is_altered))
    return read, drawn or suggestion.suggest(read.surface)


def _reason_to_repeat(
    scan: ReceivedScan, owner: tuple[int | None, int | None], accepted_because: str
) -> str:
    """Give the reason to keep the scan of another exhibit; "" where it is not one."""
    digest = hashlib.sha256(scan.content).hexdigest()
    same = Q(recovery=owner[0], arm=owner[1])
    rows = BallisticMark.objects.filter(
        ~same, scans__file__sha256=digest, scans__superseded_at=None
    )
    others = tuple(mark.reference for mark in rows.order_by("pk")[:5])
    facts = ScanFacts(scan.name, accepted_because, others=others)
    rules.OF_ONE_EXHIBIT.require(facts)
    return accepted_because if others else ""


def _prepare_mark(surface: Surface, ring: Ring, mark_type: MarkType) -> Mark | None:
    """Prepare a mark for galleries; None where its type is not compared by cells.

    Raises:
        InvalidInput: Nothing to compare lies in the region.
    """
    regions.require_on(ring, surface)
    if mark_type in kinds.STRIATED:
        return None
    return preparation.prepare(surface, ring=ring, band=kinds.band_of(mark_type))


def _prepare(region: MarkRegion, mark: Mark | None) -> None:
    if mark is not None:
        prepared_marks.keep(region, mark)


def _mark(mark_id: int) -> BallisticMark:
    mark = BallisticMark.objects.filter(pk=mark_id).first()
    if mark is None:
        raise NotFound(no_such_mark(mark_id))
    return mark


def _close(table: Any, mark_id: int, entry: ledger.Entry) -> None:  # noqa: ANN401 - what is versioned of a mark
    closing.close(table.objects.current().filter(mark_id=mark_id), entry.at, entry)


def _keep_scan(
    mark: BallisticMark,
    file: StoredFile,
    read: reader.Scan,
    stated: MarkInput | RescanInput,
    act: tuple[ledger.Entry, str],
) -> Scan:
    entry, reason = act
    rows, columns = read.surface.heights_m.shape
    told, checks = read.provenance, read.checks
    return closing.keep(
        Scan,
        entry,
        mark=mark,
        file=file,
        instrument=f"{told.manufacturer} {told.model}".strip(),
        instrument_serial=told.serial,
        creator=told.creator,
        measured_at_as_written=told.measured_at,
        calibrated_at_as_written=told.calibrated_at,
        calibrated_on=stated.calibrated_on or _day(told.calibrated_at),
        rows=rows,
        columns=columns,
        spacing_x_m=read.surface.spacing_x_m,
        spacing_y_m=read.surface.spacing_y_m,
        share_measured=round(read.surface.share_measured, 4),
        points_sum=checks.points.value,
        valid_points_sum=checks.valid_points.value,
        description_sum=checks.description.value,
        accepted_because=stated.accepted_because if checks.are_points_altered else "",
        remarks=[remark.to_json() for remark in read.remarks],
        added_by=entry.by.name,
        reason=reason,
    )


def _today(at: datetime) -> date:
    return timezone.localtime(at).date()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _keep_region(
    scan: Scan,
    ring: Ring,
    is_drawn: bool,  # noqa: FBT001 - one claim, named by the word
    act: tuple[ledger.Entry, str],
) -> MarkRegion:
    entry, reason = act
    origin = RegionOrigin.SET if is_drawn else RegionOrigin.PROPOSED
    return closing.keep(
        MarkRegion,
        entry,
        mark_id=scan.mark_id,
        scan=scan,
        origin=origin.value,
        centre_x_m=ring.centre_x_m,
        centre_y_m=ring.centre_y_m,
        outer_radius_m=ring.outer_radius_m,
        pin_radius_m=ring.pin_radius_m,
        outline=[list(corner) for corner in ring.corners_m],
        set_by=entry.by.name if is_drawn else "",
        reason=reason,
    )


def _keep_class(
    mark_id: int, stated: ClassInput, reason: str, entry: ledger.Entry
) -> ClassCharacteristics:
    return closing.keep(
        ClassCharacteristics,
        entry,
        mark_id=mark_id,
        **asdict(replace(stated, maker=stated.maker.upper())),
        described_by=entry.by.name,
        reason=reason,
    )
