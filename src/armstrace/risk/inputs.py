"""What a source states of goods, and what an officer states of an examination."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from armstrace.analysis.risk.declarations import Declaration
from armstrace.vocabulary.content import content_key
from armstrace.vocabulary.risk import Find
from armstrace.vocabulary.warnings import WarningState


@dataclass(frozen=True, slots=True)
class DeclarationInput:
    """One declaration as a source states it."""

    goods: Declaration
    # Code of the agency whose it is; empty for that of who records it.
    agency: str = ""
    # When it became known, where the source says so.
    known_at: datetime | None = None

    @property
    def number(self) -> str:
        """Give the source's own number of it."""
        return self.goods.number

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged statement is recognised."""
        return content_key(self, without=("known_at",))


@dataclass(frozen=True, slots=True)
class ExaminationInput:
    """What was found of one declaration.

    Args:
        find: What was found.
        examined_on: The day.
        notes: What else there is to say.
        recovery_id: The recovery that was recorded of it; None for none yet.
    """

    find: Find
    examined_on: date
    notes: str = ""
    recovery_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningDecision:
    """What becomes of an early warning."""

    state: WarningState
    reason: str = ""
    # Of the case that was opened for it, such as ``C12``.
    case_number: str = ""
    # Number of the standing that was looked at.
    seen: int


_GOODS = TypeAdapter(Declaration)


def kept(goods: Declaration) -> dict[str, Any]:
    """Give what is stated as JSON keeps it; what nobody stated is left out."""
    told: dict[str, Any] = _GOODS.dump_python(goods, mode="json", exclude_none=True)
    return told


def read(told: Mapping[str, Any]) -> Declaration:
    """Give the plain value that JSON keeps."""
    return _GOODS.validate_python(told)


def short(key: str) -> str:
    """Give a key that an index can hold; empty for an empty one."""
    if not key:
        return ""
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()
