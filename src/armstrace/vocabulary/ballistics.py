"""Closed vocabularies of ballistic comparison."""

from typing import Self

from armstrace.vocabulary.codes import Code


class ChecksumState(Code):
    """Whether a part of a scan's file is what its checksum says."""

    AGREES = "AGREES", "agrees"
    DIFFERS = "DIFFERS", "differs"
    ABSENT = "ABSENT", "none in the file"

    @classmethod
    def of(cls, is_equal: bool) -> Self:  # noqa: FBT001  (one claim, named by the word)
        """Give the state of a checksum that is there."""
        return cls("AGREES" if is_equal else "DIFFERS")
