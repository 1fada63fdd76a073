"""Add agencies, rename them, close them and open them again."""

from datetime import datetime

from armstrace.accounts import rules
from armstrace.accounts.actions import changes
from armstrace.accounts.models import Agency
from armstrace.audit import ledger
from armstrace.records import lengths
from armstrace.vocabulary.accounts import AccountAct, AgencyKind
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message

TEXTS = lengths.limits(Agency, ["name", "telephone"])


def create_agency(
    *,
    code: str,
    name: str,
    kind: AgencyKind,
    by: Actor,
    at: datetime,
    telephone: str = "",
) -> Agency:
    """Add an agency whose people will sign in.

    Args:
        code: 2 to 20 capitals, digits and hyphens, unique; records carry it.
        telephone: Under which officers reach it, where it is known.

    Raises:
        InvalidInput: The code has other signs than it may, or is taken.

    Source:
        Rule of this design: every person acts for one agency.
    """
    by.require("account.manage")
    rules.require_agency_code(code)
    lengths.require_fits(Agency(name=name, telephone=telephone), *TEXTS)
    if Agency.objects.filter(code__iexact=code).exists():
        msg = message("The agency code “%(code)s” is taken; choose another.", code=code)
        raise InvalidInput(msg, field="code")
    with ledger.entry("agency.created", by=by, at=at, op=Operation.ADMIN) as entry:
        agency = Agency.objects.create(
            code=code, name=name, kind=kind, telephone=telephone.strip()
        )
        entry.about(agency, kind=kind.value)
    return agency


def rename_agency(
    *,
    code: str,
    name: str,
    reason: str,
    by: Actor,
    at: datetime,
    telephone: str | None = None,
) -> Agency:
    """Give an agency another name or telephone; its code stays in the records.

    Args:
        telephone: Under which officers reach it; None leaves it as it is.

    Raises:
        InvalidInput: The name is empty.
        RuleBroken: ``AC-02``, no reason.

    Source:
        Rule of this design: a correction has its reason.
    """
    by.require("account.manage")
    rules.REASON_IS_GIVEN.require(reason)
    if not name.strip():
        raise InvalidInput(message("The agency needs a name; write it."), field="name")
    lengths.require_fits(Agency(name=name, telephone=telephone or ""), *TEXTS)
    with ledger.entry("agency.renamed", by=by, at=at, op=Operation.ADMIN) as entry:
        agency = lock_agency(code)
        agency.name = name.strip()
        if telephone is not None:
            agency.telephone = telephone.strip()
        agency.save(update_fields=["name", "telephone"])
        entry.about(agency)
        entry.about(changes.keep(AccountAct.RENAMED, agency, reason, by=by, at=at))
    return agency


def close_agency(*, code: str, reason: str, by: Actor, at: datetime) -> Agency:
    """Close an agency in which nobody has an open account; its records stay.

    Raises:
        RuleBroken: ``AC-02``, no reason; ``AC-04``, people still work for it.

    Source:
        CJIS Security Policy, AC-2.
    """
    by.require("account.manage")
    rules.REASON_IS_GIVEN.require(reason)
    with ledger.entry("agency.closed", by=by, at=at, op=Operation.ADMIN) as entry:
        agency = lock_agency(code)
        rules.AGENCY_IS_EMPTY.require(agency.users.filter(is_active=True).count())
        agency.is_open = False
        agency.save(update_fields=["is_open"])
        entry.about(agency)
        entry.about(changes.keep(AccountAct.CLOSED, agency, reason, by=by, at=at))
    return agency


def open_agency(*, code: str, reason: str, by: Actor, at: datetime) -> Agency:
    """Open a closed agency again.

    Raises:
        RuleBroken: ``AC-02``, no reason.

    Source:
        CJIS Security Policy, AC-2.
    """
    by.require("account.manage")
    rules.REASON_IS_GIVEN.require(reason)
    with ledger.entry("agency.opened", by=by, at=at, op=Operation.ADMIN) as entry:
        agency = lock_agency(code)
        agency.is_open = True
        agency.save(update_fields=["is_open"])
        entry.about(agency)
        entry.about(changes.keep(AccountAct.OPENED, agency, reason, by=by, at=at))
    return agency


def lock_agency(code: str) -> Agency:
    """Give an agency that nobody closes or joins until the transaction ends."""
    # NO KEY: rows that refer to the agency are still written; only who closes or joins
    # it waits.
    agency = Agency.objects.select_for_update(no_key=True).filter(code=code).first()
    if agency is None:
        msg = message(
            "There is no agency “%(code)s”; look at the list of agencies.", code=code
        )
        raise NotFound(msg)
    return agency
