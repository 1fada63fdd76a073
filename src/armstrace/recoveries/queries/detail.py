"""One recovered item and all that is known of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from armstrace.analysis.marks.readings import Reading
from armstrace.audit import consultations
from armstrace.records.lookups import among
from armstrace.records.submissions import Submission
from armstrace.recoveries.fields import FIELDS, MARKS
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    ObservedMark,
    PairJudgement,
    PartRecord,
    Recovery,
    RecoveryPhotograph,
    RecoveryRecord,
    Resighting,
    no_such_recovery,
)
from armstrace.recoveries.queries.rows import (
    FurtherMark,
    Judged,
    PairJudged,
    Photo,
    RecoveredArm,
    RecoveryVersion,
    Seen,
)
from armstrace.recoveries.statements import RecoveryRecorder
from armstrace.recoveries.uncompared import COMPARING
from armstrace.registry.models import Arm
from armstrace.vocabulary.actors import Actor, Agencies
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.jobs import UNFINISHED
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, Message
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.tracing import RepeatKind


def current_record(recovery_id: int, *, viewer: Actor) -> RecoveryRecord:
    """Give what is known of a recovered arm now, the person left out, in one query."""
    rows = RecoveryRecord.objects.current().select_related("recovery")
    record = rows.get_visible(recovery_id, viewer)
    record.taken_from = ""  # personal data: read through ``taken_from`` alone
    consultations.show_opened(Recovery, recovery_id)
    return record


def current_records(
    recovery_ids: Iterable[int], *, viewer: Actor
) -> dict[int, RecoveryRecord]:
    """Give what is known now of the recovered arms that a viewer may see.

    The person is left out.
    """
    if not viewer.may("recovery.view"):
        return {}
    rows = RecoveryRecord.objects.current().visible_to(viewer)
    rows = rows.filter(among("recovery_id", recovery_ids)).select_related("recovery")
    found = {row.recovery_id: row for row in rows}
    for record in found.values():
        record.taken_from = ""  # personal data: read through ``taken_from`` alone
    consultations.show_all(Recovery, found)
    return found


def arm_detail(
    recovery_id: int, *, viewer: Actor, even_withdrawn: bool = False
) -> RecoveredArm:
    """Give one recovered arm with its marks, photographs, judgements, history."""
    seen = viewer.agencies("recovery.view")
    versions = list(
        RecoveryRecord.objects.filter(recovery_id=recovery_id)
        .select_related("recovery", "compared")
        .order_by("-known_at", "-pk")
    )
    current = next((v for v in versions if v.superseded_at is None), None)
    if current is None and even_withdrawn:
        current = next(iter(versions), None)
    if current is None or current.agency not in seen:
        raise NotFound(no_such_recovery(recovery_id))
    current.taken_from = ""  # personal data: read through ``taken_from`` alone
    consultations.show_opened(Recovery, recovery_id)
    said = _judgements(CandidateJudgement.objects.filter(recovery_id=recovery_id)).get(
        recovery_id, ()
    )
    consultations.show_all(Arm, {one.arm_id for one in said})
    beside = _beside(recovery_id)
    return RecoveredArm(
        recovery_id=recovery_id,
        reference=f"R{recovery_id}",
        source=current.recovery.source,
        source_number=current.recovery.source_number,
        record=current,
        readings=readings_of(current),
        marks=_marks(recovery_id) if "MARKS" in beside else (),
        photographs=_photographs([recovery_id])[recovery_id]
        if "PHOTOGRAPHS" in beside
        else (),
        judgements=tuple(one for one in said if one.superseded_at is None),
        judged_before=tuple(one for one in said if one.superseded_at is not None),
        pairs=_pairs(recovery_id, seen) if "PAIRS" in beside else (),
        seen=_seen(recovery_id, seen) if "SEEN" in beside else (),
        is_compared=hasattr(current, "compared"),
        is_load_waiting="LOAD" in beside,
        history=_history(versions),
    )


_OF_BOTH = """UNION ALL SELECT '{}' WHERE EXISTS (SELECT 1 FROM recoveries_{}
WHERE superseded_at IS NULL AND (recovery_id = %(key)s OR earlier_id = %(key)s))"""
_BESIDE = f"""
SELECT 'MARKS' WHERE EXISTS (SELECT 1 FROM recoveries_observedmark
WHERE superseded_at IS NULL AND recovery_id = %(key)s)
UNION ALL SELECT 'PHOTOGRAPHS' WHERE EXISTS (SELECT 1 FROM recoveries_recoveryphotograph
WHERE superseded_at IS NULL AND recovery_id = %(key)s)
{_OF_BOTH.format("PAIRS", "pairjudgement")}
{_OF_BOTH.format("SEEN", "resighting")}
UNION ALL SELECT 'LOAD' WHERE EXISTS (SELECT 1 FROM jobs_job
WHERE kind = '{COMPARING}' AND state IN ({", ".join(f"'{one}'" for one in UNFINISHED)}))
"""  # noqa: S608 - own words


def _beside(recovery_id: int) -> frozenset[str]:
    """Tell in one question what there is beside a record: most have nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, {"key": recovery_id})
        return frozenset(name for (name,) in cursor.fetchall())


WRITTEN = {each.attribute: each.column for each in FIELDS if each.part == MARKS}


def readings_of(record: Any) -> tuple[Reading, ...]:  # noqa: ANN401 - any DescribedArm row
    """Pair each mark as written with its reading."""
    read = {each["field"]: each for each in record.readings}
    pairs = []
    for name, column in WRITTEN.items():
        reading = read.get(name, {})
        as_written = getattr(record, column)
        if as_written or reading:
            pairs.append(
                Reading(
                    field=name,
                    as_written=as_written,
                    value=reading.get("value", ""),
                    certainty=Certainty(reading.get("certainty", Certainty.NONE)),
                    rule=reading.get("rule", ""),
                    note=Message.read(reading.get("note", "")),
                )
            )
    return tuple(pairs)


def _marks(recovery_id: int) -> tuple[FurtherMark, ...]:
    rows = ObservedMark.objects.current().filter(recovery_id=recovery_id).order_by("pk")
    return tuple(fill(FurtherMark, mark, mark_id=mark.pk) for mark in rows)


def photographs_of(
    recovery_ids: Iterable[int], *, viewer: Actor
) -> dict[int, tuple[Photo, ...]]:
    """Give the photographs of recovered items that a viewer may see, by item."""
    if not viewer.may("recovery.view"):
        return {}
    seen = Recovery.objects.visible_to(viewer).filter(among("pk", recovery_ids))
    found = _photographs(list(seen.values_list("pk", flat=True)))
    consultations.show_all(Recovery, found)
    return found


def _photographs(recovery_ids: Iterable[int]) -> dict[int, tuple[Photo, ...]]:
    rows = RecoveryPhotograph.objects.current().filter(
        among("recovery_id", recovery_ids)
    )
    found: dict[int, tuple[Photo, ...]] = {}
    for row in rows.select_related("file").order_by("pk"):
        shown = fill(
            Photo,
            row,
            photograph_id=row.pk,
            sha256=row.file.sha256,
            media_type=row.file.media_type,
        )
        found[row.recovery_id] = (*found.get(row.recovery_id, ()), shown)
    return found


def judgements_of(recovery_ids: Iterable[int]) -> dict[int, tuple[Judged, ...]]:
    """Give what people said of candidates, by recovery, in one query."""
    rows = CandidateJudgement.objects.current().filter(
        recovery_id__in=set(recovery_ids)
    )
    return _judgements(rows)


def _judgements(
    rows: QuerySet[CandidateJudgement],
) -> dict[int, tuple[Judged, ...]]:
    found: dict[int, tuple[Judged, ...]] = {}
    for row in rows.order_by("pk"):
        judged = fill(Judged, row, seen=row.pk)
        found[row.recovery_id] = (*found.get(row.recovery_id, ()), judged)
    return found


def _pairs(recovery_id: int, seen: Agencies) -> tuple[PairJudged, ...]:
    """Give what stands of pairs with this recovery, the latest word first."""
    rows = PairJudgement.objects.current().filter(
        Q(recovery_id=recovery_id) | Q(earlier_id=recovery_id)
    )
    said = [
        (row.earlier_id if row.recovery_id == recovery_id else row.recovery_id, row)
        for row in rows.order_by("-known_at", "-pk")
    ]
    others = RecoveryRecord.objects.current().filter(
        recovery_id__in=[other for other, _ in said]
    )
    agencies = dict(others.values_list("recovery_id", "agency")) if said else {}
    return tuple(
        fill(
            PairJudged,
            row,
            recovery_id=other,
            reference=f"R{other}",
            reason=row.reason if agencies.get(other) in seen else "",
            repeat=RepeatKind(row.repeat) if row.repeat else None,
            is_earlier=row.earlier_id == other,
            is_in_reach=agencies.get(other) in seen,
            seen=row.pk,
        )
        for other, row in said
    )


def _seen(recovery_id: int, seen: Agencies) -> tuple[Seen, ...]:
    """Give the other recoveries of what seems to be the same arm.

    Of another agency's recovery an officer learns the agency and the day, so that
    they know whom to ask.
    """
    pairs = Resighting.objects.current().filter(
        Q(recovery_id=recovery_id) | Q(earlier_id=recovery_id)
    )
    links = {
        (p.earlier_id if p.recovery_id == recovery_id else p.recovery_id): p
        for p in pairs
    }
    rows = RecoveryRecord.objects.current().filter(recovery_id__in=links)
    consultations.show_all(Recovery, links)
    return tuple(
        fill(
            Seen,
            row,
            reference=f"R{row.recovery_id}",
            recovered_on=row.recovered,
            region=row.region if row.agency in seen else "",
            why=link.why if row.agency in seen else NOTHING,
            is_in_reach=row.agency in seen,
            is_earlier=link.earlier_id == row.recovery_id,
            repeat=RepeatKind(link.repeat),
            probability=link.probability,
        )
        for row in rows.order_by("recovered_on")
        for link in (links[row.recovery_id],)
    )


def _history(versions: list[RecoveryRecord]) -> tuple[RecoveryVersion, ...]:
    """Leave out what a source said under a correction: it never was current."""
    under = {
        (later.stated_key, later.known_at) for later in versions if later.stated_key
    }
    return tuple(
        version_of(each)
        for each in versions
        if each is versions[-1]
        or each.superseded_at != each.known_at
        or (each.content_key, each.known_at) not in under
    )


def version_of(
    record: RecoveryRecord | AmmunitionRecord | PartRecord,
) -> RecoveryVersion:
    """Give one state of knowledge about a recovered item, the person left out."""
    hidden = {"id", "recovery", "readings", "taken_from", "content_key", "stated_key"}
    hidden |= {"known_at", "superseded_at", "reason", "source", "corrected_by"}
    values = {
        column.name: getattr(record, column.name)
        for column in record._meta.concrete_fields  # noqa: SLF001 - Django's documented API
        if column.name not in hidden
    }
    return fill(RecoveryVersion, record, values=values, version=record.pk)


def item_kind_of(recovery_id: int, *, viewer: Actor) -> ItemKind:
    """Tell what kind of item a recovery is."""
    viewer.require("recovery.view")
    kind = (
        Recovery.objects.filter(pk=recovery_id)
        .values_list("item_kind", flat=True)
        .first()
    )
    if kind is None:
        raise NotFound(no_such_recovery(recovery_id))
    return ItemKind(kind)


def ids_by_source_number(
    source: str, numbers: Iterable[str], *, viewer: Actor
) -> dict[str, int]:
    """Give the identities of recoveries by their source's numbers."""
    viewer.require("recovery.view")
    rows = Recovery.objects.filter(source=source, source_number__in=set(numbers))
    return dict(rows.values_list("source_number", "pk"))


def id_by_number(number: str, *, agency: str, viewer: Actor) -> int:
    """Give the recovery of an agency that has a number, whoever stated it; 0 for none.

    A file of the agency's seizures is a source of its own, with the same numbers.
    """
    stated = ids_by_source_number(agency, [number], viewer=viewer)
    if stated:
        return stated[number]
    for table in (RecoveryRecord, AmmunitionRecord, PartRecord):
        rows = table.objects.current().filter(
            recovery__source_number=number, agency=agency
        )
        if found := rows.values_list("recovery_id", flat=True).first():
            return int(found)
    return 0


def is_on_record(
    stated: RecoveryInput, *, source: str, viewer: Actor, at: datetime
) -> bool:
    """Tell whether a source has stated exactly this under its number."""
    (told,) = RecoveryRecorder(Submission(source, viewer, at)).foretell([stated])
    return told.fate is RowOutcome.UNCHANGED
