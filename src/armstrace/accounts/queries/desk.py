"""What the administrator's desk asks: people, sessions, locks, what was done."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from armstrace.accounts import lock_out, sign_in_names, tokens
from armstrace.accounts.models import AccountChange, ApiToken, Session, User
from armstrace.accounts.queries.factors import Factors, factors_of
from armstrace.accounts.queries.lists import (
    AccountRow,
    TokenRow,
    account_row,
    token_row,
)
from armstrace.audit import naming
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import Page, PageRequest

GIVES_ROLE = (AccountAct.INVITED, AccountAct.ROLE)


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts are wanted; what is empty narrows nothing."""

    # Part of a sign-in name or of a person's name.
    text: str = ""
    # Code of a role.
    role: str = ""
    # Code of an agency.
    agency: str = ""
    # ``open`` or ``closed``.
    state: str = ""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser that somebody is signed in with."""

    # By which it is ended; it opens nothing.
    key: str
    user_id: int
    name: str
    full_name: str
    # As the browser calls itself.
    browser: str
    began_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What was done to an account or an agency."""

    act: str
    reason: str
    by: str
    at: datetime
    # Codes of roles, where the act gave one; before is empty for the first.
    role_before: str = ""
    role_after: str = ""


@dataclass(frozen=True, slots=True)
class OwnToken:
    """A token that acts for whoever asks."""

    row: TokenRow
    # Sign-in name of who issued it, and may hold it.
    issued_by: str


@dataclass(frozen=True, slots=True)
class AccountCard:
    """All that stands about one account, without anything secret."""

    row: AccountRow
    agency_name: str
    sessions: tuple[SessionRow, ...]
    tokens: tuple[TokenRow, ...]
    changes: tuple[ChangeRow, ...]
    locked_until: datetime | None
    factors: Factors


def account_page(
    where: AccountFilter, *, viewer: Actor, page: PageRequest
) -> Page[AccountRow]:
    """List accounts by name, a page at a time, closed ones included."""
    viewer.require("account.view")
    named = Q(name__contains=sign_in_names.fold(where.text))
    found = User.objects.filter(named | Q(full_name__icontains=where.text.strip()))
    if where.role:
        found = found.filter(role=where.role)
    if where.agency:
        found = found.filter(agency__code=where.agency)
    if where.state:
        found = found.filter(is_active=where.state == "open")
    total = found.count()
    page = page.within(total)
    rows = found.select_related("agency").order_by("name")
    shown = rows[page.start : page.start + page.size]
    return Page([account_row(user) for user in shown], page.number, page.size, total)


def account_card(user_id: int, *, viewer: Actor, at: datetime) -> AccountCard:
    """Give all that stands about one account."""
    viewer.require("account.view")
    user = User.objects.select_related("agency").filter(pk=user_id).first()
    if user is None:
        msg = message("There is no such account; look at the list of accounts.")
        raise NotFound(msg)
    of_user = AccountChange.objects.visible_to(viewer).filter(user=user)
    return AccountCard(
        row=account_row(user),
        agency_name=user.agency.name,
        sessions=_session_rows(_live(at).filter(user=user)),
        tokens=tuple(
            map(token_row, user.tokens.select_related("user").order_by("-id"))
        ),
        changes=_changes(of_user, user),
        locked_until=lock_out.locked_until(at).get(lock_out.digest_of(user.name)),
        factors=factors_of(user.name),
    )


def sessions(*, viewer: Actor, at: datetime) -> tuple[SessionRow, ...]:
    """List who is signed in, the latest use first."""
    viewer.require("account.view")
    return _session_rows(_live(at))


def own_sessions(*, viewer: Actor, at: datetime) -> tuple[SessionRow, ...]:
    """List one's own sessions, the latest use first."""
    return _session_rows(_live(at).filter(user__name=viewer.name))


def own_tokens(*, viewer: Actor, at: datetime) -> tuple[OwnToken, ...]:
    """List the programs that act for one's own account, the newest first."""
    in_use = _in_use(viewer, at).select_related("user").order_by("-id")
    return tuple(
        OwnToken(token_row(token), tokens.issuer_of(token)) for token in in_use
    )


def count_new_tokens(*, viewer: Actor, at: datetime) -> int:
    """Count those that were issued lately, of which their owner is told."""
    settled = at - settings.ACCOUNT_SETTLES
    return _in_use(viewer, at).filter(created_at__gt=settled).count()


def _in_use(viewer: Actor, at: datetime) -> QuerySet[ApiToken]:
    mine = ApiToken.objects.filter(user__name=viewer.name, revoked_at=None)
    return mine.filter(expires_at__gt=at)


def names_locked(*, viewer: Actor, at: datetime) -> list[tuple[AccountRow, datetime]]:
    """List accounts whose name is locked, and until when.

    Names are kept as digests, so what was typed and is nobody's is not told.
    """
    viewer.require("account.view")
    locks = lock_out.locked_until(at)
    if not locks:
        return []
    known = User.objects.select_related("agency").order_by("name")
    named = ((user, locks.get(lock_out.digest_of(user.name))) for user in known)
    return [(account_row(user), until) for user, until in named if until]


def agency_changes(*, viewer: Actor) -> tuple[tuple[str, ChangeRow], ...]:
    """List what was done to agencies, by code, the latest first."""
    found = AccountChange.objects.visible_to(viewer).exclude(agency=None)
    rows = found.select_related("agency").order_by("-id")
    return tuple((row.agency.code, _change(row)) for row in rows if row.agency)


def _live(at: datetime) -> QuerySet[Session]:
    idle = at - settings.SESSION_IDLE
    return Session.objects.filter(expire_date__gt=at, used_at__gt=idle)


def _session_rows(found: QuerySet[Session]) -> tuple[SessionRow, ...]:
    rows = found.exclude(user=None).select_related("user").order_by("-used_at")
    return tuple(
        SessionRow(
            row.session_key,
            row.user.pk,
            row.user.name,
            row.user.full_name,
            row.browser,
            row.began_at,
            row.used_at,
        )
        for row in rows
        if row.user is not None
    )


def _changes(found: QuerySet[AccountChange], user: User) -> tuple[ChangeRow, ...]:
    return tuple(
        _change_of_role(row, user) if row.act in GIVES_ROLE else _change(row)
        for row in found.order_by("-id")
    )


def _change(row: AccountChange) -> ChangeRow:
    return ChangeRow(row.act, row.reason, row.by, row.at)


def _change_of_role(row: AccountChange, user: User) -> ChangeRow:
    """Say which role an act took and gave; the ledger holds both."""
    codes = naming.codes_with(row, user)
    after = codes.get("after") or codes.get("role") or ""
    return replace(
        _change(row), role_before=str(codes.get("before", "")), role_after=str(after)
    )
