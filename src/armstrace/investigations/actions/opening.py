"""Open a parallel case, and correct what it is called and for."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from armstrace.accounts import queries as accounts
from armstrace.audit import ledger
from armstrace.investigations import asking, changing, rules
from armstrace.investigations.inputs import CaseInput, NewCase
from armstrace.investigations.models import Case, CaseChange, CaseMember
from armstrace.records import lengths, numbering
from armstrace.transfers import actions as transfers
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.investigations import Aim, CaseAct, CaseState
from armstrace.vocabulary.messages import message


def open_case(*, given: NewCase, by: Actor, at: datetime) -> Case:
    """Open a case beside the main one; who opens and who leads it are its members.

    Raises:
        InvalidInput: A text is too long, or there is no such agency.
        RuleBroken: ``IV-01``, it has no title; ``IV-02``, no aim; ``IV-03``, no
            reason; ``IV-05``, its lead does not work on cases; ``IV-08``, it is
            sealed and nobody leads it.

    Source:
        Background paper (Vienna, 2018), ¶62-64 (parallel investigations by standing
        procedure).
    """
    agency = given.agency or by.agency
    by.require("case.open", agency=agency)
    if given.agency:
        accounts.require_agency(given.agency, viewer=by)
    changing.require_stated(given)
    lengths.require_reason(rules.REASONED, given.why)
    changing.require_recoveries(given.recovery_ids, by)
    opener = "" if by.role is Role.SYSTEM else by.name
    lead = given.lead or opener
    people = {name for name in (opener, lead) if name}
    with ledger.entry("case.opened", by=by, at=at) as entry:
        case = numbering.save_unordered(
            Case(
                agency=agency,
                opened_by=by.name,
                why=given.why.strip(),
                lead=lead,
                state=CaseState.OPEN.value,
                is_sealed=given.is_sealed,
                known_at=at,
                **_columns(given),
            )
        )
        if lead and lead != opener:
            changing.require_able(lead, by)
        if given.is_sealed:
            facts = rules.Membership(case.reference, lead, frozenset(people))
            rules.LED_BY_MEMBER.require(facts)
        entry.about(case)
        entry.about_all(_members(case, people, by, at))
        entry.about_all(changing.put_recoveries(case, given.recovery_ids, by, at))
        entry.about(
            changing.change(case, CaseAct.OPENED, (by, at), given.why, lead=lead)
        )
        entry.about_all(asking.ask_others(case, by, at))
    return case


def open_case_of_diversion(*, consignment_id: int, by: Actor, at: datetime) -> Case:
    """Open a parallel case on a diversion; the consignment names it from then on.

    Raises:
        RuleBroken: ``TX-16``, it kept its route, or has its case.

    Source:
        Arms Trade Treaty, art. 11, para. 4; background paper (2018), para. 32.
    """
    number = f"J{consignment_id}"
    title = message("Diversion of consignment %(number)s", number=number)
    why = message(
        "Consignment %(number)s was diverted, or went off its route.", number=number
    )
    given = NewCase(title=str(title), aims=(Aim.DISRUPT,), why=str(why))
    with transaction.atomic():
        case = open_case(given=given, by=by, at=at)
        transfers.name_case(
            consignment_id=consignment_id, case=case.reference, by=by, at=at
        )
    return case


def correct_case(
    *,
    case_id: int,
    given: CaseInput,
    reason: str,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Case:
    """Change what a case is called and for, or who leads it.

    Args:
        given: What it says from now on; an empty lead leaves it led as it is.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``IV-01`` to ``IV-04``, or ``IV-08``, who leads it is no member;
            ``IV-30``, somebody has changed it since ``seen``; ``IV-34``, another
            agency leads it.

    Source:
        Rule of this design: what was written before stays in the history.
    """
    changing.require_stated(given)
    with changing.act_on("case.corrected", case_id, "case.work", by=by, at=at) as act:
        rules.REASONED.require(reason)
        case = act.file
        last = CaseChange.objects.filter(case=case).order_by("pk").last()
        is_seen = seen in {None, last.seen if last else None}
        rules.SEEN.require((case.reference, is_seen))
        lead = given.lead or case.lead
        if lead != case.lead:
            is_own = not case.lead or by.agency == case.agency
            rules.LED_BY_ITS_AGENCY.require((case.reference, case.agency, is_own))
            members = changing.members_of(case)
            rules.LED_BY_MEMBER.require(rules.Membership(case.reference, lead, members))
        columns = _columns(given) | {"lead": lead}
        before = {name: getattr(case, name) for name in columns}
        for name, value in columns.items():
            setattr(case, name, value)
        act.write(CaseAct.CORRECTED, reason, before=before, after=columns)
    return case


def _columns(given: CaseInput) -> dict[str, object]:
    return {
        "title": given.title.strip(),
        "aims": [aim.value for aim in given.aims],
        "main_case": given.main_case.strip(),
    }


def _members(
    case: Case, people: Iterable[str], by: Actor, at: datetime
) -> list[CaseMember]:
    return CaseMember.objects.bulk_create(
        CaseMember(
            case=case, person=name, given_by=by.name, source=by.agency, known_at=at
        )
        for name in sorted(people)
    )
