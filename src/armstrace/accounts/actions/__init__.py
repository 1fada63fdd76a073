"""What can be done with agencies, accounts, tokens and sessions."""

from armstrace.accounts.actions.people import (
    NewAccount,
    change_role,
    create_agency,
    create_user,
    disable_user,
    enable_user,
    set_password,
)
from armstrace.accounts.actions.signing import (
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
)
from armstrace.accounts.actions.tokens import (
    issue_token,
    record_refused_token,
    revoke_token,
    use_token,
)

__all__ = [
    "NewAccount",
    "change_role",
    "create_agency",
    "create_user",
    "disable_user",
    "enable_user",
    "issue_token",
    "record_failed_sign_in",
    "record_refused_token",
    "record_sign_in",
    "record_sign_out",
    "revoke_token",
    "set_password",
    "use_token",
]
