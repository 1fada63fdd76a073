"""What can be done with agencies, accounts, tokens and sessions."""

from armstrace.accounts.actions.agencies import (
    close_agency,
    create_agency,
    open_agency,
    rename_agency,
)
from armstrace.accounts.actions.closing import (
    disable_user,
    enable_user,
    end_session,
    end_sessions,
    release_lock,
)
from armstrace.accounts.actions.people import (
    NewAccount,
    change_role,
    create_user,
    reset_password,
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
    "close_agency",
    "create_agency",
    "create_user",
    "disable_user",
    "enable_user",
    "end_session",
    "end_sessions",
    "issue_token",
    "open_agency",
    "record_failed_sign_in",
    "record_refused_token",
    "record_sign_in",
    "record_sign_out",
    "release_lock",
    "rename_agency",
    "reset_password",
    "revoke_token",
    "set_password",
    "use_token",
]
