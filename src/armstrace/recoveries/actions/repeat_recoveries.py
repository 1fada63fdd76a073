"""Note arms that seem to have been recovered before."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from armstrace.audit import ledger
from armstrace.recoveries.models import RecoveryRecord, Resighting
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import Message, message

READ_WHOLE = (SerialStatus.COMPLETE.value, SerialStatus.RESTORED.value)
SHORTEST = 4
"""Serials shorter than this repeat by chance too often to link two recoveries."""


def note_resightings(
    *, recovery_ids: Sequence[int], by: Actor, at: datetime
) -> list[Resighting]:
    """Link recoveries of one arm: same serial read whole, makes that agree.

    A serial is never unique alone, so the make must agree and the model must not
    contradict. The link is a lead for a person, not a finding.

    Args:
        recovery_ids: Recoveries to compare with every other.
        by: Who looks.
        at: When, with time zone.

    Returns:
        The links made; those already on record are left as they are.

    Raises:
        NotPermitted: ``by`` may not see recoveries.

    Source:
        Statistics of the questionnaire, check 11; MOSAIC 05.31.
    """
    by.require("recovery.view")
    rows = list(
        RecoveryRecord.objects.current().filter(
            recovery_id__in=recovery_ids, serial_status__in=READ_WHOLE
        )
    )
    rows = [row for row in rows if len(row.serial_search) >= SHORTEST and row.make]
    pairs = _pairs(rows)
    known = set(
        Resighting.objects.current()
        .filter(recovery_id__in={later for later, _ in pairs})
        .values_list("recovery_id", "earlier_id")
    )
    fresh = {pair: why for pair, why in pairs.items() if pair not in known}
    if not fresh:
        return []
    with ledger.entry("recovery.seen_before", by=by, at=at) as entry:
        made = Resighting.objects.bulk_create(
            Resighting(recovery_id=later, earlier_id=earlier, why=why, known_at=at)
            for (later, earlier), why in fresh.items()
        )
        entry.about_all(made)
    return made


def _pairs(rows: list[RecoveryRecord]) -> dict[tuple[int, int], Message]:
    """Give (later, earlier) recoveries that agree, with the reason."""
    serials = {row.serial_search for row in rows}
    alike: dict[str, list[RecoveryRecord]] = defaultdict(list)
    others = RecoveryRecord.objects.current().filter(
        serial_search__in=serials, serial_status__in=READ_WHOLE
    )
    for other in others:
        alike[other.serial_search].append(other)
    found = {}
    for row in rows:
        for other in alike[row.serial_search]:
            if other.recovery_id != row.recovery_id and _agree(row, other):
                earlier, later = sorted((row, other), key=_order)
                found[later.recovery_id, earlier.recovery_id] = _why(row)
    return found


def _order(row: RecoveryRecord) -> tuple[date, int]:
    return row.recovered_on, row.recovery_id


def _agree(one: RecoveryRecord, other: RecoveryRecord) -> bool:
    models = {one.model, other.model} - {""}
    calibres = {one.calibre, other.calibre} - {""}
    return one.make == other.make and len(models) < 2 and len(calibres) < 2


def _why(row: RecoveryRecord) -> Message:
    return message(
        "%(make)s %(serial)s: make and whole serial agree",
        make=row.make,
        serial=row.serial_search,
    )
