"""The shape of a controlled vocabulary: a stored code and its words."""

from enum import StrEnum
from typing import Self

BY_NAME: dict[str, type["Code"]] = {}
"""The vocabularies that are loaded, as what is kept and pages name them."""


class Code(StrEnum):
    """A member of a closed list: an upper-case code and an English label.

    The code is stored; the label is a message id for translation at the doors.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member from its code and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __init_subclass__(cls) -> None:
        """Let the vocabulary be found by its name, which no other bears."""
        super().__init_subclass__()
        first = BY_NAME.setdefault(cls.__name__, cls)
        if first.__module__ != cls.__module__:
            raise TypeError(
                f"{cls.__name__} stands in {first.__module__} and {cls.__module__}"
            )

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Give (code, label) pairs in the order of definition."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def words(cls, code: str) -> str:
        """Give the label of a stored code, or the code where it is unknown."""
        return dict(cls.choices()).get(code, code)


class Known(Code):
    """Yes, no or not known: a claim is never guessed (instruments, rule X-4)."""

    YES = "YES", "yes"
    NO = "NO", "no"
    UNKNOWN = "UNKNOWN", "not known"
