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
    AccountAct.MOVED,
    AccountAct.RESET,
    AccountAct.FACTORS_REMOVED,
)


def require(first: str, second: str, at: datetime) -> None:
    """Refuse two who are perhaps one: of whom one has a hand in the other's account.

    Who issued a token that acts for an account may hold it: that is a hand in it
    until the token has ended and the account has settled. A hand reaches on: who set
    up an account had it through all that this account set up before it settled.

    Args:
        first: Sign-in name of who asked, set or recorded.
        second: Of who decides, confirms or signs.

    Raises:
        RuleBroken: ``AC-09``.

    Source:
        NIST SP 800-53 r5, AC-5.
    """
    both = _hands_in(first, at), _hands_in(second, at)
    rules.INDEPENDENT.require(rules.TwoWhoHelp(*both, settings.ACCOUNT_SETTLES.days))


def _hands_in(name: str, at: datetime) -> frozenset[str]:
    """Name a person, who set up the account, who set up theirs, and so on."""
    waiting, seen = [(name, at)], {(name, at)}
    while waiting:
        whose, when = waiting.pop()
        for hand in {*_who_set_up(whose, when), *_who_issued(whose, when)} - seen:
            if hand[0] not in {"", actors.SYSTEM_NAME}:
                seen.add(hand)
                waiting.append(hand)
    return frozenset(by for by, _ in seen)


def _who_set_up(name: str, at: datetime) -> Iterator[tuple[str, datetime]]:
    """Give who set up an account that had not settled yet, and when."""
    done = AccountChange.objects.filter(user__name=name, act__in=SETS_UP, at__lte=at)
    lately = done.filter(at__gt=at - settings.ACCOUNT_SETTLES)
    return lately.values_list("by", "at").iterator()


def _who_issued(name: str, at: datetime) -> Iterator[tuple[str, datetime]]:
    """Give who issued a token that can change something, by the ledger, and when."""
    since = at - settings.ACCOUNT_SETTLES
    not_over = Q(revoked_at=None) | Q(revoked_at__gt=since)
    found = ApiToken.objects.filter(not_over, user__name=name, created_at__lte=at)
    changing = Q(scopes__contains=TokenScope.RECORD) | Q(
        scopes__contains=TokenScope.DECIDE
    )
    for token in found.filter(changing, expires_at__gt=since):
        yield tokens.issuer_of(token), token.created_at
