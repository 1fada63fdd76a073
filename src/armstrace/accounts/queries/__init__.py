"""What can be asked about agencies, accounts, sessions and tokens."""

from armstrace.accounts.queries.desk import (
    AccountCard,
    AccountFilter,
    ChangeRow,
    account_card,
    account_page,
    agency_changes,
    count_new_tokens,
    names_locked,
    own_sessions,
    own_tokens,
    sessions,
)
from armstrace.accounts.queries.factors import (
    FactorRow,
    factor_recoveries,
    names_without_factors,
    own_factors,
    own_passkeys,
)
from armstrace.accounts.queries.law import law_version, law_versions, preview_profile
from armstrace.accounts.queries.lists import (
    AgencyRow,
    accounts,
    agencies,
    agencies_that_may,
    agency_contacts,
    agency_names,
    api_tokens,
    people_who_may,
    require_agency,
    token_of,
    user_named,
)
