"""Say whose work a recovered arm is."""

from collections.abc import Collection, Mapping
from datetime import datetime

from armstrace.accounts import queries as accounts
from armstrace.audit import ledger
from armstrace.records import closing, lengths
from armstrace.records.lookups import among
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.recoveries.models.recoveries import no_such_recovery
from armstrace.tracing import rules
from armstrace.tracing.models import Assignment
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound


def assign_recoveries(
    *,
    recovery_ids: Collection[int],
    to: str,
    note: str = "",
    seen: Mapping[int, str] | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Give recovered arms to one person to trace.

    Args:
        recovery_ids: The recovered arms; what that person has already stays.
        note: What is said to them; may be empty.
        seen: Who had each when ``by`` looked, empty for nobody; what another has
            taken meanwhile is not overwritten.

    Returns:
        How many changed hands.

    Raises:
        RuleBroken: ``TD-06`` another person has one of them; ``TD-07`` the person
            does not decide on traces; ``TD-10`` it changed hands since ``seen``.

    Source:
        MOSAIC 05.31 (tracing process); rule of this design: one recovery, one person.
    """
    by.require("trace.assign")
    lengths.require_fits(note, lengths.REASON)
    people = accounts.people_who_may("trace.assign", viewer=by)
    rules.ONE_OF_THEM.require((to, people))
    with ledger.entry("trace.assigned", by=by, at=at) as entry:
        held = _held(recovery_ids, by)
        for pk, one in held.items():
            now = one.person if one else ""
            rules.AS_SEEN.require(rules.Taken(pk, (seen or {}).get(pk), now))
        changed = [pk for pk, one in held.items() if one is None or one.person != to]
        was = [one.pk for pk in changed if (one := held[pk]) is not None]
        closing.close_keys(Assignment, was, at, entry)
        made = [
            Assignment(
                recovery_id=pk,
                person=to,
                given_by=by.name,
                reason=note.strip(),
                source=by.agency,
                known_at=at,
            )
            for pk in changed
        ]
        entry.about_all(Assignment.objects.bulk_create(made))
    return len(changed)


def release_recoveries(
    *, recovery_ids: Collection[int], by: Actor, at: datetime
) -> int:
    """Give recovered arms back, so that anybody may take them.

    Args:
        recovery_ids: The recovered arms; what nobody has stays.

    Returns:
        How many became free.

    Raises:
        RuleBroken: ``TD-06`` another person has one of them.

    Source:
        MOSAIC 05.31 (tracing process); rule of this design: one recovery, one person.
    """
    by.require("trace.assign")
    with ledger.entry("trace.released", by=by, at=at) as entry:
        held = [one.pk for one in _held(recovery_ids, by).values() if one is not None]
        closing.close_keys(Assignment, held, at, entry)
    return len(held)


def _held(recovery_ids: Collection[int], by: Actor) -> dict[int, Assignment | None]:
    """Give who has each recovery now, where ``by`` may hand it on."""
    _require_arms(recovery_ids, by)
    arms = Recovery.objects.filter(among("pk", recovery_ids)).order_by("pk")
    list(arms.select_for_update(no_key=True))  # of two at once the second sees
    now = Assignment.objects.current().filter(among("recovery_id", recovery_ids))
    known = {each.recovery_id: each for each in now.select_for_update()}
    may_reassign = by.may("trace.reassign")
    for pk, one in sorted(known.items()):
        facts = rules.HandingOn(pk, one.person, by.name, may_reassign)
        rules.ONES_OWN.require(facts)
    return {pk: known.get(pk) for pk in sorted(set(recovery_ids))}


def _require_arms(recovery_ids: Collection[int], by: Actor) -> None:
    rows = RecoveryRecord.objects.current().visible_to(by)
    found = rows.filter(among("recovery_id", recovery_ids))
    missing = set(recovery_ids) - set(found.values_list("recovery_id", flat=True))
    if missing:
        raise NotFound(no_such_recovery(min(missing)))
