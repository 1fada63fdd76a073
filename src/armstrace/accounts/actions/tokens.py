"""Issue, use and revoke API tokens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from armstrace.accounts import actors, policy, queries, rules, tokens
from armstrace.accounts.actions import changes
from armstrace.accounts.models import ApiToken, User
from armstrace.audit import consultations, ledger, refusals
from armstrace.vocabulary.accounts import AccountAct, TokenScope
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message

NOTED_EVERY = timedelta(minutes=10)
REFUSALS_NOTED = 20


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be issued."""

    label: str
    # From ``tokens.new_secret``; only its digest is kept.
    secret: str
    # When the token ends, a year on at most.
    expires_at: datetime
    # What it opens, within what its account may do.
    scopes: Collection[TokenScope] = tuple(TokenScope)


def issue_token(*, user: User, stated: NewToken, by: Actor, at: datetime) -> ApiToken:
    """Give a programme a key that acts for an account.

    Args:
        user: The account that the programme acts for, in its role and for its
            first purpose.

    Raises:
        InvalidInput: The period is wrong, the secret is not a made one, the
            account is closed, or no scope is named.

    Source:
        ASVS 5.0, 7.4.1 and 11.5.1.
    """
    by.require("token.issue")
    rules.require_token_period(at, stated.expires_at)
    if not stated.secret.startswith(tokens.PREFIX):
        msg = message("A token's secret is made by the system; ask for a new one.")
        raise InvalidInput(msg, field="secret")
    if not user.is_active:
        msg = message("The account is closed; open it before you issue a token.")
        raise InvalidInput(msg, field="user")
    if not stated.scopes:
        msg = message("A token must allow something; choose at least one scope.")
        raise InvalidInput(msg, field="scopes")
    with ledger.entry(tokens.ISSUED, by=by, at=at, op=Operation.ADMIN) as entry:
        token = ApiToken.objects.create(
            user=user,
            label=stated.label,
            purpose=_purpose_of(user),
            digest=tokens.digest_of(stated.secret),
            scopes=" ".join(each for each in TokenScope if each in stated.scopes),
            created_at=at,
            expires_at=stated.expires_at,
        )
        entry.about(token, user=user.pk, until=stated.expires_at)
    return token


def revoke_token(*, token_id: int, reason: str, by: Actor, at: datetime) -> ApiToken:
    """End a token at once.

    Args:
        reason: Why; kept beside the account that it acts for.

    Raises:
        NotFound: There is no such token, or it was revoked before.
        RuleBroken: ``AC-02``, no reason.

    Source:
        ASVS 5.0, 7.4.1.
    """
    by.require("token.issue")
    return _revoke(ApiToken.objects.all(), token_id, reason, by, at)


def revoke_own_token(
    *, token_id: int, reason: str, by: Actor, at: datetime
) -> ApiToken:
    """End a token that acts for one's own account.

    Args:
        reason: Why; kept beside the account.

    Raises:
        NotFound: None acts for this account, or it was revoked before.
        RuleBroken: ``AC-02``, no reason.

    Source:
        ASVS 5.0, 7.4.1; NIST SP 800-53 r5, AC-5.
    """
    return _revoke(
        ApiToken.objects.filter(user__name=by.name), token_id, reason, by, at
    )


def _revoke(
    among: QuerySet[ApiToken], token_id: int, reason: str, by: Actor, at: datetime
) -> ApiToken:
    rules.REASON_IS_GIVEN.require(reason)
    found = among.filter(pk=token_id, revoked_at=None)
    token = found.select_related("user").first()
    if token is None:
        msg = message(
            "No token %(token)s is in use; look at the list of tokens.", token=token_id
        )
        raise NotFound(msg)
    with ledger.entry("token.revoked", by=by, at=at, op=Operation.ADMIN) as entry:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        entry.about(token)
        kept = changes.keep(AccountAct.TOKEN_REVOKED, token.user, reason, by=by, at=at)
        entry.about(kept)
    return token


def use_token(*, secret: str, by: Actor, at: datetime) -> Actor:
    """Open the API to a programme; note the use every ten minutes at most.

    Args:
        secret: As the programme sent it.
        by: The system, since nobody is known yet.

    Raises:
        NotPermitted: The token does not open the API.

    Source:
        CJIS Security Policy, AU-2c.
    """
    del by  # whose token it is says who acts
    token = queries.token_of(secret, at=at)
    consultations.note_token(token.pk)
    actor = actors.programme_for(token)
    last = token.last_used_at
    if last is not None and at - last < NOTED_EVERY:
        return actor
    with ledger.entry("token.used", by=actor, at=at, op=Operation.AUTH) as entry:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
        entry.changed(token)
    return actor


def record_refused_token(*, by: Actor, at: datetime) -> None:
    """Write down that the API was asked for with a token that opens nothing.

    What was sent is not kept: it may be a passphrase. A flood of refusals leaves
    ``REFUSALS_NOTED`` entries a minute and no more.

    Args:
        by: The system, since nobody is known.

    Source:
        ASVS 5.0, 16.3.1; CJIS Security Policy, AU-2c.
    """
    if refusals.is_flooded("token.refused", most=REFUSALS_NOTED, at=at):
        return
    with ledger.entry("token.refused", by=by, at=at, op=Operation.REFUSE) as entry:
        entry.note(why="NOT_PERMITTED")


def _purpose_of(user: User) -> Purpose:
    return policy.PURPOSES[Role(user.role)][0]
