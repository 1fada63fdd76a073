"""What can be asked about agencies, accounts and tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from armstrace.accounts import policy, sign_in_names, tokens
from armstrace.accounts.models import Agency, ApiToken, User
from armstrace.vocabulary.accounts import TokenScope
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.texts import shorten


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency."""

    id: int
    code: str
    name: str
    kind: str
    is_open: bool
    people: int
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account, without anything secret."""

    id: int
    name: str
    full_name: str
    agency: str
    role: str
    is_active: bool
    created_at: datetime
    # Until when a passphrase that another person gave opens the page of choosing one's
    # own; None where it was chosen.
    one_time_until: datetime | None


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token, without its secret."""

    id: int
    user: str
    label: str
    purpose: str
    scopes: tuple[TokenScope, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    def is_usable_at(self, at: datetime) -> bool:
        """Tell whether the token opens the API at a moment."""
        return self.revoked_at is None and at < self.expires_at


def agencies(*, viewer: Actor) -> list[AgencyRow]:
    """List all agencies by code."""
    viewer.require("account.view")
    working = Count("users", filter=Q(users__is_active=True))
    return [
        fill(AgencyRow, agency)
        for agency in Agency.objects.annotate(people=working).order_by("code")
    ]


def agency_names(codes: Iterable[str], *, viewer: Actor) -> dict[str, str]:
    """Give the names of agencies by code.

    Args:
        codes: Codes; one that is no agency's is left out.
        viewer: Who asks; the names of agencies are known to all who sign in.
    """
    del viewer
    rows = Agency.objects.filter(code__in=set(codes))
    return dict(rows.values_list("code", "name"))


def require_agency(code: str, *, viewer: Actor) -> None:
    """Refuse a code that no agency has: nobody would ever see the record.

    Args:
        viewer: Who asks; the names of agencies are known to all who sign in.

    Raises:
        InvalidInput: There is no such agency.
    """
    if code not in agency_names([code], viewer=viewer):
        msg = message(
            "There is no agency “%(agency)s”; send the code of one for which you "
            "may record.",
            agency=shorten(code, 40),
        )
        raise InvalidInput(msg, field="agency")


def agency_contacts(
    codes: Iterable[str], *, viewer: Actor
) -> dict[str, tuple[str, str]]:
    """Give names and telephones of agencies by code, so that people know whom to call.

    Args:
        codes: Codes; one that is no agency's is left out.
        viewer: Who asks; they are known to all who sign in.
    """
    del viewer
    rows = Agency.objects.filter(code__in=set(codes))
    found = rows.values_list("code", "name", "telephone")
    return {code: (name, telephone) for code, name, telephone in found}


def accounts(*, viewer: Actor) -> list[AccountRow]:
    """List all accounts by name, closed ones included."""
    viewer.require("account.view")
    found = User.objects.select_related("agency").order_by("name")
    return [account_row(user) for user in found]


def agencies_that_may(action: str, *, viewer: Actor) -> dict[str, str]:
    """Give the names of open agencies in which somebody may do something, by code.

    Args:
        action: Such as ``exhibit.accept``.
        viewer: Who asks; the names of agencies are known to all who sign in.
    """
    del viewer
    able = User.objects.filter(is_active=True, role__in=policy.roles_with(action))
    found = Agency.objects.filter(is_open=True, pk__in=able.values("agency"))
    return dict(found.order_by("name").values_list("code", "name"))


def people_who_may(action: str, *, needs: str = "", viewer: Actor) -> dict[str, str]:
    """Give the full names of the people who may do something, by sign-in name.

    Args:
        action: Such as ``trace.assign``.
        needs: What the viewer has to be allowed, to learn of them; the same where
            empty.
        viewer: Who asks; learns of colleagues who may do what they may do.
    """
    viewer.require(needs or action)
    able = User.objects.filter(is_active=True, role__in=policy.roles_with(action))
    return dict(able.order_by("name").values_list("name", "full_name"))


def account_row(user: User) -> AccountRow:
    """Give what lists say of an account; its agency is loaded."""
    return fill(AccountRow, user, agency=user.agency.code)


def api_tokens(*, viewer: Actor) -> list[TokenRow]:
    """List all tokens, newest first."""
    viewer.require("account.view")
    found = ApiToken.objects.select_related("user").order_by("-id")
    return [token_row(token) for token in found]


def token_row(token: ApiToken) -> TokenRow:
    """Give what lists say of a token; its account is loaded."""
    return fill(
        TokenRow,
        token,
        user=token.user.name,
        scopes=tuple(map(TokenScope, token.scopes.split())),
    )


def user_named(name: str, *, viewer: Actor) -> User:
    """Find an account by its sign-in name, however it is spelt."""
    viewer.require("account.view")
    user = User.objects.filter(name=sign_in_names.fold(name)).first()
    if user is None:
        msg = message(
            "Nobody has an account named “%(name)s”; look at the list of accounts.",
            name=name,
        )
        raise NotFound(msg)
    return user


def token_of(secret: str, *, at: datetime) -> ApiToken:
    """Find the token that a secret opens.

    Args:
        secret: As the programme sent it.

    Raises:
        NotPermitted: No token has this secret, or it has ended, or its owner's
            account is closed. One sentence for all, so that nothing is learned.
    """
    found = ApiToken.objects.select_related("user__agency")
    token = found.filter(digest=tokens.digest_of(secret)).first()
    is_open = (
        token is not None
        and token.revoked_at is None
        and token.created_at <= at < token.expires_at
        and token.user.is_active
    )
    if token is None or not is_open:
        msg = message("The token is not valid; ask an administrator for a new one.")
        raise NotPermitted(msg)
    return token
