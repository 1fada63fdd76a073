"""Receive an exhibit, and everything that is done with it afterwards."""

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from armstrace.accounts import queries as accounts
from armstrace.audit import ledger
from armstrace.custody import rules, standing
from armstrace.custody.models import CustodyEvent, Exhibit, Store
from armstrace.custody.queries import detail, items
from armstrace.custody.standing import Leaving, Standing, Told, require_due_later
from armstrace.records import jurisdiction, lengths, numbering
from armstrace.recoveries import nameless
from armstrace.recoveries.models import CandidateJudgement, Recovery
from armstrace.registry import at_desk
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind, LifeEventKind
from armstrace.vocabulary.custody import CustodyAct, WayOut, WayOutState
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.rules import require_all

TEXTS = (
    *("seal_number", "condition", "received_from", "place", "office", "document"),
    *("needed_by", "witness", "mark", "reason"),
)
# Who holds an arm that is let go is not told, and its life goes on as it was.
IN_LIFE = {
    WayOut.DESTROY.value: LifeEventKind.DESTROYED,
    WayOut.RETURN.value: LifeEventKind.RETURNED,
    WayOut.KEEP.value: LifeEventKind.RETAINED_MARKED,
}
LIMITS = lengths.limits(
    CustodyEvent, {name: name for name in TEXTS} | {"name": "holder"}, of=Told
)


def receive_exhibit(
    *,
    recovery_id: int,
    told: Told,
    act: CustodyAct = CustodyAct.RECEIVED,
    by: Actor,
    at: datetime,
) -> Exhibit:
    """Take a recovered item into custody; it gets its number.

    Args:
        recovery_id: What it was recovered as: an arm, a part or ammunition.
        told: Seal, condition, from whom, place.
        act: Received by a custodian, or brought by an officer who still holds it
            until a custodian accepts.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``EX-02``, it is an exhibit already; ``EX-04``, the seal is not
            the one on record or not whole, and nobody says why; ``EX-20``, the store
            belongs to another agency; ``EX-32``, the seal has no number; ``EX-33``,
            nobody says from whom; ``EX-38``, another exhibit bears the seal.

    Source:
        INTERPOL firearms recovery protocol, 3 (evidence recovery).
    """
    by.require(rules.GRANT[act], agency=by.agency)
    recovery = Recovery.objects.get_visible(recovery_id, by)
    told = _sign(told, by)
    _require_own_store(told)
    if act is CustodyAct.RECEIVED:
        rules.FROM_WHOM.require(told.received_from)
    expected = items.describe([recovery_id])[recovery_id].seal_number
    _require_seal_explained(expected, told)
    with ledger.entry(f"exhibit.{act.value.lower()}", by=by, at=at) as entry:
        _require_seal_free(expected, told)
        exhibit, is_new = Exhibit.objects.get_or_create(
            recovery=recovery, defaults={"agency": by.agency, "known_at": at}
        )
        rules.NEW_EXHIBIT.require(
            (recovery.reference, "" if is_new else exhibit.reference)
        )
        entry.about(exhibit)
        first = standing.begin(act, told)
        event = _write(exhibit, act, (first, told), at, seal_before=expected)
        entry.about(event, act=act.value)
    return exhibit


def act_on_exhibit(
    *,
    exhibit_id: int,
    act: CustodyAct,
    told: Told,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> CustodyEvent:
    """Move, offer, accept, hand over, seal, propose, decide or correct.

    Args:
        seen: Key of the event that the person saw as the last; None asks for no
            check.

    That a registered arm was destroyed or returned reaches its life.

    Raises:
        NotPermitted: ``by`` may not, or not for the agency whose turn it is.
        InvalidInput: A text is too long, or nobody at the agency can accept.
        RuleBroken: ``EX-01``, somebody acted on it since; or the rule of the act,
            ``EX-03`` to ``EX-38``.

    Source:
        Rule of this design: exactly one holder, two sign, nothing is overwritten.
    """
    exhibit = detail.exhibit_to_act_on(exhibit_id, seen, viewer=by)
    rows = CustodyEvent.objects.current().select_related("exhibit")
    last = rows.get(exhibit=exhibit)
    now = last.standing
    by.require(rules.GRANT[act], agency=rules.agency_of(act, now))
    told = _sign(told, by)
    texts = (told.reason, told.condition, told.errand, told.place, told.name)
    nameless.refuse_contact(exhibit.recovery_id, *texts)
    rules.UNCHANGED.require((exhibit.reference, seen in (None, last.pk)))
    facts = _facts(exhibit, act, (now, told), by, timezone.localdate(at))
    _require_allowed(act, facts, timezone.localdate(at))
    if act is CustodyAct.OFFERED:
        _require_receiver(told.to_agency, by)
    # Clocks of two servers may differ, and no version ends before it begins.
    when = max(at, last.known_at)
    with ledger.entry(f"exhibit.{act.value.lower()}", by=by, at=at) as entry:
        # Of two at once the second closes nothing: the row is closed already.
        open_rows = CustodyEvent.objects.current().filter(pk=last.pk)
        closed = open_rows.update(superseded_at=when)
        rules.UNCHANGED.require((exhibit.reference, closed == 1))
        entry.about(last)
        if act is CustodyAct.RESEALED:
            _require_seal_free(now.seal_number, told)
        later = standing.after(now, act, told)
        event = _write(exhibit, act, (later, told), when, seal_before=now.seal_number)
        entry.about(event, act=act.value)
        if later.is_disposed_of:
            _tell_register(exhibit, event, entry)
    return event


def _tell_register(exhibit: Exhibit, event: CustodyEvent, entry: ledger.Entry) -> None:
    """Let the registered arm that it was found to be follow how it left."""
    said = CandidateJudgement.objects.same().filter(recovery_id=exhibit.recovery_id)
    arm_id = said.values_list("arm_id", flat=True).first()
    kind = IN_LIFE.get(event.way_out)
    if arm_id is None or kind is None or event.done_on is None:
        return
    left = (exhibit.reference, kind, event.done_on)
    at_desk.follow_disposal(arm_id, left, entry)


def _sign(told: Told, by: Actor) -> Told:
    lengths.require_fits(told, *LIMITS)
    place = standing.place_path(told.place)
    return replace(told, by=by.name, agency=by.agency, place=place)


def _facts(
    exhibit: Exhibit,
    act: CustodyAct,
    case: tuple[Standing, Told],
    by: Actor,
    today: date,
) -> rules.Facts:
    """Gather what an act is held to; of a way out also what the law asks of it."""
    now, told = case
    way = told.way_out if act is CustodyAct.PROPOSED else now.way_out
    asked = rules.rules_of(act)
    said: tuple[Message, ...] = ()
    if rules.ALLOWED not in asked or not way:
        return rules.Facts(exhibit.reference, now, told)
    if rules.SETTLED in asked:
        leaving = Leaving(WayOut(way), today, act is CustodyAct.CARRIED_OUT)
        said = detail.still_to_do(exhibit.recovery_id, leaving, viewer=by)
    law = jurisdiction.profile().disposals_by(WayOut(way), today)
    if items.describe([exhibit.recovery_id])[exhibit.recovery_id].kind != ItemKind.ARM:
        law = tuple(replace(one, is_marked=False) for one in law)
    return rules.Facts(exhibit.reference, now, told, said, law)


def _require_allowed(act: CustodyAct, facts: rules.Facts, today: date) -> None:
    now, told = facts.now, facts.told
    require_all(rules.rules_of(act), facts, typed=rules.APART)
    if act in rules.NEED_REASON:
        rules.REASONED.require(told.reason)
    if act in rules.SEE_SEAL:
        _require_seal_explained(now.seal_number, told)
    require_due_later(told.due_back_on, today)
    if told.done_on is not None and told.done_on > today:
        msg = message("The day on which it was carried out is in the future.")
        raise InvalidInput(msg, field="done_on")
    _require_own_store(told)


def _require_seal_explained(on_record: str, told: Told) -> None:
    seal = rules.Seal(on_record, told.seal_number, told.seal_state, told.reason)
    rules.SEAL_NUMBERED.require(seal)
    rules.SEAL_EXPLAINED.require(seal)


def _require_seal_free(on_record: str, told: Told) -> None:
    """Refuse a new number that another exhibit of the agency bears in custody.

    Nobody else gives one until the transaction ends.
    """
    seal = told.seal_number.strip()
    if not seal or seal == on_record:
        return
    numbering.take_turns("seals")
    kept = CustodyEvent.objects.current().exclude(
        way_out_state=WayOutState.CARRIED_OUT.value
    )
    same = kept.filter(exhibit__agency=told.agency, seal_number=seal)
    if (other := same.select_related("exhibit").first()) is not None:
        rules.SEAL_FREE.require((seal, other.exhibit.reference, told.reason))


def _require_own_store(told: Told) -> None:
    if told.store_id is not None:
        own = Store.objects.filter(pk=told.store_id, agency=told.agency)
        rules.OWN_STORE.require(own.exists())


def _require_receiver(code: str, by: Actor) -> None:
    if code not in accounts.agencies_that_may("exhibit.accept", viewer=by):
        msg = message(
            "Nobody at %(agency)s can accept an exhibit here; choose another agency, "
            "or hand it over on paper.",
            agency=code or "—",
        )
        raise InvalidInput(msg, field="to_agency")


def _write(
    exhibit: Exhibit,
    act: CustodyAct,
    case: tuple[Standing, Told],
    at: datetime,
    *,
    seal_before: str,
) -> CustodyEvent:
    later, told = case
    kept: dict[str, Any] = asdict(later)
    del kept["home"]
    return CustodyEvent.objects.create(
        exhibit=exhibit,
        act=act.value,
        told_by=told.by,
        told_agency=told.agency,
        witness=told.witness,
        seal_before=seal_before,
        photograph_id=told.photograph_id,
        reason=told.reason,
        source=told.agency,
        known_at=at,
        **kept,
    )
