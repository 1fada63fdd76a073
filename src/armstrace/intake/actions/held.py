"""Mend a held row and load it, or dismiss it with a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from armstrace.audit import ledger
from armstrace.intake import conflicts, recording, rules, stating
from armstrace.intake.fields import IntakeKind, by_name, identity_field
from armstrace.intake.models import HeldRow
from armstrace.intake.outcomes import HeldState, Reason, Trouble
from armstrace.intake.recording import Origin
from armstrace.procedures.actions import following
from armstrace.records import lengths
from armstrace.records.rules import REASONED
from armstrace.recoveries.actions import correcting, repeat_recoveries
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.last_word import Sent
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded, RowOutcome, Settlement
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import is_reason, trim

SAID = Sentences(__package__)


def mend_row(
    *, held: HeldRow, values: Mapping[str, str], by: Actor, at: datetime
) -> Recorded:
    """Correct a held row and load it.

    Args:
        values: Canonical field to corrected text; others stay as they were.

    Raises:
        RuleBroken: ``IN-04``, it was decided already; or the records refuse it.

    Source:
        Background paper (2018), para. 90; rule of this design.
    """
    by.require("intake.mend")
    _require_open(held)
    if held.reason == Reason.CONFLICT:
        msg = message(
            "This row contradicts a correction, so it is not mended; choose between it "
            "and the record."
        )
        raise InvalidInput(msg)
    texts = {**held.values, **_known(held, values)}
    kind = IntakeKind(held.batch.kind)
    _require_own_number(held, kind, texts)
    stated = _state(held, texts, at)
    reason = f"{held.batch.file_name}, {held.row}"
    with ledger.entry("intake.row_mended", by=by, at=at) as entry:
        # What a person mends is a correction: the file does not undo it later.
        origin = replace(_origin(held, reason, told=values), settlement=Settlement.MEND)
        outcome = recording.record(origin, [stated], by=by, at=at)[0]
        if outcome.fate is RowOutcome.CONFLICT:
            entry.about(_held_as_conflict(held, texts, outcome))
            return outcome
        outcome.require_done()
        entry.about(_decide(held, HeldState.MENDED, "", by, at))
    _compare(stated, outcome, by, at)
    return outcome


def settle_row(
    *, held: HeldRow, settlement: Settlement, reason: str, by: Actor, at: datetime
) -> Recorded:
    """Choose between a correction and what its source states since.

    Args:
        settlement: ``TAKE`` what the row states, or ``KEEP`` the record.

    Raises:
        RuleBroken: ``RS-01``, no reason is given; ``IN-04``, the row was decided
            already; ``IN-05``, it contradicts no correction.

    Source:
        Rule of this design (decision 12).
    """
    by.require("intake.mend")
    _require_open(held)
    is_conflict = held.reason == Reason.CONFLICT
    rules.IN_CONFLICT.require((held.row, held.batch.file_name, is_conflict))
    REASONED.require(reason)
    is_taken = settlement is Settlement.TAKE
    state = HeldState.MENDED if is_taken else HeldState.DISMISSED
    origin = replace(_origin(held, reason.strip()), settlement=settlement)
    with ledger.entry("intake.conflict_settled", by=by, at=at) as entry:
        stated, outcome = _settle(held, origin, by, at)
        outcome.require_done()
        entry.about(_decide(held, state, reason.strip(), by, at))
    _compare(stated, outcome, by, at)
    return outcome


def dismiss_row(*, held: HeldRow, reason: str, by: Actor, at: datetime) -> HeldRow:
    """Dismiss a held row: it will not be loaded.

    One that contradicts a correction leaves the record as it is.

    Raises:
        RuleBroken: ``IN-04``, it was decided already.

    Source:
        Rule of this design (nothing is lost).
    """
    by.require("intake.mend")
    _require_open(held)
    if not is_reason(reason):
        raise InvalidInput(SAID.say("DISMISSED_WITHOUT_REASON"), field="reason")
    if held.reason == Reason.CONFLICT:
        keep = Settlement.KEEP
        settle_row(held=held, settlement=keep, reason=reason, by=by, at=at)
        return HeldRow.objects.select_related("batch").get(pk=held.pk)
    with ledger.entry("intake.row_dismissed", by=by, at=at) as entry:
        decided = _decide(held, HeldState.DISMISSED, reason.strip(), by, at)
        entry.about(decided)
    return decided


def _require_open(held: HeldRow) -> None:
    is_open = held.state == HeldState.OPEN
    state = HeldState(held.state)
    rules.OPEN.require((held.row, held.batch.file_name, state, is_open))


def _known(held: HeldRow, values: Mapping[str, str]) -> dict[str, str]:
    known = by_name(IntakeKind(held.batch.kind))
    for name in values:
        if name not in known:
            raise InvalidInput(
                SAID.say("NO_FIELD", field=name, kind=IntakeKind(held.batch.kind)),
                field=name,
            )
    return {name: trim(text) for name, text in values.items()}


def _require_own_number(held: HeldRow, kind: IntakeKind, texts: dict[str, str]) -> None:
    if held.reason == Reason.DUPLICATE_IDENTIFIER and texts.get(
        identity_field(kind)
    ) in {"", held.identity}:
        raise InvalidInput(
            SAID.say("NUMBER_OF_ANOTHER", row=held.row), field=identity_field(kind)
        )


def _state(held: HeldRow, texts: dict[str, str], at: datetime) -> stating.Stated:
    number = conflicts.number_of(held, IntakeKind(held.batch.kind), texts)
    setting = conflicts.setting_of(held, at)
    stated, troubles = stating.state(texts, number, held.row, setting)
    if stated is None:
        first, *others = troubles
        also = {each.field: each.sentence for each in others}
        raise InvalidInput(first.sentence, field=first.field, also=also)
    return stated


def _settle(
    held: HeldRow, origin: Origin, by: Actor, at: datetime
) -> tuple[Sent | stating.Stated, Recorded]:
    """Record a row as a person has chosen; a message bears some fields only."""
    if held.is_message:
        sent = conflicts.sent_of(origin.source, held.identity, held.values)
        return sent, correcting.send_recovery(
            sent=sent,
            reason=origin.reason,
            settlement=origin.settlement,
            by=by,
            at=at,
        )
    stated = _state(held, dict(held.values), at)
    return stated, recording.record(origin, [stated], by=by, at=at)[0]


def _compare(
    stated: Sent | stating.Stated, outcome: Recorded, by: Actor, at: datetime
) -> None:
    """Compare a recovery that came on record, and follow it; a loss is none."""
    if isinstance(stated, Sent | RecoveryInput) and outcome.record_id is not None:
        repeat_recoveries.note_resightings(
            recovery_ids=[outcome.record_id], by=by, at=at
        )
        following.follow_procedure(recoveries=[outcome.record_id], by=by, at=at)


def _origin(held: HeldRow, reason: str, told: Iterable[str] = ()) -> Origin:
    """Say where a held row comes from.

    Args:
        told: Fields that a person states beside those of the file.
    """
    batch = held.batch
    kind, given = IntakeKind(batch.kind), conflicts.given_of(batch)
    given = given and given | {*told}
    return Origin(kind, batch.source, batch.arm_source, reason, given=given)


def _held_as_conflict(
    held: HeldRow, texts: dict[str, str], outcome: Recorded
) -> HeldRow:
    """Hold a mended row on, for a person to choose between it and the record."""
    trouble = Trouble(Reason.CONFLICT, "", outcome.reason, outcome.rule)
    told: dict[str, object] = {"values": texts, "troubles": [trouble.to_json()]}
    return _change(held, reason=Reason.CONFLICT, field="", **told)


def _decide(
    held: HeldRow, state: HeldState, why: str, by: Actor, at: datetime
) -> HeldRow:
    lengths.require_fits(why, lengths.REASON)
    told: dict[str, object] = {
        "decided_at": at,
        "decided_by": by.name,
        "decided_why": why,
    }
    return _change(held, state=state, **told)


def _change(held: HeldRow, **values: object) -> HeldRow:
    # Of two who decide at once the second changes nothing here, and what it recorded
    # before is rolled back with this refusal.
    changed = HeldRow.objects.filter(pk=held.pk, state=HeldState.OPEN).update(**values)
    now = HeldRow.objects.select_related("batch").get(pk=held.pk)
    if not changed:
        _require_open(now)
    return now
