"""What can be asked about agencies, accounts, sessions and tokens."""

from armstrace.accounts.queries.desk import (
    AccountCard,
    AccountFilter,
    ChangeRow,
    SessionRow,
    account_card,
    account_page,
    agency_changes,
    locked_names,
    own_sessions,
    sessions,
)
from armstrace.accounts.queries.lists import (
    AccountRow,
    AgencyRow,
    TokenRow,
    accounts,
    actor_of_token,
    agencies,
    agency_names,
    api_tokens,
    token_of,
    user_named,
)

__all__ = [
    "AccountCard",
    "AccountFilter",
    "AccountRow",
    "AgencyRow",
    "ChangeRow",
    "SessionRow",
    "TokenRow",
    "account_card",
    "account_page",
    "accounts",
    "actor_of_token",
    "agencies",
    "agency_changes",
    "agency_names",
    "api_tokens",
    "locked_names",
    "own_sessions",
    "sessions",
    "token_of",
    "user_named",
]
