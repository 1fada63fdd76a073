"""Keep versions of procedures, put one into use, give its steps to open recoveries."""

from datetime import datetime

from django.utils import timezone

from armstrace.accounts import independence
from armstrace.analysis.procedures import checking, reading
from armstrace.audit import ledger
from armstrace.procedures import giving, rules, versions
from armstrace.procedures.models import (
    Followed,
    ProcedureChange,
    ProcedureVersion,
    Step,
)
from armstrace.records import closing, jurisdiction, lengths
from armstrace.records.lookups import among
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.procedures import UNDONE, StepStanding


def keep_version(*, values: reading.Plain, by: Actor, at: datetime) -> ProcedureVersion:
    """Keep a version of a procedure; it is not in use yet.

    Returns:
        The version; the one on record where it says the same.

    Raises:
        InvalidInput: It has a fault; the first one speaks.
        RuleBroken: ``PR-16``, there is a version of that number with other content.

    Source:
        Rule of this design: a version is kept whole and never changed.
    """
    by.require("procedure.keep")
    said = reading.plain(checking.require_sound(values))
    with ledger.entry("procedure.kept", by=by, at=at) as entry:
        version = versions.keep(values, by, at, entry)
        is_same = version.content == said
        rules.NEW_VERSION.require((version.number, version.code, is_same))
    return version


def use_version(
    *, version_id: int, gaining: int | None = None, by: Actor, at: datetime
) -> ProcedureChange:
    """Put a version into use, and give open recoveries the steps that it has more.

    Steps that a recovery has stay as they are, with the version that they came from.

    Args:
        gaining: How many recoveries gained steps in the preview; None asks for no
            check.

    Raises:
        RuleBroken: ``PR-17`` it is not valid yet; ``PR-19`` the preview is outdated;
            ``PR-28`` the profile asks for a second person; ``AC-09`` the two are not
            independent.

    Source:
        Rule of this design: a change is previewed, one act, and can be taken back.
    """
    by.require("procedure.keep")
    version = ProcedureVersion.objects.get_visible(version_id, by)
    rules.VALID.require((version.valid_from, timezone.localdate(at)))
    if jurisdiction.profile().asks_two_for_procedures(timezone.localdate(at)):
        rules.PUT_BY_ANOTHER.require((version.kept_by, by.name))
        independence.require(version.kept_by, by.name, at)
    with ledger.entry("procedure.used", by=by, at=at) as entry:
        found = versions.gains(version.procedure)
        rules.PREVIEWED.require(gaining in {None, len(found.gained)})
        before = versions.in_use()
        versions.put_into_use(version, by, at, entry)
        change = ProcedureChange.objects.create(
            version=version,
            before=before,
            made_by=by.name,
            gained=len(found.gained),
            kept=found.kept,
            known_at=at,
        )
        giving.give(found.gained, by=by, at=at, entry=entry, change=change)
        entry.about(change)
    return change


def revert_change(
    *, change_id: int, reason: str, by: Actor, at: datetime
) -> ProcedureChange:
    """Take the last change back: its open steps go, what was done with others stays.

    Raises:
        RuleBroken: ``PR-07``, no reason; ``PR-18``, it is not the last one that stands.

    Source:
        Rule of this design: a change can be taken back as one act.
    """
    by.require("procedure.keep")
    lengths.require_reason(rules.REASONED, reason)
    change = ProcedureChange.objects.get_visible(change_id, by)
    with ledger.entry("procedure.reverted", by=by, at=at) as entry:
        standing_ones = ProcedureChange.objects.filter(reverted_at=None)
        last = standing_ones.select_for_update(no_key=True).order_by("-pk").first()
        rules.LAST_CHANGE.require(last == change and change.before is not None)
        _go_back(change, reason, (by, at), entry)
        change.reverted_at, change.reverted_by = at, by.name
        change.save(update_fields=["reverted_at", "reverted_by"])
        entry.about(change)
    return change


def _go_back(
    change: ProcedureChange,
    reason: str,
    act: tuple[Actor, datetime],
    entry: ledger.Entry,
) -> None:
    by, at = act
    if change.before is not None:
        versions.put_into_use(change.before, by, at, entry, reason)
    undone = Step.objects.current().filter(change=change, state__in=UNDONE)
    # Who acts on one of them meanwhile is waited for, and what was done stays.
    ids = set(undone.values_list("recovery_id", flat=True))
    moved = Followed.objects.filter(version=change.version, is_closed=False)
    ids |= set(moved.values_list("recovery_id", flat=True))
    giving.lock(ids)
    gone = list(undone.all())
    when = max([at, *(step.known_at for step in gone)])
    closing.close_keys(Step, [step.pk for step in gone], when, entry)
    taken = {"state": StepStanding.WITHDRAWN.value, "due_on": None, "reason": reason}
    closing.bring_back(gone, when, entry, **taken)
    # All that is open has the former version: what was recorded meanwhile, too.
    keys = list(moved.filter(among("recovery_id", ids)).values_list("pk", flat=True))
    Followed.objects.filter(among("pk", keys)).update(version=change.before)
    entry.about_keys(Followed, keys)
    giving.give(ids, by=by, at=at, entry=entry)
