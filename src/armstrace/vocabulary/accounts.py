"""What kind of body an agency is, and what is done to accounts."""

from armstrace.vocabulary.codes import Code


class AgencyKind(Code):
    POLICE = "POLICE", "police"
    REGISTRY = "REGISTRY", "firearms registry"
    CUSTOMS = "CUSTOMS", "customs"
    FORENSIC = "FORENSIC", "forensic laboratory"
    PROSECUTION = "PROSECUTION", "prosecution"
    HUB = "HUB", "firearms hub"
    STATISTICS = "STATISTICS", "statistics and focal point"
    OVERSIGHT = "OVERSIGHT", "oversight body"


class AccountAct(Code):
    """What an administrator did to a person or an agency."""

    CLOSED = "CLOSED", "closed"
    OPENED = "OPENED", "opened again"
    ROLE = "ROLE", "role changed"
    RESET = "RESET", "passphrase reset"
    SESSIONS_ENDED = "SESSIONS_ENDED", "sessions ended"
    TOKEN_REVOKED = "TOKEN_REVOKED", "token revoked"
    LOCK_RELEASED = "LOCK_RELEASED", "lock released"
    FACTORS_REMOVED = "FACTORS_REMOVED", "second factors removed"
    RENAMED = "RENAMED", "renamed"
