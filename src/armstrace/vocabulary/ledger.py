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


class Access(Code):
    """How records were looked at: the gravest of a request's ways names it."""

    LIST = "LIST", "shown in a list"
    RECORD = "RECORD", "record opened"
    LOOK_UP = "LOOK_UP", "looked up by marks or number"
    EXPORT = "EXPORT", "exported"
    NAMES = "NAMES", "names of persons disclosed"
    FILE = "FILE", "file or photograph opened"
    PRINT = "PRINT", "extract to print opened"
    LEDGER = "LEDGER", "ledger read"


class SignKind(Code):
    """What in a person's consultations asks for a look."""

    VOLUME = "VOLUME", "many records in a day"
    HOUR = "HOUR", "at night"
    NEIGHBOURS = "NEIGHBOURS", "numbers in order"
    OWN_NAME = "OWN_NAME", "a holder of the same name"


class BlockKind(Code):
    """What a block of the ledger says of the records in it."""

    STATE = "STATE", "state after the act"
    SEEN = "SEEN", "named, not changed"
    GONE = "GONE", "removed by the act"


class FindingKind(Code):
    """What a proof of the ledger can find wrong."""

    ENTRY_CHANGED = "ENTRY_CHANGED", "entry changed"
    ENTRY_MISSING = "ENTRY_MISSING", "entry missing"
    HEAD_WRONG = "HEAD_WRONG", "head of the ledger changed"
    CHECKPOINT_BROKEN = "CHECKPOINT_BROKEN", "ledger rewritten since a checkpoint"
    BLOCK_CHANGED = "BLOCK_CHANGED", "digests of an entry changed"
    RECORD_EDITED = "RECORD_EDITED", "record edited"
    RECORD_DELETED = "RECORD_DELETED", "record deleted"
    RECORD_INSERTED = "RECORD_INSERTED", "record inserted"
    FILE_CHANGED = "FILE_CHANGED", "file of evidence changed"
    FILE_GONE = "FILE_GONE", "file of evidence gone"
    REASON_CHANGED = "REASON_CHANGED", "reason of a consultation changed"
    SCHEMA_CHANGED = "SCHEMA_CHANGED", "trigger, function or index changed"
    LAYOUT_GONE = "LAYOUT_GONE", "columns of a digest gone"
