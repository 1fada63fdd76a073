"""Mend a held row and load it, or dismiss it with a reason."""

from collections.abc import Mapping
from datetime import datetime

from armstrace.audit import ledger
from armstrace.intake import recording, stating
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, by_name, identity_field
from armstrace.intake.models import HeldRow
from armstrace.intake.outcomes import HeldState, Reason
from armstrace.intake.profiles.schema import read_profile
from armstrace.intake.recording import Origin
from armstrace.intake.stating import Setting
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import (
    Recorded,
)


def mend_row(
    *, held: HeldRow, values: Mapping[str, str], by: Actor, at: datetime
) -> Recorded:
    """Correct a held row and load it.

    Args:
        held: The row; it must still be open.
        values: Canonical field to corrected text; others stay as they were.
        by: Who mends it.
        at: When, with time zone.

    Returns:
        What became of it in the records.

    Raises:
        NotPermitted: ``by`` may not mend rows or record what it holds.
        InvalidInput: It still cannot be read; the sentence names the field.
        RuleBroken: ``IN-04``, it was decided already; or the records refuse it.

    Source:
        Background paper (2018), para. 90; rule of this design.
    """
    by.require("intake.mend")
    _require_open(held)
    texts = {**held.values, **_known(held, values)}
    kind = IntakeKind(held.batch.kind)
    identity = _identity(held, kind, texts)
    stated, troubles = stating.state(texts, identity, held.row, _setting(held, at))
    if stated is None:
        first = troubles[0]
        raise InvalidInput(
            first.placed(held.batch.file_name, held.row), field=first.field
        )
    origin = Origin(
        kind=kind,
        source=held.batch.source,
        arm_source=held.batch.arm_source,
        reason=f"mended, row {held.row} of {held.batch.file_name[:200]}",
    )
    with ledger.entry("intake.row_mended", by=by, at=at) as entry:
        fate = recording.record(origin, [stated], by=by, at=at)[0]
        fate.require_done()
        entry.about(_decided(held, HeldState.MENDED, "", by, at))
    return fate


def dismiss_row(*, held: HeldRow, reason: str, by: Actor, at: datetime) -> HeldRow:
    """Dismiss a held row: it will not be loaded.

    Args:
        held: The row; it must still be open.
        reason: Why, in words.
        by: Who dismisses it.
        at: When, with time zone.

    Returns:
        The row, kept with the reason.

    Raises:
        NotPermitted: ``by`` may not mend rows.
        InvalidInput: No reason is given.
        RuleBroken: ``IN-04``, it was decided already.

    Source:
        Rule of this design (nothing is lost).
    """
    by.require("intake.mend")
    _require_open(held)
    if not reason.strip():
        msg = message(
            "A held row is dismissed with a reason; write why it is not loaded."
        )
        raise InvalidInput(msg, field="reason")
    with ledger.entry("intake.row_dismissed", by=by, at=at) as entry:
        decided = _decided(held, HeldState.DISMISSED, reason.strip(), by, at)
        entry.about(decided)
    return decided


def _require_open(held: HeldRow) -> None:
    if held.state != HeldState.OPEN:
        msg = message(
            "Row %(row)s of %(file)s is decided already: %(state)s.",
            row=held.row,
            file=held.batch.file_name,
            state=HeldState(held.state),
        )
        raise RuleBroken("IN-04", msg)


def _known(held: HeldRow, values: Mapping[str, str]) -> dict[str, str]:
    known = by_name(IntakeKind(held.batch.kind))
    for name in values:
        if name not in known:
            msg = message(
                "%(field)s is no field of %(kind)s.",
                field=name,
                kind=IntakeKind(held.batch.kind),
            )
            raise InvalidInput(msg, field=name)
    return {name: text.strip() for name, text in values.items()}


def _identity(held: HeldRow, kind: IntakeKind, texts: dict[str, str]) -> str:
    if held.reason == Reason.DUPLICATE_IDENTIFIER and texts.get(
        identity_field(kind)
    ) in {"", held.identity}:
        msg = message(
            "Row %(row)s still has the number of another row; give it a number "
            "of its own, or dismiss it.",
            row=held.row,
        )
        raise InvalidInput(msg, field=identity_field(kind))
    return texts.get(identity_field(kind)) or held.identity or f"row {held.row}"


def _setting(held: HeldRow, at: datetime) -> Setting:
    batch = held.batch
    kind = IntakeKind(batch.kind)
    if not batch.profile_text:
        return Setting(kind, DateOrder.NOT_STATED, batch.agency, at)
    profile = read_profile(batch.profile_text, origin=batch.profile_name)
    return Setting(kind, profile.date_order, batch.agency, at)


def _decided(
    held: HeldRow, state: HeldState, why: str, by: Actor, at: datetime
) -> HeldRow:
    HeldRow.objects.filter(pk=held.pk, state=HeldState.OPEN).update(
        state=state, decided_at=at, decided_by=by.name, decided_why=why[:500]
    )
    return HeldRow.objects.select_related("batch").get(pk=held.pk)
