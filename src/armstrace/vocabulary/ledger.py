"""What an entry of the ledger says was done with the records it names.

Source:
    Directive (EU) 2016/680, art. 25, para. 1, for the first six.
"""

from armstrace.vocabulary.codes import Code


class Operation(Code):
    COLLECT = "COLLECT", "collected"
    ALTER = "ALTER", "changed"
    CONSULT = "CONSULT", "consulted"
    DISCLOSE = "DISCLOSE", "disclosed"
    COMBINE = "COMBINE", "combined"
    ERASE = "ERASE", "erased"
    AUTH = "AUTH", "signed in or out"
    ADMIN = "ADMIN", "administered"
    REFUSE = "REFUSE", "refused"


class BlockKind(Code):
    """What a block of the ledger says of the records in it."""

    STATE = "STATE", "state after the act"
    SEEN = "SEEN", "named, not changed"
    GONE = "GONE", "removed by the act"
