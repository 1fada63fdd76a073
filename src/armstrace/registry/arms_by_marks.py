"""Which arm on record is meant by marks alone: by make and whole serial number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from armstrace.records.lookups import among
from armstrace.registry.models import ArmJoin, ArmRecord
from armstrace.vocabulary.arms import MISSING, ArmBasis
from armstrace.vocabulary.marks import SerialStatus

READ_WHOLE = (SerialStatus.COMPLETE.value, SerialStatus.RESTORED.value)
# Serials shorter than this repeat by chance too often to tell an arm by.
SHORTEST = 4

MARKS = ("make", "serial_search", "serial_status")

type Marks = tuple[str, str]


class Bearer(NamedTuple):
    """An arm on record that bears some marks."""

    make: str
    serial: str
    calibre: str
    arm_id: int
    basis: str
    state: str


def marks_of(record: Mapping[str, Any]) -> Marks | None:
    """Give make and serial of a record, None where they tell no arm.

    Args:
        record: Columns of ``DescribedArm``.
    """
    make, serial = record["make"], record["serial_search"]
    return (make, serial) if make and _is_whole(record) else None


def may_be_one(report: Mapping[str, Any], registered: Mapping[str, Any]) -> bool:
    """Tell whether the marks of two records leave open that they are of one arm.

    The whole serial numbers are the same and the makes are. A make that was not read
    says nothing, so that the calibres speak for it.
    """
    both = (report, registered)
    if not all(_is_whole(each) for each in both):
        return False
    if report["serial_search"] != registered["serial_search"]:
        return False
    if all(each["make"] for each in both):
        return bool(report["make"] == registered["make"])
    return bool(report["calibre"]) and report["calibre"] == registered["calibre"]


def pairs_undecided(
    reported: Collection[ArmRecord], others: Iterable[ArmRecord]
) -> Iterator[tuple[ArmRecord, ArmRecord]]:
    """Pair arms of reports with those that they may be, where nobody decided yet."""
    alike: dict[str, list[ArmRecord]] = defaultdict(list)
    for row in others:
        alike[row.serial_search].append(row)
    decided = ArmJoin.objects.current().filter(
        among("report_arm_id", {row.arm_id for row in reported})
    )
    apart = set(decided.values_list("report_arm_id", "arm_id"))
    for one in reported:
        for other in alike[one.serial_search]:
            is_open = (one.arm_id, other.arm_id) not in apart
            if is_open and may_be_one(one.__dict__, other.__dict__):
                yield one, other


def _is_whole(record: Mapping[str, Any]) -> bool:
    serial = record["serial_search"]
    return record["serial_status"] in READ_WHOLE and len(serial) >= SHORTEST


def makes_of(
    rows: QuerySet[Any], serials: Collection[str]
) -> dict[str, frozenset[str]]:
    """Give the makes on record with some whole serial numbers, in one query.

    Args:
        rows: Records of a ``DescribedArm``.
    """
    found = rows.filter(serial_search__in=serials, serial_status__in=READ_WHOLE)
    borne = defaultdict(set)
    for serial, make in found.values_list("serial_search", "make").distinct():
        if make:
            borne[serial].add(make)
    return {serial: frozenset(of_it) for serial, of_it in borne.items()}


def arms_meant(records: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Give for each record the one arm that bears its make and whole serial.

    An arm that is missing by a report alone goes before a registered one with the
    same marks, until a person says that they are one. Where several arms bear the
    marks none is taken, nor one of another calibre: the label of a model says
    nothing against it.

    Args:
        records: Columns of ``DescribedArm``, by a name of each.
    """
    wanted = {name: marks_of(record) for name, record in records.items()}
    bearers = _bearers({marks[1] for marks in wanted.values() if marks})
    found = {}
    for name, marks in wanted.items():
        arm = _only(bearers.get(marks, ()), records[name]) if marks else None
        if arm is not None:
            found[name] = arm
    return found


def arms_of_reports(arm_ids: Collection[int]) -> dict[int, int]:
    """Give the arms of reports that came before their registration.

    Returns:
        The registered arm of each arm that is known from reports alone, where the
        one and the other are the only bearers of their marks.
    """
    rows = ArmRecord.objects.current().filter(among("arm_id", arm_ids))
    marked = {
        marks: row
        for row in rows.values("arm_id", *MARKS)
        if (marks := marks_of(row)) is not None
    }
    bearers = _bearers({serial for _make, serial in marked})
    found = {}
    for marks, row in marked.items():
        alike = bearers.get(marks, ())
        reported = [one for one in alike if one.basis == ArmBasis.LOSS_REPORT]
        calibres = {one.calibre for one in alike} - {""}
        if len(reported) == 1 and len(alike) == 2 and len(calibres) < 2:
            found[reported[0].arm_id] = row["arm_id"]
    return found


def _bearers(serials: Collection[str]) -> dict[Marks, list[Bearer]]:
    rows = ArmRecord.objects.current().filter(
        among("serial_search", serials), serial_status__in=READ_WHOLE
    )
    columns = (
        "make", "serial_search", "calibre", "arm_id", "arm__basis", "arm__state"
    )  # fmt: skip
    found: dict[Marks, list[Bearer]] = defaultdict(list)
    for row in rows.values_list(*columns):
        bearer = Bearer(*row)
        found[bearer.make, bearer.serial].append(bearer)
    return found


def _only(bearers: Collection[Bearer], record: Mapping[str, Any]) -> int | None:
    known = (record["calibre"], "")
    alike = [each for each in bearers if each.calibre in known or not known[0]]
    reported = [each for each in alike if each.basis == ArmBasis.LOSS_REPORT]
    missing = [each for each in reported if each.state in MISSING]
    registered = [each for each in alike if each.basis == ArmBasis.REGISTERED]
    meant = missing or registered or alike
    return meant[0].arm_id if len(meant) == 1 else None


def arms_bearing(make: str, key: str) -> QuerySet[ArmRecord]:
    """Give the arms of a make that bear a serial number as their own, by its key."""
    rows = ArmRecord.objects.current().filter(make=make, serial_search=key)
    return rows.exclude(serial_search="").select_related("arm").order_by("arm")
