"""Rules about accounts and tokens that need values only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from armstrace.vocabulary.accounts import FactorKind
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import counted, message
from armstrace.vocabulary.rules import Rule, RuleBook, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

BOOK = RuleBook(__name__)

LONGEST_TOKEN = timedelta(days=366)
AGENCY_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")
# How long somebody may take to a first sign-in.
ONE_TIME_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Held:
    """What a person signs in with beside the passphrase."""

    passkeys: int
    # Whether an app shows one-time codes.
    has_app: bool
    # How many recovery codes are unused.
    codes: int

    @classmethod
    def of(cls, kinds: Iterable[str], codes: int) -> Self:
        """Count what the factors of a person are."""
        told = list(kinds)
        app = FactorKind.ONE_TIME_CODES in told
        return cls(told.count(FactorKind.PASSKEY), app, codes)

    @property
    def is_any(self) -> bool:
        """Tell whether a sign-in asks for more than the passphrase."""
        return self.passkeys > 0 or self.has_app

    def is_enough(self, *, with_app: bool) -> bool:
        """Tell whether one lost device leaves a way in.

        Args:
            with_app: Whether an app of one-time codes stands for a passkey.

        Source:
            NIST SP 800-63B, 4.2: two authenticators, or one and recovery codes.
        """
        has_one = self.passkeys > 0 or (with_app and self.has_app)
        return self.passkeys > 1 or (has_one and self.codes > 0)


@dataclass(frozen=True, slots=True)
class TwoWhoHelp:
    """Who asks and who decides, each with those who lately set up the account."""

    # Sign-in names: who asks, and who has a hand in that account, or in one of those.
    asks: frozenset[str]
    decides: frozenset[str]
    # How long an account counts as lately set up.
    days: int

    @property
    def in_common(self) -> frozenset[str]:
        """Who has a hand on both sides."""
        return self.asks & self.decides


def require_token_period(at: datetime, expires_at: datetime) -> None:
    """Refuse a token that never ends or that has ended.

    Raises:
        InvalidInput: The period is empty or longer than a year.

    Source:
        ASVS 5.0, 7.4.1.
    """
    if not at < expires_at <= at + LONGEST_TOKEN:
        msg = message(
            "A token lasts from one day to one year; choose an end within it."
        )
        raise InvalidInput(msg, field="expires_at")


def require_person(role: Role) -> None:
    """Refuse to give a person the system's own role.

    Raises:
        InvalidInput: It is the system's.
    """
    if role is Role.SYSTEM:
        msg = message("The system's own role is not for people; choose another role.")
        raise InvalidInput(msg, field="role")


def require_agency_code(code: str) -> None:
    """Refuse a code that could be read for another, or that shows nothing.

    Raises:
        InvalidInput: It has other signs, fewer than 2 or more than 20.
    """
    if not AGENCY_CODE.fullmatch(code):
        msg = message(
            "An agency code is 2 to 20 capitals A to Z, digits and hyphens; "
            "choose another."
        )
        raise InvalidInput(msg, field="code")


ANOTHER_PERSON: Rule[tuple[str, str]] = BOOK.rule(
    "AC-01", lambda names: names[0] != names[1]
)

REASON_IS_GIVEN: Rule[str] = BOOK.rule("AC-02", is_reason)
AN_ADMINISTRATOR_REMAINS: Rule[int] = BOOK.rule("AC-03", lambda others: others > 0)
AGENCY_IS_EMPTY = Rule[int](
    "AC-04",
    counted(
        "The agency still has %(n)s open account; close it first.",
        "The agency still has %(n)s open accounts; close them first.",
    ),
    Source("design", "every person acts for an open agency"),
    lambda people: people == 0,
)
AGENCY_IS_OPEN: Rule[bool] = BOOK.rule("AC-05", lambda is_open: is_open)
ENOUGH_REMAINS: Rule[tuple[Held, Held, bool]] = BOOK.rule(
    "AC-06",
    lambda told: (
        told[1].is_enough(with_app=told[2]) or not told[0].is_enough(with_app=told[2])
    ),
)
TWO_PEOPLE: Rule[tuple[str, str]] = BOOK.rule(
    "AC-07", lambda names: names[0] != names[1]
)
INDEPENDENT: Rule[TwoWhoHelp] = BOOK.rule(
    "AC-09",
    lambda two: not two.in_common,
    lambda two: {"days": two.days, "name": min(two.in_common)},
)
A_SUPERVISOR_IS_ONE: Rule[tuple[Role, Role]] = BOOK.rule(
    "AC-08", lambda roles: Role.SUPERVISOR in roles
)
LAW_WITH_REASON = rule_of_reason("AC-10", Source("design", "every act with its reason"))
OTHER_LAW: Rule[tuple[str, str]] = BOOK.rule(
    "AC-11", lambda texts: texts[0] != texts[1]
)
