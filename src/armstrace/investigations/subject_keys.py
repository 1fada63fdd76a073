"""By what two cases know that they wrote down the same phone, vehicle or account."""

import unicodedata

from armstrace.vocabulary.networks import NodeKind

# The last digits of a telephone number: its country is written in many ways.
PHONE_DIGITS = 9
FEWEST = 4


def key_of(kind: str, text: str) -> str:
    """Give what is compared of a subject as written; empty where nothing is.

    A name identifies nobody, so persons, groups and places have none.

    Args:
        kind: A code of ``NodeKind``.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    match kind:
        case NodeKind.PHONE:
            kept = "".join(filter(str.isdecimal, plain))[-PHONE_DIGITS:]
        case NodeKind.VEHICLE:
            kept = "".join(filter(str.isalnum, plain))
        case NodeKind.ACCOUNT:
            kept = "".join(plain.split()).lstrip("@")
        case _:
            return ""
    return f"{kind}:{kept}" if len(kept) >= FEWEST else ""
