"""How an arm is deactivated for good, and what a verifier signs.

Source:
    Firearms Protocol, art. 9; Implementing Regulation (EU) 2015/2403, Annexes I to III.
"""

from armstrace.vocabulary.codes import Code


class ArmKind(Code):
    """A kind of arm as standards of deactivation tell them apart."""

    PISTOL = "PISTOL", "pistol"
    REVOLVER = "REVOLVER", "revolver"
    SINGLE_SHOT = "SINGLE_SHOT", "single-shot long arm, not break-open"
    BREAK_OPEN = "BREAK_OPEN", "break-open long arm"
    REPEATING = "REPEATING", "repeating long arm"
    SEMI_AUTOMATIC = "SEMI_AUTOMATIC", "semi-automatic long arm"
    AUTOMATIC = "AUTOMATIC", "automatic arm"
    MUZZLE_LOADING = "MUZZLE_LOADING", "muzzle-loading arm"


class VerifiedCheck(Code):
    """What a verifier signs beside the essential parts."""

    INOPERABLE = "INOPERABLE", "the arm as a whole can fire nothing, permanently"
    IRREVERSIBLE = (
        "IRREVERSIBLE",
        "no part can be removed, replaced or changed so that it would fire again",
    )
    EXCHANGE_BARRELS = "EXCHANGE_BARRELS", "any exchange barrels are deactivated too"
    SERIALS_KEPT = "SERIALS_KEPT", "the original serial numbers are kept"
    MARKED = "MARKED", "each essential part bears the mark, visibly and irremovably"


class DeactivationState(Code):
    WAITING = "WAITING", "waiting for verification"
    VERIFIED = "VERIFIED", "verified"
    RECOGNISED = "RECOGNISED", "done abroad and recognised"
    REFUSED = "REFUSED", "refused"
