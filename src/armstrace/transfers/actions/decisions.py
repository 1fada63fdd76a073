"""Decide on an authorisation, and on one that is in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from armstrace.accounts import independence
from armstrace.records import jurisdiction, lengths
from armstrace.transfers import changing, draws, rules, standing
from armstrace.transfers.changing import Act
from armstrace.transfers.inputs import Verdict
from armstrace.transfers.models import AuthorisationRecord
from armstrace.transfers.stages import DECIDE, MOVES
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.look_alikes import number_key
from armstrace.vocabulary.profiles import CountedFrom, RecordClass
from armstrace.vocabulary.transfers import Moment, TransferAct

LIMITS = (
    lengths.REASON,
    *lengths.limits(AuthorisationRecord, ["issue_place"], of=Verdict),
)
ENTRIES: Mapping[TransferAct, str] = {
    TransferAct.ISSUE: "transfer.issued",
    TransferAct.REFUSE: "transfer.refused",
    TransferAct.WITHDRAW: "transfer.withdrawn",
    TransferAct.SUSPEND: "transfer.suspended",
    TransferAct.REINSTATE: "transfer.reinstated",
    TransferAct.REVOKE: "transfer.revoked",
    TransferAct.AGREE: "transfer.agreed",
}
GROUNDED = {TransferAct.REFUSE, TransferAct.SUSPEND, TransferAct.REVOKE}


def decide_authorisation(
    *, authorisation_id: int, act: TransferAct, said: Verdict, by: Actor, at: datetime
) -> AuthorisationRecord:
    """Issue, refuse or withdraw an authorisation; suspend, reinstate or revoke it.

    To agree is to let goods leave by documents that were changed after it was issued.

    Who decides did not record it, its goods or its documents. What is a duty of the
    law is in order before it is issued, whatever the reason.

    Args:
        act: An act of ``ENTRIES``.

    Raises:
        RuleBroken: ``TX-01``, its stage is for other acts; ``TX-02``, a duty is not
            met; ``TX-03``, something is missing and no reason is given; ``TX-04``,
            somebody acted since; ``TX-05``, ``by`` recorded it; ``TX-06``, there is no
            ground; ``TX-07``, there is no reason; ``TX-08``, the days do not fit;
            ``TX-09``, another authorisation bears its number by now; ``TX-52``, there
            is nothing to agree to; ``AC-09``, one set up the other's account.

    Source:
        Firearms Protocol, art. 10, paras. 2 and 3; Regulation (EU) No 258/2012, art.
        7; Regulation (EU) 2025/41, art. 20.
    """
    lengths.require_fits(said, *LIMITS)
    with changing.Act.act_on(
        ENTRIES[act], authorisation_id, act, by=by, at=at, seen=said.seen
    ) as doing:
        if MOVES[act].grant == DECIDE:
            _require_another(doing)
        if act is TransferAct.AGREE:
            is_changed = not standing.is_agreed(doing.record)
            rules.TO_AGREE.require((str(doing.record.authorisation), is_changed))
        if act is not TransferAct.ISSUE:
            rules.REASONED.require(said.reason)
        rules.GROUNDED.require((act not in GROUNDED or said.ground is not None,))
        columns = _issue(doing, said) if act is TransferAct.ISSUE else {}
        if act in GROUNDED:
            columns |= {"ground": said.ground, **_seen_until(doing)}
        if MOVES[act].grant == DECIDE:
            columns |= {"decided_by": by.name, "decided_on": doing.today}
        return doing.go_on(said.reason, due_on=None, **columns)


def _issue(act: Act, said: Verdict) -> dict[str, Any]:
    """Refuse what is not in order as it would be issued; give what it bears."""
    record = act.record
    issued_on = said.issued_on or record.issued_on or act.today
    valid_until = said.valid_until or record.valid_until
    rules.DATED.require((issued_on, act.today, valid_until))
    number = record.number or _number(act)
    changing.require_free(number, act.file.pk)
    columns = {
        "issue_place": said.issue_place.strip() or record.issue_place,
        "issued_on": issued_on,
        "valid_until": valid_until,
        "number": number,
        "number_key": number_key(number),
    }
    draws.lock_licences(standing.papers_of([act.file.pk])[act.file.pk])
    issued = record.next_version(**columns)
    found = standing.missing_of(issued, act.today, Moment.ISSUE)
    rules.NOTHING_BLOCKS.require(found)
    rules.REASONED_WARNINGS.require((found, said.reason))
    return columns | {"missing": [[each.code, each.strength] for each in found]}


def _number(act: Act) -> str:
    kind, key = act.file.direction[:1], act.file.pk
    return f"{act.file.agency}-{kind}-{act.today.year}-{key:06d}"


def _seen_until(act: Act) -> dict[str, Any]:
    """Say until when a refusal stays visible, by the profile."""
    begun = {CountedFrom.RECORD: act.today}
    law = jurisdiction.profile()
    return {"visible_until": law.kept_until(RecordClass.REFUSAL, begun, act.today)}


def _require_another(act: Act) -> None:
    workers = act.workers()
    rules.ANOTHER_DECIDES.require((act.by.name, workers))
    for each in workers:
        independence.require(each, act.by.name, act.at)
