"""How what is declared is kept: one JSON object, typed by the plain value's fields."""

import hashlib
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from armstrace.analysis.risk.declarations import Declaration

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
