"""Notice that a number comes again in a file, with the same or with something else."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from armstrace.intake.fields import IntakeKind, identity_field
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
_BITS = 64


@dataclass(slots=True)
class Repeats:
    """The identities that have come by, so that doubles are noticed.

    A load may bring millions: of each identity two whole numbers are kept, its
    hash, and its row with a part of the content's.
    """

    rows: dict[int, int] = field(default_factory=dict)

    def earlier(self, identity: str, content: bytes, row: int) -> tuple[int, bool]:
        """Remember an identity; give the earlier row that had it, 0 if none.

        Returns:
            The earlier row's number, and whether it said the same.
        """
        said = int.from_bytes(content[:8])
        kept = self.rows.setdefault(short(identity), row << _BITS | said)
        before, said_before = divmod(kept, 1 << _BITS)
        if before == row:
            return 0, False
        return before, said_before == said


def short(*texts: str) -> int:
    """Give a whole number of 64 bits that stands for some texts in this process."""
    return hash("\x1f".join(texts))


def content_of(values: Mapping[str, str]) -> bytes:
    """Give a digest of what a row says."""
    text = "\x1f".join(values.values())
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=16
    ).digest()


def duplicate(identity: str, earlier: int, kind: IntakeKind) -> Trouble:
    """Say that an earlier row has the same number and says something else."""
    called = "ANOTHER_LICENCE" if kind is IntakeKind.HOLDERS else "SAME_NUMBER"
    sentence = SAID.say(called, identity=identity, earlier=earlier)
    return Trouble(Reason.DUPLICATE_IDENTIFIER, identity_field(kind), sentence)
