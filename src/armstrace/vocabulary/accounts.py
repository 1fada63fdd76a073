"""What kind of body an agency is, what is done to accounts, what signs in."""

from armstrace.vocabulary.codes import Code


class AgencyKind(Code):
    POLICE = "POLICE", "police"
    REGISTRY = "REGISTRY", "firearms registry"
    TRADE = "TRADE", "firearms trade"
    CUSTOMS = "CUSTOMS", "customs"
    FORENSIC = "FORENSIC", "forensic laboratory"
    PROSECUTION = "PROSECUTION", "prosecution"
    HUB = "HUB", "firearms hub"
    STATISTICS = "STATISTICS", "statistics and focal point"
    OVERSIGHT = "OVERSIGHT", "oversight body"


class TokenScope(Code):
    """What an API token opens, within what its account may do."""

    READ = "READ", "read"
    NAMES = "NAMES", "see the names of persons"
    RECORD = "RECORD", "record and correct"
    DECIDE = "DECIDE", "decide, judge and conclude"


class AccountAct(Code):
    """What an administrator did to a person or an agency."""

    CLOSED = "CLOSED", "closed"
    OPENED = "OPENED", "opened again"
    ROLE = "ROLE", "role changed"
    MOVED = "MOVED", "agency changed"
    RESET = "RESET", "passphrase reset"
    SESSIONS_ENDED = "SESSIONS_ENDED", "sessions ended"
    TOKEN_REVOKED = "TOKEN_REVOKED", "token revoked"
    LOCK_RELEASED = "LOCK_RELEASED", "lock released"
    FACTORS_REMOVED = "FACTORS_REMOVED", "second factors removed"
    RENAMED = "RENAMED", "renamed"
    INVITED = "INVITED", "account opened"


class FactorKind(Code):
    """What a person signs in with beside the passphrase."""

    PASSKEY = "PASSKEY", "passkey"
    ONE_TIME_CODES = "ONE_TIME_CODES", "one-time codes"
