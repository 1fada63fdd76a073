"""Whether two people who decide together have a hand in each other's account."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from armstrace.accounts import actors, rules, tokens
from armstrace.accounts.models import AccountChange, ApiToken
from armstrace.vocabulary.accounts import AccountAct, TokenScope

# What lets who does it sign in, or act, in another's name.
SETS_UP = (
    AccountAct.INVITED,
    AccountAct.OPENED,
    AccountAct.ROLE,
    AccountAct.RESET,
    AccountAct.FACTORS_REMOVED,
)


def require(first: str, second: str, at: datetime) -> None:
    """Refuse two who are perhaps one: of whom one has a hand in the other's account.

    Who issued a token that acts for an account may hold it: that is a hand in it
    until the token has ended and the account has settled.

    Args:
        first: Sign-in name of who asked, set or recorded.
        second: Of who decides, confirms or signs.

    Raises:
        RuleBroken: ``AC-09``.

    Source:
        NIST SP 800-53 r5, AC-5.
    """
    settles = settings.ACCOUNT_SETTLES
    names, since = (first, second), at - settles
    hands = {first: {first}, second: {second}}
    for found in (_who_set_up(names, since), _who_issued(names, since)):
        for whose, by in found:
            if by not in {"", actors.SYSTEM_NAME}:
                hands[whose].add(by)
    both = frozenset(hands[first]), frozenset(hands[second])
    rules.INDEPENDENT.require(rules.TwoWhoHelp(*both, settles.days))


def _who_set_up(names: tuple[str, str], since: datetime) -> Iterator[tuple[str, str]]:
    done = AccountChange.objects.filter(user__name__in=names, act__in=SETS_UP)
    return done.filter(at__gt=since).values_list("user__name", "by").iterator()


def _who_issued(names: tuple[str, str], since: datetime) -> Iterator[tuple[str, str]]:
    """Give whose tokens that can change something who issued, by the ledger."""
    not_over = Q(revoked_at=None) | Q(revoked_at__gt=since)
    found = ApiToken.objects.filter(not_over, user__name__in=names)
    found = found.filter(expires_at__gt=since).exclude(scopes=TokenScope.READ)
    for token in found.select_related("user"):
        yield token.user.name, tokens.issuer_of(token)
