"""Enter refusals into the register, and keep them as they now are."""

from dataclasses import asdict
from datetime import datetime

from django.utils import timezone

from armstrace.audit import ledger
from armstrace.records import jurisdiction, lengths
from armstrace.records.rules import require_happened
from armstrace.vetting import rules, visibility
from armstrace.vetting.inputs import RefusalInput
from armstrace.vetting.models import Refusal, RefusalRecord
from armstrace.vocabulary.actors import Actor

TEXTS = (
    "name", "birth_place", "birth_country", "nationality", "identity_number",
    "national_reference", "authority", "contact",
)  # fmt: skip
LIMITS = lengths.limits(RefusalRecord, TEXTS, of=RefusalInput)


def record_refusal(*, stated: RefusalInput, by: Actor, at: datetime) -> Refusal:
    """Enter a refusal to acquire or possess a firearm; its ground is not taken.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``VE-06`` to ``VE-08``, what it says does not fit together;
            ``RS-03``, the day of birth has not come.

    Source:
        Delegated Regulation (EU) 2021/1423, art. 3.
    """
    by.require("refusal.record")
    _require_fits(stated, at)
    with ledger.entry("refusal.recorded", by=by, at=at) as entry:
        made = Refusal.objects.create(known_at=at)
        entry.about(made)
        entry.about(_version(made, stated, by, at))
    return made


def correct_refusal(
    *,
    refusal_id: int,
    stated: RefusalInput,
    reason: str,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> RefusalRecord:
    """Update a refusal: corrected, reviewed, revoked, annulled, each with a reason.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``VE-04``, no reason; ``VE-06`` to ``VE-08``, what it says does not
            fit together; ``RS-03``, the day of birth has not come; ``VE-12``,
            somebody has updated it since ``seen``.

    Source:
        Delegated Regulation (EU) 2021/1423, art. 4.
    """
    by.require("refusal.record")
    refusal = Refusal.objects.get_visible(refusal_id, by)
    lengths.require_reason(rules.REASONED, reason)
    _require_fits(stated, at)
    with ledger.entry("refusal.corrected", by=by, at=at) as entry:
        Refusal.objects.get_queryset().select_for_update().get(pk=refusal_id)
        was = RefusalRecord.objects.current().get(refusal=refusal)
        rules.SEEN.require((refusal.reference, seen in {None, was.pk}))
        when = was.supersede(at)
        entry.about(was)
        made = _version(refusal, stated, by, when, reason=reason.strip())
        entry.about(made)
    return made


def _require_fits(stated: RefusalInput, at: datetime) -> None:
    lengths.require_fits(stated, *LIMITS)
    rules.SAYS_WHO.require(stated)
    today = timezone.localdate(at)
    require_happened("born_on", stated.born_on, today)
    rules.SAYS_WHEN.require((stated, today))
    rules.SAYS_END.require(stated)


def _version(
    refusal: Refusal, stated: RefusalInput, by: Actor, at: datetime, reason: str = ""
) -> RefusalRecord:
    law = jurisdiction.profile()
    return RefusalRecord.objects.create(
        refusal=refusal,
        **asdict(stated),
        visible_until=visibility.visible_until(stated, law),
        review_by=visibility.review_by(stated, law),
        told_by=by.name,
        reason=reason,
        known_at=at,
    )
