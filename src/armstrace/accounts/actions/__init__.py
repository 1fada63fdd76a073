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
from armstrace.accounts.actions.factors import (
    add_one_time_codes,
    add_passkey,
    make_recovery_codes,
    remove_factor,
    use_code,
    use_passkey,
)
from armstrace.accounts.actions.law import load_profile
from armstrace.accounts.actions.people import (
    NewAccount,
    change_role,
    create_user,
    move_person,
    reset_password,
    set_password,
)
from armstrace.accounts.actions.recovering import (
    agree_factor_recovery,
    ask_factor_recovery,
    refuse_factor_recovery,
    remove_all_factors,
)
from armstrace.accounts.actions.signing import (
    record_failed_sign_in,
    record_proof,
    record_sign_in,
    record_sign_out,
)
from armstrace.accounts.actions.tokens import (
    NewToken,
    issue_token,
    record_refused_token,
    revoke_own_token,
    revoke_token,
    use_token,
)
