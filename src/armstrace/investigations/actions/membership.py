"""Who works on a case, whether it is sealed, and what was recovered in it."""

from collections.abc import Collection
from datetime import datetime

from armstrace.investigations import asking, changing, rules
from armstrace.investigations.models import Case, CaseMember, CaseRecovery
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.investigations import CaseAct


def add_member(
    *, case_id: int, person: str, reason: str, by: Actor, at: datetime
) -> CaseMember:
    """Let somebody of any agency work on a case.

    Raises:
        RuleBroken: ``IV-03``, no reason; ``IV-04``, it is closed; ``IV-05``, the
            person does not work on cases; ``IV-07``, is a member already.

    Source:
        Directive (EU) 2016/680, art. 4, para. 1: no wider than the purpose needs.
    """
    with changing.act_on("case.joined", case_id, "case.seal", by=by, at=at) as act:
        rules.REASONED.require(reason)
        changing.require_able(person, by)
        rules.NEW_MEMBER.require((person, person not in changing.members_of(act.file)))
        member = act.make(
            CaseMember, person=person, given_by=by.name, reason=reason.strip()
        )
        act.write(CaseAct.MEMBER_ADDED, reason, person=person)
    return member


def remove_member(
    *, case_id: int, person: str, reason: str, by: Actor, at: datetime
) -> None:
    """Let somebody no longer work on a case; what they wrote stays.

    Raises:
        RuleBroken: ``IV-03``, no reason; ``IV-04``, it is closed; ``IV-06``, the
            person is no member; ``IV-08``, leads the case.

    Source:
        Directive (EU) 2016/680, art. 4, para. 1: no wider than the purpose needs.
    """
    with changing.act_on("case.left", case_id, "case.seal", by=by, at=at) as act:
        rules.REASONED.require(reason)
        case = act.file
        rows = CaseMember.objects.current().filter(person=person)
        member = changing.require_in(case, rows, person)
        others = changing.members_of(case) - {person}
        if person == case.lead:
            facts = rules.Membership(case.reference, case.lead, others)
            rules.LED_BY_MEMBER.require(facts)
        member.supersede(at)
        act.entry.about(member)
        act.write(CaseAct.MEMBER_REMOVED, reason, person=person)


def seal_case(
    *, case_id: int, is_sealed: bool, reason: str, by: Actor, at: datetime
) -> Case:
    """Show a case to its members alone, or again to its agency and the hub.

    Raises:
        RuleBroken: ``IV-03``, no reason; ``IV-04``, it is closed; ``IV-08``, who
            leads it is no member; ``IV-09``, it is so already; ``IV-33``, who seals it
            is no member.

    Source:
        Directive (EU) 2016/680, art. 29: who may read what is decided beforehand.
    """
    name = "case.sealed" if is_sealed else "case.unsealed"
    with changing.act_on(name, case_id, "case.seal", by=by, at=at) as act:
        rules.REASONED.require(reason)
        case = act.file
        rules.UNCHANGED.require((case.reference, case.is_sealed is not is_sealed))
        members = changing.members_of(case)
        facts = rules.Membership(case.reference, case.lead, members)
        rules.LED_BY_MEMBER.require(facts)
        rules.BY_MEMBER.require((case.reference, by.name in members))
        case.is_sealed = is_sealed
        act.write(CaseAct.SEALED if is_sealed else CaseAct.UNSEALED, reason)
    return case


def add_items(
    *,
    case_id: int,
    recovery_ids: Collection[int],
    reason: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Put recovered items into a case; what is in it already stays.

    Raises:
        RuleBroken: ``IV-04``, the case is closed.

    Source:
        Background paper (Vienna, 2018), ¶66 (systematic tracing of seized arms).
    """
    changing.require_recoveries(recovery_ids, by)
    with changing.act_on("case.items", case_id, "case.work", by=by, at=at) as act:
        new = changing.new_recoveries(act.file, recovery_ids)
        act.entry.about_all(changing.put_recoveries(act.file, new, by, at))
        act.write(CaseAct.ITEMS_ADDED, reason, recoveries=sorted(new))
        act.entry.about_all(asking.ask_others(act.file, by, at))
    return len(new)


def remove_item(
    *, case_id: int, recovery_id: int, reason: str, by: Actor, at: datetime
) -> None:
    """Take a recovered item out of a case; that it was in it stays on record.

    Raises:
        RuleBroken: ``IV-03``, no reason; ``IV-04``, the case is closed; ``IV-06``,
            the item is not in it.

    Source:
        Rule of this design: nothing is deleted, a correction has its reason.
    """
    with changing.act_on("case.item_out", case_id, "case.work", by=by, at=at) as act:
        rules.REASONED.require(reason)
        rows = CaseRecovery.objects.current().filter(recovery_id=recovery_id)
        item = changing.require_in(act.file, rows, f"R{recovery_id}")
        item.supersede(at)
        act.entry.about(item)
        act.write(CaseAct.ITEM_REMOVED, reason, recovery=recovery_id)
