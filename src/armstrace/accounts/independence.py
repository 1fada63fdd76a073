"""Whether two people who decide together have a hand in each other's account."""

from datetime import datetime

from django.conf import settings

from armstrace.accounts import actors, rules
from armstrace.accounts.models import AccountChange
from armstrace.vocabulary.accounts import AccountAct

# What lets who does it sign in, or act, in another's name.
SETS_UP = (
    AccountAct.INVITED,
    AccountAct.OPENED,
    AccountAct.ROLE,
    AccountAct.RESET,
    AccountAct.FACTORS_REMOVED,
)


def require(first: str, second: str, at: datetime) -> None:
    """Refuse two who are perhaps one: of whom one lately set up the other's account.

    Args:
        first: Sign-in name of who asked, set or recorded.
        second: Of who decides, confirms or signs.

    Raises:
        RuleBroken: ``AC-09``.

    Source:
        NIST SP 800-53 r5, AC-5.
    """
    since = settings.ACCOUNT_SETTLES
    lately = AccountChange.objects.filter(
        user__name__in=(first, second), act__in=SETS_UP, at__gt=at - since
    ).exclude(by=actors.system_actor().name)
    hands = {first: {first}, second: {second}}
    for whose, by in lately.values_list("user__name", "by"):
        hands[whose].add(by)
    both = frozenset(hands[first]), frozenset(hands[second])
    rules.INDEPENDENT.require(rules.TwoWhoHelp(*both, since.days))
