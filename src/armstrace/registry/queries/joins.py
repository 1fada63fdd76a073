"""Arms that stand twice: on the register, and from a report alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Length

from armstrace.audit import consultations, stamps
from armstrace.records.lookups import among
from armstrace.registry.arms_by_marks import READ_WHOLE, SHORTEST, pairs_undecided
from armstrace.registry.models import Arm, ArmJoin, ArmRecord
from armstrace.registry.queries.arms import ArmRow, row_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmBasis

MOST = 200


@dataclass(frozen=True, slots=True)
class PairApart:
    """An arm known from a report alone, and a registered arm that it may be."""

    reported: ArmRow
    registered: ArmRow
    # The makes as written, the report's first; none where both were read.
    makes_as_written: tuple[str, ...] = ()


def pairs_apart(*, viewer: Actor, arm_id: int | None = None) -> tuple[PairApart, ...]:
    """Give pairs whose marks fit and on which nobody decided yet.

    Args:
        arm_id: Only pairs with this arm; all, up to ``MOST``, where None.
    """
    found = _pairs_apart(viewer, arm_id)
    for pair in found:
        consultations.show_all(Arm, [pair.reported.arm_id, pair.registered.arm_id])
    return found


def _pairs_apart(viewer: Actor, arm_id: int | None = None) -> tuple[PairApart, ...]:
    viewer.require("registry.view")
    reported = _whole().filter(arm__basis=ArmBasis.LOSS_REPORT.value)
    # As expressions, make and calibre are found by no index: a make has thousands of
    # arms, a serial number one or two.
    beside = (
        _whole()
        .filter(
            arm__basis=ArmBasis.REGISTERED.value,
            serial_search=OuterRef("serial_search"),
        )
        .alias(
            its_make=Coalesce(F("make"), Value("")),
            its_calibre=Coalesce(F("calibre"), Value("")),
        )
    )
    same_calibre = beside.filter(its_calibre=OuterRef("calibre"))
    fitting = (
        Q(Exists(beside.filter(its_make=OuterRef("make"))), ~Q(make=""))
        | Q(Exists(same_calibre), ~Q(calibre=""), make="")
        | Q(Exists(same_calibre.filter(its_make="")), ~Q(calibre=""))
    )
    if arm_id is not None:
        own = ArmRecord.objects.current().filter(arm_id=arm_id).first()
        if own is None or not own.serial_search:
            return ()
        reported = reported.filter(serial_search=own.serial_search)
    rows = list(reported.filter(fitting).order_by("-arm_id")[:MOST])
    bearing = _whole().filter(
        among("serial_search", {row.serial_search for row in rows})
    )
    # Asked here, it misleads no plan.
    registered = [row for row in bearing if row.arm.basis == ArmBasis.REGISTERED]
    return tuple(
        PairApart(row_of(one), row_of(other), _unread_makes(one, other))
        for one, other in pairs_undecided(rows, registered)
        if arm_id in (None, one.arm_id, other.arm_id)
    )


def _unread_makes(*both: ArmRecord) -> tuple[str, ...]:
    is_read = all(each.make for each in both)
    return () if is_read else tuple(each.make_as_written for each in both)


def count_pairs_apart(*, viewer: Actor) -> int:
    """Count the pairs on which nobody decided yet, up to ``MOST``."""
    viewer.require("registry.view")
    return stamps.kept(("pairs_apart",), lambda: len(_pairs_apart(viewer)))


def joins_of(arm_id: int, *, viewer: Actor) -> tuple[ArmJoin, ...]:
    """Give the arms of reports that stand with a registered arm."""
    rows = ArmJoin.objects.visible_to(viewer).filter(
        superseded_at=None, arm_id=arm_id, is_one=True
    )
    return tuple(rows.order_by("pk"))


def arms_joined_with(arm_ids: Iterable[int], *, viewer: Actor) -> dict[int, int]:
    """Give the registered arm of each of some arms that were joined with one."""
    viewer.require("registry.view")
    rows = ArmJoin.objects.current().filter(
        among("report_arm_id", arm_ids), is_one=True
    )
    return dict(rows.values_list("report_arm_id", "arm_id"))


def reports_joined_with(arm_ids: Iterable[int], *, viewer: Actor) -> dict[int, int]:
    """Give the arms of reports joined with registered arms, each with its own."""
    viewer.require("registry.view")
    rows = ArmJoin.objects.current().filter(among("arm_id", arm_ids), is_one=True)
    return dict(rows.values_list("report_arm_id", "arm_id"))


def _whole() -> QuerySet[ArmRecord]:
    rows = ArmRecord.objects.current().select_related("arm")
    return rows.alias(characters=Length("serial_search")).filter(
        serial_status__in=READ_WHOLE, characters__gte=SHORTEST
    )
