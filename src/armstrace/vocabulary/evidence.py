"""What happens to an exhibit in custody."""

from armstrace.vocabulary.codes import Code


class CustodyKind(Code):
    RECEIVED = "RECEIVED", "received"
    MOVED = "MOVED", "moved"
    EXAMINED = "EXAMINED", "handed out for examination"
    RETURNED = "RETURNED", "returned to the store"
    RELEASED = "RELEASED", "released"
    DESTROYED = "DESTROYED", "destroyed"
