"""What certificates say, and what checking one answers."""

from armstrace.vocabulary.codes import Code


class CertificateKind(Code):
    LICENCE = "LICENCE", "licence"
    PERMIT = "PERMIT", "permit"
    DEACTIVATION = "DEACTIVATION", "deactivation"
    DESTRUCTION = "DESTRUCTION", "destruction"
    TRAINING = "TRAINING", "training"
    CALIBRATION = "CALIBRATION", "calibration"


class CertificateState(Code):
    WAITING = "WAITING", "waiting for a second person"
    REFUSED = "REFUSED", "refused"
    ISSUED = "ISSUED", "issued"
    REVOKED = "REVOKED", "revoked"


class Validity(Code):
    VALID = "VALID", "valid"
    REVOKED = "REVOKED", "revoked"
    SUSPENDED = "SUSPENDED", "suspended"
    EXPIRED = "EXPIRED", "expired"
    LIST_TOO_OLD = "LIST_TOO_OLD", "list too old"
    CLOCK_BEHIND = "CLOCK_BEHIND", "clock behind"
    UNKNOWN_ISSUER = "UNKNOWN_ISSUER", "issuer not known"
    NOT_GENUINE = "NOT_GENUINE", "not genuine"
    NO_CODE = "NO_CODE", "no code to check"
