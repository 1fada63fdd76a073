"""Add what is seen on a recovered item: photographs and further marks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from armstrace.audit import ledger
from armstrace.evidence.models import StoredFile
from armstrace.records import lengths
from armstrace.records.rules import require_happened
from armstrace.recoveries import nameless, rules
from armstrace.recoveries.models import (
    ObservedMark,
    RecoveryPhotograph,
    RecoveryRecord,
    Withdrawal,
    no_such_photograph,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.marks import MarkCondition, MarkKind, MarkMethod
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import is_visible


@dataclass(frozen=True, slots=True)
class StatedMark:
    """A further mark as it was seen.

    Args:
        text: Verbatim, in its own script.
        observed_on: The day it was seen.
    """

    kind: MarkKind
    text: str
    component: PartType = PartType.FRAME_OR_RECEIVER
    position: str = ""
    method: MarkMethod = MarkMethod.UNKNOWN
    condition: MarkCondition = MarkCondition.UNKNOWN
    observed_on: date | None = None


MARK = lengths.limits(
    ObservedMark,
    {"text": "text_as_marked", "position": "position"},
    of=StatedMark,
)


def add_mark(
    *, recovery_id: int, stated: StatedMark, by: Actor, at: datetime
) -> ObservedMark:
    """Record a further mark, verbatim, with who saw it and when.

    Raises:
        InvalidInput: A text is empty or cannot be kept.

    Source:
        Firearms Protocol, art. 8; MOSAIC 05.31 (other markings).
    """
    by.require("recovery.correct", agency=_agency(recovery_id))
    if not is_visible(stated.text):
        msg = message(
            "The mark is empty; write what can be seen, ? for what cannot be read."
        )
        raise InvalidInput(msg, field="text")
    lengths.require_fits(stated, *MARK)
    with ledger.entry("recovery.mark_observed", by=by, at=at) as entry:
        mark = ObservedMark.objects.create(
            recovery_id=recovery_id,
            kind=stated.kind.value,
            text_as_marked=stated.text,
            component=stated.component.value,
            position=stated.position,
            method=stated.method.value,
            condition=stated.condition.value,
            observed_on=stated.observed_on,
            observed_by=by.name,
            source=by.agency,
            known_at=at,
        )
        entry.about(mark, kind=mark.kind)
    return mark


@dataclass(frozen=True, slots=True)
class StatedPhotograph:
    """A photograph and what it shows."""

    file: StoredFile
    caption: str = ""
    taken_on: date | None = None


PHOTOGRAPH = lengths.limits(RecoveryPhotograph, ["caption"], of=StatedPhotograph)


def add_photograph(
    *, recovery_id: int, stated: StatedPhotograph, by: Actor, at: datetime
) -> RecoveryPhotograph:
    """Put a photograph beside the marks of a recovered item.

    Raises:
        InvalidInput: The caption cannot be kept.
        RuleBroken: ``RS-03``, it was taken before 1900 or after today; ``CL-07``, it
            has a caption and its item was handed in without a name.

    Source:
        MOSAIC 05.31 (photographs).
    """
    by.require("evidence.add", agency=_agency(recovery_id))
    lengths.require_fits(stated, *PHOTOGRAPH)
    nameless.refuse_text(recovery_id, stated.caption)
    require_happened("taken_on", stated.taken_on, timezone.localdate(at))
    with ledger.entry("recovery.photographed", by=by, at=at) as entry:
        photograph = RecoveryPhotograph.objects.create(
            recovery_id=recovery_id,
            file=stated.file,
            caption=stated.caption,
            taken_on=stated.taken_on,
            taken_by=by.name,
            source=by.agency,
            known_at=at,
        )
        entry.about(photograph)
    return photograph


def withdraw_photograph(
    *, photograph_id: int, reason: str, by: Actor, at: datetime
) -> Withdrawal:
    """Take a photograph away from its recovery; it stays readable with the reason.

    Raises:
        RuleBroken: ``RC-11``, there is no reason; ``CL-07``, it holds a telephone
            number of an item that keeps no name.

    Source:
        MOSAIC 05.31 (photographs); MOSAIC 05.30 (nothing is deleted).
    """
    by.require("evidence.add")
    lengths.require_reason(rules.REASONED_ACT, reason)
    with ledger.entry("recovery.photograph_withdrawn", by=by, at=at) as entry:
        rows = RecoveryPhotograph.objects.current().select_for_update(of=("self",))
        photograph = rows.filter(pk=photograph_id).first()
        if photograph is None:
            raise NotFound(no_such_photograph(photograph_id))
        by.require("evidence.add", agency=_agency(photograph.recovery_id))
        nameless.refuse_contact(photograph.recovery_id, reason)
        ended = photograph.supersede(at)
        withdrawal = Withdrawal.objects.create(
            recovery_id=photograph.recovery_id,
            photograph=photograph,
            decided_by=by.name,
            reason=reason.strip(),
            source=by.agency,
            known_at=ended,
        )
        entry.about_all([photograph, withdrawal])
    return withdrawal


def _agency(recovery_id: int) -> str:
    agency = (
        RecoveryRecord.objects.current()
        .filter(recovery_id=recovery_id)
        .values_list("agency", flat=True)
        .first()
    )
    if agency is None:
        msg = message(
            "There is no recovered arm R%(recovery)s here; check the number.",
            recovery=recovery_id,
        )
        raise NotFound(msg)
    return agency
